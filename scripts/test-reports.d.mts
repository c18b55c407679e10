export function readStories(json: string): { passed: number; failed: number; red: string[]; unsteady: string[] }
export function readUnits(json: string): { passed: number; failed: number; red: string[] }
