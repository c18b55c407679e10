export function readStories(json: string): { passed: number; failed: number; unsteady: string[] }
