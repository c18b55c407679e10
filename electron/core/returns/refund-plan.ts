import { add, allocate, cents, minus, roundedToCash, ZERO, type Cents } from '../../../contract/money.ts'
import type { ReturnRules } from '../../../contract/return-rules.ts'
import type { RefundPlan } from '../../../contract/return-view.ts'
import type { TenderKind } from '../../../contract/unit.ts'

/** What is to be given back of one sale, and what is left of each tender it was paid with. */
export interface OwedOfSale {
  /** Null where no record of the sale was found. */
  readonly saleId: string | null
  readonly amount_cents: Cents
  /** The part of it that goes back as store credit alone, as what came after its window; left out: none. */
  readonly onlyCredit_cents?: Cents
  readonly paidBy: readonly { readonly kind: TenderKind; readonly left_cents: Cents }[]
}

export interface PlanWish {
  readonly owed: readonly OwedOfSale[]
  /** `store-credit`: the customer would rather have credit than the tender that was used. */
  readonly payAs: 'original' | 'store-credit'
  readonly currency: string
  /** The smallest coin of the place, in minor units. */
  readonly cashStep: number
  readonly receiptNumbers: readonly string[]
}

/**
 * How a refund is paid: each sale's money goes back to the tenders that paid it, in their original proportion, never
 * more than is left of any. What a limit keeps from going back as its tender, what has no record, and what may only be
 * credit becomes store credit, also beside what goes back as it was paid. The parts sum to the amount; only cash is
 * rounded to the coins there are. Pure.
 */
export function planRefund(wish: PlanWish, rules: ReturnRules): RefundPlan {
  const amount_cents = add(...wish.owed.map((owed) => owed.amount_cents))
  const parts = wish.owed.flatMap((owed) => ofSale(owed, wish.payAs))
  const limited = together(withinLimits(parts, rules))
  const cash = sumOf(limited, 'cash')
  const rounding_cents = wish.payAs === 'original' && cash > 0 ? minus(roundedToCash(cash, wish.cashStep), cash) : ZERO
  return {
    amount_cents, rounding_cents, currency: wish.currency, receiptNumbers: [...wish.receiptNumbers], parts: limited,
    pays: KINDS.flatMap((kind) => {
      const sum = kind === 'cash' ? add(sumOf(limited, kind), rounding_cents) : sumOf(limited, kind)
      return sum > 0 ? [{ kind, amount_cents: sum }] : []
    }),
  }
}

const KINDS: readonly TenderKind[] = ['cash', 'card', 'voucher', 'store-credit']

type Part = RefundPlan['parts'][number]

const sumOf = (parts: readonly Part[], kind: TenderKind): Cents =>
  add(...parts.filter((part) => part.paidAs === kind).map((part) => part.amount_cents))

function ofSale({ saleId, amount_cents, onlyCredit_cents, paidBy }: OwedOfSale, payAs: PlanWish['payAs']): Part[] {
  const left = paidBy.filter((tender) => tender.left_cents > 0)
  const known = saleId !== null && left.length > 0
  const kinds: readonly TenderKind[] = known ? left.map(({ kind }) => kind) : ['store-credit']
  const shares = allocate(amount_cents, known ? left.map(({ left_cents }) => left_cents) : [1])
  // What may only be credit takes its part of every tender, so that none of them gives back more than its share.
  const asCredit = known && payAs === 'original' ? allocate(onlyCredit_cents ?? ZERO, shares) : shares
  return kinds.flatMap((ofKind, index) => {
    const [share, credit] = [shares[index] ?? ZERO, asCredit[index] ?? ZERO]
    const part = (paidAs: TenderKind, amount: Cents): Part[] => (amount > 0 ? [{ saleId, ofKind, paidAs, amount_cents: amount }] : [])
    return [...part(backAs(ofKind), minus(share, credit)), ...part('store-credit', credit)]
  })
}

/** Parts of the same money as one: what a limit turned into credit beside what was credit already. */
function together(parts: readonly Part[]): Part[] {
  const found = new Map<string, Part>()
  for (const part of parts) {
    const key = [part.saleId, part.ofKind, part.paidAs].join(' ')
    const before = found.get(key)
    found.set(key, before ? { ...before, amount_cents: add(before.amount_cents, part.amount_cents) } : part)
  }
  return [...found.values()]
}

/** A deposit had been paid in money, and money it becomes again. */
const backAs = (kind: TenderKind): TenderKind => (kind === 'deposit' ? 'cash' : kind)

/** What is above the limit of its tender goes back as store credit; the first parts keep their tender. */
function withinLimits(parts: readonly Part[], rules: ReturnRules): Part[] {
  const room = new Map<TenderKind, number>(KINDS.map((kind) => [kind, rules.tenderUpTo_cents[kind] ?? Number.POSITIVE_INFINITY]))
  return parts.flatMap((part) => {
    const most = room.get(part.paidAs) ?? 0
    const kept = Math.min(part.amount_cents, most)
    room.set(part.paidAs, most - kept)
    const over = part.amount_cents - kept
    return [
      ...(kept > 0 ? [{ ...part, amount_cents: cents(kept) }] : []),
      ...(over > 0 ? [{ ...part, paidAs: 'store-credit' as const, amount_cents: cents(over) }] : []),
    ]
  })
}

/**
 * What so many more pieces of a line are worth, when so many have come back before: all of them together are worth
 * exactly what was paid, whatever the order. Rounded half up on the way.
 */
export function worthOf(paid_cents: number, bought: number, before: number, now: number): Cents {
  const upTo = (pieces: number): number => Math.floor((2 * paid_cents * pieces + bought) / (2 * bought))
  return cents(upTo(Math.min(bought, before + now)) - upTo(before))
}
