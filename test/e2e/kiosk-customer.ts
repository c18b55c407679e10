import { expect, type Page } from '@playwright/test'
import type { Client } from '../support/core/till.ts'

/** A person who stands before a kiosk for the first time takes so long for one decision. */
export const KIOSK_DECISION_MS = 2_000

interface AtKiosk {
  readonly page: Page
  readonly url: string
  /** A line to the same kiosk, to know what is asked next. */
  readonly client: Client
  /** Holds something under the scanner. */
  readonly hold: (text: string) => unknown
  /** What really passes before each decision; left out, decisions are only counted. */
  readonly pause_ms?: number
}

/** Counts decisions, as a customer makes them: what is read, chosen and touched. */
export class KioskCustomer {
  decisions = 0
  readonly #at: AtKiosk

  constructor(at: AtKiosk) {
    this.#at = at
  }

  async touch(name: string | RegExp): Promise<void> {
    await this.decides()
    await this.#at.page.getByRole('button', { name }).first().click()
  }

  async shows(text: string): Promise<void> {
    await this.decides()
    await this.#at.hold(text)
  }

  /** Something is done away from the screen: a card held up, a paper taken. */
  async decides(): Promise<void> {
    this.decisions += 1
    if (this.#at.pause_ms !== undefined) await this.#at.page.waitForTimeout(this.#at.pause_ms)
  }

  title = (text: string | RegExp) => expect(this.#heading).toHaveText(text)

  async begin(task: 'Give something back' | 'Check something' | 'Buy something' = 'Give something back'): Promise<void> {
    await this.#at.page.goto(this.#at.url)
    await this.touch(/English/)
    await this.touch(new RegExp(task))
    await this.title(/barcode/)
  }

  /** Answers every question in the best way, whatever is asked of this kind of thing. */
  async answersAll(): Promise<void> {
    await this.touch('Continue')
    // The page may still draw the answer when the kiosk asks already: nobody answers what is not asked on the screen.
    await expect(this.#heading).not.toHaveText('Is this your piece?')
    await expect.poll(async () => (await this.#kiosk()).at).not.toBe('answer')
    for (let asked = 0; asked < 20; asked += 1) {
      const now = await this.#kiosk()
      if (now.at === 'photo') {
        await this.title('Show the piece to the camera')
        await this.touch('Take the picture')
        await expect(this.#heading).not.toHaveText('Show the piece to the camera')
      } else if (now.at === 'questions') {
        await this.answers(now.question.kind)
      } else return
    }
  }

  async answers(kind: string): Promise<void> {
    const heading = await this.#heading.textContent()
    await this.touch(kind === 'reason' ? 'Changed mind' : kind === 'condition' ? /^New$/ : kind === 'question' ? 'Yes' : 'It is here')
    await expect(this.#heading).not.toHaveText(heading ?? '')
  }

  async #kiosk() {
    const { front } = await this.#at.client.desk.view()
    if (front.screen !== 'kiosk') throw new Error(front.screen)
    return front.kiosk
  }

  get #heading() {
    return this.#at.page.getByRole('heading', { level: 1 })
  }
}
