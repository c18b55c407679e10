import type { BuildPlan } from '../vite.config.ts'

export function build(how: { ifStale: boolean }): Promise<void>
export function buildPlan(plan: BuildPlan): Promise<Iterable<string>>
