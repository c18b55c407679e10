import type { DeskView, FrontView } from '../../../contract/desk-view.ts'

type Next = Readonly<Record<string, unknown>> & { readonly do: string }
const each = (...names: readonly string[]): readonly Next[] => names.map((name) => ({ do: name }))
const TERMINAL = each('terminal-read', 'ask-terminal-again', 'cancel-terminal')
const CASH: Next = { do: 'tender', kind: 'cash' }

/** What a person does next on a screen, so that walks get to where money moves; anything else is done as well, only less. */
const NEXT: Readonly<Record<string, readonly Next[]>> = {
  'sale open': each('pay', 'pay', 'pay', 'accept-anyway', 'discount', 'park'),
  'sale gating': each('answer-gate'),
  'sale tendering': [CASH, CASH, CASH, { do: 'tender', kind: 'card' }, { do: 'tender', kind: 'voucher' }, ...each('leave-deposit', 'back-to-cart')],
  'sale asking-terminal': TERMINAL,
  'return lines': each('take-line'),
  'return assess': each('refund', 'refund', 'refund', 'add-piece', 'pay-as'),
  'return paying-out': TERMINAL,
  'exchange settle': each('settle'),
  'exchange paying': TERMINAL,
  'trade-in assess': each('buy'),
  'kiosk start': each('begin'),
  'kiosk choose-task': each('choose-task'),
  'kiosk cart': each('pay'),
  'kiosk paying': each('cancel-card', 'more-time'),
  'kiosk bought': each('finish'),
  'kiosk answer': each('next'),
  'kiosk photo': each('next'),
  'kiosk confirm': each('refund'),
  'kiosk paying-out': each('cancel-card', 'more-time'),
  'kiosk done': each('finish'),
  'kiosk colleague': each('finish'),
}

/** How what a screen says to be missing is said. */
const SAYS: Readonly<Record<string, Next>> = {
  reason: { do: 'give-reason' }, condition: { do: 'grade' }, answers: { do: 'all-in-order' }, accessories: { do: 'all-in-order' }, approval: { do: 'approve' },
  signed: { do: 'signed', signed: true }, identity: { do: 'identity-seen', seen: true }, 'pay-as': { do: 'pay-as' },
}
/** What a kiosk asks, one thing at a time. */
const ANSWERS: Readonly<Record<string, string>> = { reason: 'give-reason', condition: 'grade', question: 'answer', accessory: 'count-accessory' }

function nextOf(screen: string, view: object): readonly Next[] {
  const at = 'at' in view ? String(view.at) : ''
  if ('missing' in view && Array.isArray(view.missing)) {
    const says = (view.missing as string[]).flatMap((what) => SAYS[what] ?? [])
    if (says.length > 0) return says
  }
  if (screen === 'kiosk' && 'question' in view && typeof view.question === 'object' && view.question !== null && 'kind' in view.question)
    return each(ANSWERS[String(view.question.kind)] ?? 'back')
  if ('question' in view && view.question !== null) return each('choose')
  if ('stranger' in view && view.stranger !== null) return each('settle-stranger')
  if ('partOfSet' in view && view.partOfSet !== null) return each('take-whole-set', 'take-out-of-set')
  return NEXT[`${screen} ${at}`] ?? []
}

interface InFront {
  /** The call by which one acts on it. */
  readonly path: string
  readonly flowId: string | null
  readonly next: readonly Next[]
}

/** What is in front of a person, and how it goes on from there; null where there is little to do but to go elsewhere. */
export function inFront({ front }: DeskView): InFront | null {
  const flow = flowOf(front)
  if (flow === null) return null
  const { path, view } = flow
  return { path, flowId: 'flowId' in view ? view.flowId : null, next: nextOf(front.screen, view) }
}

function flowOf(front: FrontView) {
  switch (front.screen) {
    case 'home': case 'check': return null
    case 'sale': return { path: 'sale.act', view: front.sale }
    case 'return': return { path: 'returns.act', view: front.return }
    case 'exchange': return { path: 'exchange.act', view: front.exchange }
    case 'trade-in': return { path: 'tradeIns.act', view: front.tradeIn }
    case 'kiosk': return { path: 'kiosk.act', view: front.kiosk }
  }
}
