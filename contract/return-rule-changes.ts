import { afterWindow, returnRules } from './cautious-return-rules.ts'
import type { Params } from './ids.ts'
import type { Policy } from './policy.ts'
import type { PolicyChange } from './policy-view.ts'
import type { Accessory, CategoryQuestions, ConditionQuestion, ReturnRules } from './return-rules.ts'

/**
 * What is otherwise in how things are taken back, one sentence each; against the rules that apply where a document has
 * none.
 */
export function returnRuleChanges(before: Policy, after: Policy, currency: string): PolicyChange[] {
  const [was, is] = [returnRules(before), returnRules(after)]
  const categories = [...new Set([...was.categories, ...is.categories].map(({ category }) => category))]
  return [
    ...categories.flatMap((category) => {
      const of = (rules: ReturnRules) => rules.categories.find((entry) => entry.category === category)
      return [...questionChanges(category, of(was), of(is)), ...accessoryChanges(category, of(was), of(is), currency)]
    }),
    ...lateChanges(was, is),
    ...recordChanges(was, is, currency),
    ...customerChanges(was, is),
  ]
}

function questionChanges(category: string, was: CategoryQuestions | undefined, is: CategoryQuestions | undefined): PolicyChange[] {
  return [
    ...comings('question', category, was?.questions, is?.questions),
    ...both(was?.questions, is?.questions).flatMap(([from, to]) => gradeChanges(category, from, to)),
  ]
}

function gradeChanges(category: string, from: ConditionQuestion, to: ConditionQuestion): PolicyChange[] {
  const params = { category, item: to.id }
  return [
    ...(from.ifNo === to.ifNo ? [] : [to.ifNo === null ? { code: 'question-no-grade', params } : { code: 'question-grade', params: { ...params, grade: to.ifNo } }]),
    ...(from.stops === to.stops ? [] : [{ code: to.stops ? 'question-stops' : 'question-goes-on', params }]),
  ]
}

function accessoryChanges(category: string, was: CategoryQuestions | undefined, is: CategoryQuestions | undefined, currency: string): PolicyChange[] {
  return [
    ...comings('accessory', category, was?.accessories, is?.accessories),
    ...both(was?.accessories, is?.accessories).flatMap(([from, to]) =>
      from.deduct_cents === to.deduct_cents
        ? []
        : [{ code: 'accessory-deduct', params: { category, item: to.id, from_cents: from.deduct_cents, to_cents: to.deduct_cents, currency } }]),
  ]
}

interface Named {
  readonly id: string
}

/** What is asked, or belongs to it, that was not, and the other way. */
function comings(code: string, category: string, was: readonly Named[] = [], is: readonly Named[] = []): PolicyChange[] {
  const missing = (list: readonly Named[], from: readonly Named[]) => from.filter(({ id }) => !list.some((entry) => entry.id === id))
  return [
    ...missing(was, is).map(({ id }) => ({ code: `${code}-added`, params: { category, item: id } })),
    ...missing(is, was).map(({ id }) => ({ code: `${code}-removed`, params: { category, item: id } })),
  ]
}

function both<Entry extends Named>(was: readonly Entry[] = [], is: readonly Entry[] = []): [Entry, Entry][] {
  return is.flatMap((to): [Entry, Entry][] => {
    const from = was.find(({ id }) => id === to.id)
    return from === undefined ? [] : [[from, to]]
  })
}

function lateChanges(before: ReturnRules, after: ReturnRules): PolicyChange[] {
  const [was, is] = [afterWindow(before), afterWindow(after)]
  return [
    ...(was.days === is.days ? [] : [is.days === 0 ? { code: 'late-never', params: {} } : { code: 'late-days', params: { from: was.days, to: is.days } }]),
    ...(was.payAs === is.payAs ? [] : [{ code: `late-as-${is.payAs}`, params: {} }]),
  ]
}

function recordChanges(before: ReturnRules, after: ReturnRules, currency: string): PolicyChange[] {
  const [was, is] = [before.withoutRecord, after.withoutRecord]
  const changed = (code: string, from: number, to: number, params: Params): PolicyChange[] => (from === to ? [] : [{ code, params }])
  return [
    ...changed('record-most', was.upTo_cents, is.upTo_cents, { from_cents: was.upTo_cents, to_cents: is.upTo_cents, currency }),
    ...changed('record-percent', was.percentOfPrice, is.percentOfPrice, { from: was.percentOfPrice, to: is.percentOfPrice }),
    ...changed('record-till', was.perDay, is.perDay, { from: was.perDay, to: is.perDay }),
    ...(was.perDayInStore === is.perDayInStore
      ? []
      : [is.perDayInStore === undefined ? { code: 'record-store-free', params: {} } : { code: 'record-store', params: { to: is.perDayInStore } }]),
  ]
}

function customerChanges({ perCustomer: was }: ReturnRules, { perCustomer: is }: ReturnRules): PolicyChange[] {
  if (was?.pieces === is?.pieces && was?.days === is?.days) return []
  return [is === undefined ? { code: 'customer-free', params: {} } : { code: 'customer-limit', params: { pieces: is.pieces, days: is.days } }]
}

/** Whether the rules of returns are the same apart from what has a sentence of its own above. */
export function sameBeside(before: Policy, after: Policy): boolean {
  const [was, is] = [bare(returnRules(before)), bare(returnRules(after))]
  const ownWords = both(was.words, is.words).every(([from, to]) => from.words === to.words)
  return was.rest === is.rest && ownWords
}

function bare(rules: ReturnRules): { rest: string; words: { id: string; words: string }[] } {
  const { categories, afterWindow: _late, withoutRecord: _record, perCustomer: _customer, ...rest } = rules
  const told = ({ id, words }: Accessory | ConditionQuestion, category: string) => ({ id: `${category} ${id}`, words: JSON.stringify(words ?? {}) })
  return {
    rest: JSON.stringify([rest, categories.map(({ questions: _asked, accessories: _things, ...more }) => more)]),
    words: categories.flatMap(({ category, questions, accessories }) => [
      ...questions.map((entry) => told(entry, `${category} ?`)), ...accessories.map((entry) => told(entry, `${category} +`)),
    ]),
  }
}
