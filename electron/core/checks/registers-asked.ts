import type { Ground } from '../ground.ts'

/** Who is being asked about a piece at this moment, by the name that may stand on the screen. */
export function registersAsked(ground: Ground, unitId: string): string[] {
  const asked = ground.outside.askedAbout(unitId)
  return (ground.policy().outside ?? []).flatMap((check) => (asked.includes(check.id) ? [check.register] : []))
}
