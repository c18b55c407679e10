import type { DeviceView } from '../../../contract/device-view.ts'
import { buildLabel } from '../../../contract/identity/build.ts'
import { productName } from '../../../contract/product-name.ts'
import type { ReceiptDocument } from '../../../contract/receipt.ts'
import { unreachable } from '../../../contract/unreachable.ts'
import { directionOfTag } from '../../../contract/words/languages.ts'
import type { Clock } from '../../../native/clock.ts'
import { escposLabel } from '../../../native/labels/escpos-label.ts'
import type { UnitLabel } from '../../../native/labels/unit-label.ts'
import { isInFont, zplLabel } from '../../../native/labels/zpl-label.ts'
import type { Lettering } from '../../../native/printers/lettering.ts'
import { openPrinter, type Printer } from '../../../native/printers/open-printer.ts'
import { printerTransport } from '../../../native/printers/printer-address.ts'
import { bytesForPrinter } from '../../../native/printers/print-bytes.ts'
import type { PrintOutcome } from '../../../native/printers/print-outcome.ts'
import { PROFILES, type PaperWidthId, type ProfileId } from '../../../native/printers/profiles.ts'
import type { LabelPrinterSetting } from '../devices/device-settings.ts'
import type { LineWatch } from '../devices/line-watch.ts'
import type { KnownUnit } from '../facts/known-unit.ts'
import type { Ground } from '../ground.ts'
import { paperLettering } from '../papers/lettering/paper-lettering.ts'
import { slipLabel } from '../papers/routing-slip.ts'
import { letteringFor } from './lettering-for.ts'

/** `cannot-be-coded`: the number of the piece fits no code of this label. */
export type LabelOutcome = PrintOutcome | { readonly outcome: 'not-printed'; readonly why: 'cannot-be-coded'; readonly begun: false }

const CANNOT_BE_CODED = { outcome: 'not-printed', why: 'cannot-be-coded', begun: false } as const satisfies LabelOutcome

/** The label printer of this till. A ZPL printer says nothing of its own: its labels are of unknown fate until looked at. */
export class LabelPrinting {
  readonly #printer: Printer
  readonly #setting: LabelPrinterSetting
  readonly #ground: Ground
  readonly #changed: () => void
  #since: string
  #state: DeviceView['state'] = 'opening'
  #printed = 0
  #lastAt: string | null = null

  constructor(parts: { ground: Ground; setting: LabelPrinterSetting; clock: Clock; watch: LineWatch; changed: () => void }) {
    const { ground, setting, clock, watch } = parts
    this.#ground = ground
    this.#setting = setting
    this.#changed = parts.changed
    this.#since = ground.now()
    const { language } = setting
    this.#printer = openPrinter(
      setting.at,
      {
        dialect: language.is === 'escpos' ? PROFILES[language.profile].dialect : 'escpos',
        answers: language.is === 'escpos',
        transport: watch.over(printerTransport(setting.at)),
        hold: 'per-job',
      },
      clock,
    )
  }

  async print(label: UnitLabel): Promise<LabelOutcome> {
    const { language } = this.#setting
    if (language.is === 'escpos') return this.#send(await receiptLabel(label, language.profile, language.paper))
    return this.#send(zplLabel(label, language.size, await letteringOf(label, 'ltr')))
  }

  /** The slip of a piece: as a label in ZPL, and as it is on a printer of receipt paper that is set aside for labels. */
  async printSlip(slip: ReceiptDocument): Promise<LabelOutcome> {
    const { language } = this.#setting
    if (language.is === 'escpos') {
      const { profile, paper } = language
      return this.#send(bytesForPrinter(slip.blocks, { profile, paper, pictures: new Map(), ...(await letteringFor(slip, profile)) }).bytes)
    }
    const label = slipLabel(slip)
    if (label === null) return CANNOT_BE_CODED
    return this.#send(zplLabel(label, language.size, await letteringOf(label, directionOfTag(slip.language))))
  }

  /** Bytes, or a sentence why there are none. */
  async #send(bytes: Uint8Array | string): Promise<LabelOutcome> {
    if (typeof bytes === 'string') return CANNOT_BE_CODED
    const outcome = await this.#printer.print(bytes)
    this.#lastAt = this.#ground.now()
    if (outcome.outcome !== 'not-printed') this.#printed += 1
    this.#turn(stateAfter(outcome))
    return outcome
  }

  device(): DeviceView {
    return {
      deviceId: 'label-printer',
      role: 'label-printer',
      name: 'label printer',
      address: this.#printer.address,
      state: this.#state,
      since: this.#since,
      lastEventAt: this.#lastAt,
      events: this.#printed,
      garbled: 0,
    }
  }

  close(): Promise<void> {
    return this.#printer.close()
  }

  #turn(state: DeviceView['state']): void {
    if (state !== this.#state) this.#since = this.#ground.now()
    this.#state = state
    this.#changed()
  }
}

/** Null where the printer's font has every letter of the label. */
const letteringOf = async (label: UnitLabel, direction: 'ltr' | 'rtl'): Promise<Lettering | null> =>
  isInFont(label) ? null : paperLettering(direction)

/** A label on receipt paper, for a shop without a label printer. */
export async function receiptLabel(label: UnitLabel, profile: ProfileId, paper: PaperWidthId): Promise<Uint8Array> {
  const lettering = await letteringOf(label, 'ltr')
  return escposLabel(label, { profile, paper, pictures: new Map(), ...(lettering === null ? {} : { lettering }) }).bytes
}

/**
 * What stands on the label of a piece: the number that is asked for, or its serial. Null where it has no number that a
 * GS1 code may hold; a number of the shop goes without one where the goods have no GTIN.
 */
export function labelOf(unit: KnownUnit, number: string | null = null): UnitLabel | null {
  const { product } = unit
  const valid = unit.aliases.filter(({ retiredWhy }) => retiredWhy === null)
  const serial = valid.find(({ value }) => value === number) ?? valid.find(({ kind }) => kind === 'serial' || kind === 'own' || kind === 'vin') ?? unit.aliases[0]
  if (!serial) return null
  if (product.gtin === null)
    return serial.kind === 'own' ? { title: productName(product), lines: [serial.value, product.sku], code: { gs1: false, payload: serial.value } } : null
  const label = buildLabel([['01', product.gtin.padStart(14, '0')], ['21', serial.value]])
  if (!label.ok) return null
  return {
    title: productName(product),
    lines: [serial.value, product.sku],
    code: { gs1: true, payload: label.elementString },
  }
}

function stateAfter(outcome: PrintOutcome): DeviceView['state'] {
  if (outcome.outcome === 'printed') return outcome.paper === 'low' ? 'paper-low' : 'ready'
  if (outcome.outcome === 'unknown') return outcome.why === 'one-way' ? 'ready' : 'lost'
  switch (outcome.why) {
    case 'paper-end':
    case 'cover-open':
    case 'error':
    case 'offline':
    case 'silent':
    case 'refused':
    case 'busy':
    case 'not-allowed':
    case 'no-library':
    case 'lost':
    case 'time-out':
    case 'closed':
      return outcome.why
    case 'not-there':
      return 'searching'
    case 'too-long':
      return 'error'
    default:
      return unreachable(outcome)
  }
}
