import type { Notice } from '../../../contract/notice.ts'
import type { Verdict } from '../../../contract/verdict.ts'
import type { Found } from '../scans/found.ts'

/** What the screen says next. The words belong to the code; a new id makes it heard again. */
export const say = (
  facts: { readonly newId: () => string },
  tone: Notice['tone'],
  code: string,
  params: Notice['params'] = {},
  offer: Notice['offer'] = null,
): Notice => ({ id: facts.newId(), tone, code, params, offer })

/** What the screen says to a code that nothing answers to. A card number is never repeated. */
export function nothingNotice(found: Extract<Found, { is: 'nothing' }>, facts: { readonly newId: () => string }) {
  if (found.why === 'card-number') return say(facts, 'stop', 'card-number')
  return say(facts, 'stop', found.why, { text: shortened(found.part ?? found.text) })
}

const shortened = (text: string): string => (text.length > 64 ? `${text.slice(0, 61)}…` : text)

/** What the sentence of the heaviest reason needs to know. */
export function reasonParams(verdict: Verdict): Record<string, string | number> {
  const first = verdict.reasons[0]
  return first ? verdict.findings[first].params : {}
}
