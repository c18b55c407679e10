import { afterWindow, returnRules } from './cautious-return-rules.ts'
import { Language, type Params } from './ids.ts'
import type { OwnWords } from './own-words.ts'
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
      return [...questionChanges(category, of(was), of(is)), ...accessoryChanges(category, of(was), of(is), currency), ...partChanges(category, of(was), of(is))]
    }),
    ...lateChanges(was, is),
    ...recordChanges(was, is, currency),
    ...customerChanges(was, is),
  ]
}

function questionChanges(category: string, was: CategoryQuestions | undefined, is: CategoryQuestions | undefined): PolicyChange[] {
  return [
    ...comings('question', category, was?.questions, is?.questions),
    ...both(was?.questions, is?.questions).flatMap(([from, to]) => [...gradeChanges(category, from, to), ...wordChanges(category, from, to)]),
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
    ...both(was?.accessories, is?.accessories).flatMap(([from, to]) => [
      ...(from.deduct_cents === to.deduct_cents
        ? []
        : [{ code: 'accessory-deduct', params: { category, item: to.id, from_cents: from.deduct_cents, to_cents: to.deduct_cents, currency } }]),
      ...wordChanges(category, from, to),
    ]),
  ]
}

/** Said otherwise in any language; what of it is said is read in its row. */
const wordChanges = (category: string, from: Pick<Accessory, 'id' | 'words'>, to: Pick<Accessory, 'id' | 'words'>): PolicyChange[] =>
  sameWords(from.words, to.words) ? [] : [{ code: 'words-changed', params: { category, item: to.id } }]

const sameWords = (was: OwnWords = {}, is: OwnWords = {}): boolean => Language.options.every((language) => was[language] === is[language])

const partChanges = (category: string, was: CategoryQuestions | undefined, is: CategoryQuestions | undefined): PolicyChange[] =>
  comings('part', category, named(was?.parts), named(is?.parts))

const named = (parts: readonly string[] = []): Named[] => parts.map((id) => ({ id }))

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

/** What else is otherwise in them, apart from what has a sentence of its own above, by the name of the rule. */
export function otherReturnRules(before: Policy, after: Policy): string[] {
  const [was, is] = [bare(returnRules(before)), bare(returnRules(after))]
  return Object.keys({ ...was, ...is }).filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
}

function bare(rules: ReturnRules): Readonly<Record<string, unknown>> {
  const { categories, afterWindow: _late, withoutRecord: _record, perCustomer: _customer, ...rest } = rules
  return { ...rest, categories: categories.map(({ questions: _asked, accessories: _things, parts: _parts, ...more }) => more) }
}
