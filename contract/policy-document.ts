import { Policy } from './policy.ts'
import { Right, Role } from './roles.ts'

/**
 * Rights that came when documents were in use already, and who has each where a document was written before it. A new
 * right joins this list: a shop's rules say nothing of it, and nobody could do the work.
 */
const LATER_RIGHTS: Readonly<Partial<Record<Right, readonly Role[]>>> = { 'change-sets': ['manager'], 'count-stock': ['manager'] }

/**
 * The same rules with every right there is by now: one the document does not know is given to whoever has it by default.
 * A document that does not say what it knows knew what it gives to anybody. What a shop took from everybody stays taken.
 * Pure.
 */
export function withLaterRights(policy: Policy): Policy {
  const given = new Set(Object.values(policy.rights).flat())
  const isKnown = (right: Right): boolean => policy.rightsKnown?.includes(right) ?? given.has(right)
  const later = Right.options.filter((right) => LATER_RIGHTS[right] !== undefined && !isKnown(right))
  const rights = Object.fromEntries(Role.options.map((role) => {
    const more = later.filter((right) => LATER_RIGHTS[right]?.includes(role) && !policy.rights[role].includes(right))
    return [role, [...policy.rights[role], ...more]]
  })) as Policy['rights']
  return { ...policy, rights, rightsKnown: [...Right.options] }
}

/** The rules a document holds, with the rights that came after it; null for a text that holds none. */
export function policyIn(text: string): Policy | null {
  try {
    const read = Policy.safeParse(JSON.parse(text))
    return read.success ? withLaterRights(read.data) : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
