import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CaseEntry } from '../../contract/case-view.ts'
import { CountStep, SaidKind } from '../../contract/counting-view.ts'
import { Purpose } from '../../contract/customer.ts'
import { JournalGroup } from '../../contract/day-journal.ts'
import { DeviceView, ExitTag, PracticeCustomer, PracticeLineEnds, TerminalHealth } from '../../contract/device-view.ts'
import { Difference, ExchangeKind, ExchangeMissing } from '../../contract/exchange-view.ts'
import { FaultCode } from '../../contract/fault.ts'
import { InspectionOutcome } from '../../contract/inspection-view.ts'
import { TestResult } from '../../contract/test-report.ts'
import { EventKind, NEWER_KIND } from '../../contract/journal.ts'
import { LossWhy, MarkDo, StoreArea } from '../../contract/mark-view.ts'
import { LabelWhy } from '../../contract/label-view.ts'
import { MailSettings, MailState, MailTrouble } from '../../contract/mail.ts'
import { KioskTender } from '../../contract/kiosk-view.ts'
import { Notice } from '../../contract/notice.ts'
import { ParcelState } from '../../contract/parcel.ts'
import { PaperTemplate } from '../../contract/paper-template.ts'
import { Fate, PolicyAnswer, PolicyState, PolicyVersion } from '../../contract/policy-view.ts'
import { PrintState } from '../../contract/print-state.ts'
import { ReceiptKind } from '../../contract/receipt.ts'
import { ReservationWay } from '../../contract/reservation.ts'
import { Right, Role, Seat } from '../../contract/roles.ts'
import { GateKind, StrangerWhy, TerminalProgress } from '../../contract/sale-view.ts'
import { ClaimBasis, ClaimState, ClaimStep, PullPiece, Remedy } from '../../contract/service-view.ts'
import { MoveKind, OpenWorkKind } from '../../contract/shift-view.ts'
import { TradeInMissing } from '../../contract/trade-in-view.ts'
import { AliasKind, Condition, CoverLayer, Custody, FlagKind, ParcelPlace, TenderKind } from '../../contract/unit.ts'
import { ANSWERS, Intent, NextPlace, Outcome, QUESTIONS } from '../../contract/verdict.ts'
import { ApprovalFor, Missing } from '../../contract/return-view.ts'
import { CATEGORY_CODES,
  ACCESSORY_CODES, ACT_REASON_CODES, CASE_KIND_CODES, CONDITION_QUESTION_CODES, HAND_OVER_CODES, NOTICE_CODES, POLICY_CHANGE_CODES, PRINT_TROUBLE_CODES, READING_CODES, REASON_CODES, REMARK_CODES, RETURN_REASON_CODES, STORY_CODES,
} from '../../contract/words/codes.ts'
import { en } from '../../contract/words/en.ts'
import { formatDate, formatInstant, formatTime } from '../../contract/words/format.ts'
import { LANGUAGES } from '../../contract/words/languages.ts'
import { namesIn, say, sayCode, WORDS } from '../../contract/words/say.ts'
import type { Language } from '../../contract/ids.ts'
import type { WordKey } from '../../contract/words/en.ts'
import { ActivationState, ActivationTrouble } from '../../contract/activation.ts'
import { ArrivedAs } from '../../contract/shipment-view.ts'
import { SEARCH_KINDS } from '../../contract/search-hit.ts'
import { RULE_PARTS } from '../../renderer/panels/policy/rules-editor.tsx'
import { LESSON_IDS, LESSONS } from '../../renderer/panels/help/lessons.ts'
import { CONFLICT_KINDS, SyncCase, SyncState, SyncView } from '../../contract/sync/sync-view.ts'

const ROOT = join(import.meta.dirname, '../..')
const LANGUAGE_FILES = new Set(['en.ts', 'de.ts', 'fr.ts', 'es.ts', 'ar.ts'])
const languages = Object.keys(LANGUAGES) as Language[]
const keys = Object.keys(en) as WordKey[]

/**
 * Keys that are put together from a code of a closed list, by their prefix: these need no literal in the sources, but
 * the list and the words must have the same codes.
 */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  'reason.': REASON_CODES.flatMap((code) => [`${code}.staff`, `${code}.customer`]),
  'notice.': NOTICE_CODES,
  'reading.': READING_CODES,
  'remark.': REMARK_CODES,
  'story.': STORY_CODES,
  'return-reason.': RETURN_REASON_CODES,
  'category.': CATEGORY_CODES,
  'gate.': [...GateKind.options, 'before', 'yes', 'no', 'number', 'day'],
  'gate-text.': GateKind.options,
  'stranger.': [...StrangerWhy.options, 'title', 'text'],
  'act-reason.': ACT_REASON_CODES,
  'right.': Right.options,
  'cash-move.': [...MoveKind.options, 'no-sale'],
  'open-work.': OpenWorkKind.options,
  'journal-group.': JournalGroup.options,
  'why.': PRINT_TROUBLE_CODES,
  'fault.': [...FaultCode.options, 'unreachable'],
  'event.': [...EventKind.options, NEWER_KIND],
  'custody.': [...Custody.options.map((option) => option.shape.at.value), ...ParcelPlace.shape.is.options.map((place) => `parcel-${place}`)],
  'condition.': Condition.options,
  'tender.': TenderKind.options,
  'flag.': FlagKind.options,
  'alias.': AliasKind.options,
  'cover.': CoverLayer.shape.layer.options,
  'role.': Role.options,
  'place.': NextPlace.options,
  'pieces-way.': ReservationWay.options,
  'label-why.': LabelWhy.options,
  'device.': DeviceView.shape.state.options,
  'device-role.': DeviceView.shape.role.options,
  'print.': [...PrintState.shape.state.options],
  'paper-kind.': ReceiptKind.options,
  'question.': QUESTIONS,
  'answer.': QUESTIONS.flatMap((question) => ANSWERS[question].map((answer) => `${question}.${answer}`)),
  'outcome.': Intent.options.flatMap((intent) => Outcome.options.map((outcome) => `${intent}.${outcome}`)),
  'source.': ['till', 'mirror', 'label', 'owner', 'quality', 'carrier', 'inspection'],
  'offer.': Notice.shape.offer.unwrap().options.map((option) => option.shape.kind.value),
  'claim-basis.': ClaimBasis.options,
  'remedy.': Remedy.options,
  'claim-state.': ClaimState.options,
  'proof.': ['seller', 'buyer'],
  'price.how-': ['percent', 'amount', 'new'],
  'claim-step.': ClaimStep.shape.what.options,
  'area.': [...StoreArea.options, 'quarantine', 'recall'],
  'arrived-as.': ArrivedAs.options,
  'mark-do.': MarkDo.options,
  'loss-why.': LossWhy.options,
  'pull-state.': PullPiece.shape.state.options,
  'count-said.': SaidKind.options,
  'count-step.': CountStep.options,
  'terminal.': TerminalProgress.options,
  'calibrate.keyboard-': ['us', 'local', 'unknown'],
  'exit.state-': ExitTag.shape.state.options,
  'exit-why.': ['old-epc-still-read', 'new-epc-not-read', 'nothing-read', 'not-supported', 'refused'],
  'devices.day-end-': [...TerminalHealth.shape.dayEnd.unwrap().shape.outcome.options, 'going'],
  'practice-customer.': PracticeCustomer.options,
  'practice-line.': PracticeLineEnds.options,
  'look.': ['label', 'system', 'light', 'dark'],
  'hint.': ['caps-lock', 'layout'],
  'search-kind.': [...SEARCH_KINDS, 'command'],
  'customer-field.': ['name', 'phone', 'email', 'card', 'address', 'note'],
  'consent.': Purpose.options,
  'activation-state.': ActivationState.options,
  'activation-why.': ActivationTrouble.options,
  'parcel-state.': ParcelState.options,
  'mail-state.': MailState.options,
  'mail-why.': MailTrouble.options,
  'mail-security.': MailSettings.shape.security.options,
  'template-warranty.': PaperTemplate.shape.warrantyWithSale.options,
  'template-width.': ['58mm', '80mm', 'a4'],
  'lesson.': LESSON_IDS,
  'step.': LESSONS.flatMap(({ steps }) => steps.map(({ id }) => id)),
  'return.missing-': Missing.options,
  'approval-for.': ApprovalFor.options,
  'question-of.': CONDITION_QUESTION_CODES,
  'accessory.': ACCESSORY_CODES,
  'case-kind.': CASE_KIND_CODES,
  'inspection-outcome.': InspectionOutcome.options,
  'test-result.': TestResult.options,
  'exchange.kind.': ExchangeKind.options,
  'exchange.missing-': ExchangeMissing.options,
  'differs.': Difference.shape.what.options,
  'trade-in.missing-': TradeInMissing.options,
  'hand-over.why.': HAND_OVER_CODES,
  'policy-change.': POLICY_CHANGE_CODES,
  'policy-step.': PolicyVersion.shape.step.options,
  'policy.from-': PolicyState.shape.from.options,
  'policy.part-': Object.keys(RULE_PARTS),
  'policy.seat-': Seat.options,
  'policy.lease-over-': ['ask', 'stop'],
  'policy.store-credit-': ['yes', 'no'],
  'policy.tags-': ['keep', 'mute', 'kill'],
  'policy.badge-': ['with-pin', 'alone'],
  'policy.overruled-': ['newer', 'refused'],
  'policy.answer-': PolicyAnswer.shape.answer.options,
  'policy.intent-': Intent.options,
  'policy.means-': ['listed', 'not-listed', 'genuine', 'fake', 'no-opinion', 'done', 'refused'],
  'policy.outside-add-': ['stolen', 'authenticity'],
  'policy.late-as-': ['store-credit', 'original'],
  'policy.outside-keep-': ['no', 'yes'],
  'policy.photo-': ['never', 'ask', 'must'],
  'policy.offline-': ['counter', 'service', 'kiosk'],
  'fate.': [...Fate.shape.counter.options, ...Fate.shape.kiosk.options],
  'kiosk-trouble.': ['silent', 'paper'],
  'kiosk.access-': ['speech', 'large', 'contrast', 'low'],
  'kiosk.as-': KioskTender.options,
  'case-entry.': CaseEntry.shape.kind.options,
  'conflict.': CONFLICT_KINDS,
  'settle.': SyncCase.shape.ways.element.options,
  'sync.state-': SyncState.options,
  'sync.remark-': SyncView.shape.remark.unwrap().options,
}

const familyOf = (key: string): string | undefined =>
  Object.keys(FAMILIES)
    .filter((prefix) => key.startsWith(prefix))
    .sort((a, b) => b.length - a.length)[0]

describe('the words', () => {
  it('are there in every language, each key once', () => {
    for (const language of languages) expect(Object.keys(WORDS[language]).sort(), language).toEqual([...keys].sort())
  })

  it('are said in full: no sentence is empty, or left in English', () => {
    for (const language of languages) {
      const same = keys.filter((key) => WORDS[language][key] === en[key])
      for (const key of keys) expect(WORDS[language][key].trim(), `${language} ${key}`).not.toBe('')
      // Names and abbreviations are the same everywhere; whole sentences are not.
      if (language !== 'en') expect(same.filter((key) => en[key].split(' ').length > 3)).toEqual([])
    }
  })

  it.each(languages)('hold in %s the same values as in English', (language) => {
    for (const key of keys) expect(namesIn(WORDS[language][key]), key).toEqual(namesIn(en[key]))
  })

  it('say the plural as each language has it', () => {
    expect(say('de', 'sale.pieces', { count: 1 })).toBe('1 Stück')
    expect(say('de', 'home.parked', { count: 3 })).toBe('3 geparkte Verkäufe')
    expect(say('ar', 'sale.pieces', { count: 2 })).toBe('قطعتان')
    expect(say('ar', 'sale.pieces', { count: 3 })).toBe('3 قطع')
    expect(say('ar', 'sale.pieces', { count: 11 })).toBe('11 قطعة')
  })

  it('tell the time of the store, wherever the machine under the till believes to be', () => {
    expect(formatTime('de', '2026-11-22T04:18:00.000Z', 'Europe/Berlin')).toBe('05:18')
    expect(formatInstant('en', '2026-11-22T23:30:00.000Z', 'Europe/Berlin')).toBe('23 Nov 2026, 00:30')
    const sold = { date: '2026-11-22T23:30:00.000Z', receipt: 'T1-1', store: 'Köln' }
    expect(say('de', 'reason.sold-here-on.staff', sold, 'Europe/Berlin')).toContain('23.11.2026')
  })

  it('write days, moments and money the way the language does', () => {
    const sold = { date: '2026-02-27', receipt: 'T1-1', store: 'Köln' }
    expect(say('de', 'reason.sold-here-on.staff', sold)).toBe('Verkauft am 27.02.2026 in Köln, Bon T1-1.')
    expect(say('en', 'reason.sold-here-on.staff', sold)).toBe('Sold on 27 Feb 2026 in Köln, receipt T1-1.')
    expect(say('de', 'notice.cash-short', { due_cents: 123_456, currency: 'EUR' })).toContain('1.234,56\u00A0€')
  })

  it('take a day as it is told, wherever a sentence names one: a date it formats itself would take the window down', () => {
    for (const language of languages) {
      for (const key of keys.filter((one) => namesIn(WORDS[language][one]).includes('date')))
        expect(say(language, key, { date: '2026-11-18' }), key).toContain(formatDate(language, '2026-11-18'))
    }
  })

  it('say an incomplete sentence rather than fall over when a value is missing', () => {
    expect(say('en', 'notice.parked')).toBe('Parked as –.')
    expect(sayCode('en', 'notice.never-heard-of', {}, 'as it came')).toBe('as it came')
  })

  it.each(Object.entries(FAMILIES))('have exactly the codes of their list: %s', (prefix, codes) => {
    const said = keys.filter((key) => familyOf(key) === prefix).map((key) => key.slice(prefix.length))
    expect(said.sort()).toEqual([...new Set(codes)].sort())
  })

  it('are all used: by their name in the sources, or as a code of a list', () => {
    const sources = ['contract', 'electron', 'renderer'].flatMap((room) => sourcesUnder(join(ROOT, room))).join('\n')
    const named = new Set(Array.from(sources.matchAll(/'([\w.-]+)(?=')/gu), ([, name]) => name))
    const unused = keys.filter((key) => familyOf(key) === undefined && !named.has(key))
    // A button for each way to pay beside cash: `pay.<tender>`.
    expect(unused.filter((key) => !TenderKind.options.some((kind) => key === `pay.${kind}`))).toEqual([])
  })

  it('know every code the core says', () => {
    const core = ['electron/core', 'contract/verdicts'].flatMap((room) => sourcesUnder(join(ROOT, room))).join('\n')
    const notices = [...core.matchAll(/say\([\w.#]+, '(?:good|again|info|stop|quiet)', '([a-z-]+)'/gu)].map(([, code]) => code)
    const reasons = [...core.matchAll(/\breason: '([a-z-]+)', (?:params|\.\.\.rest|evidence)/gu)].map(([, code]) => code)
    expect(notices.length).toBeGreaterThan(10)
    expect(reasons.length).toBeGreaterThan(10)
    expect(notices.filter((code) => !NOTICE_CODES.some((known) => known === code))).toEqual([])
    expect(reasons.filter((code) => !REASON_CODES.some((known) => known === code))).toEqual([])
  })
})

function sourcesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'gallery' ? [] : sourcesUnder(path)
    const isSource = /\.tsx?$/u.test(entry.name) && !(folder.endsWith('words') && LANGUAGE_FILES.has(entry.name))
    return isSource ? [readFileSync(path, 'utf8')] : []
  })
}
