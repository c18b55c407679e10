export function findElectron(): string | null
export function launchElectron(program: string, args: readonly string[]): Promise<number>
