import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Language } from '../../../contract/ids.ts'
import { PromotionRule } from '../../../contract/promotion.ts'
import { Picture } from '../../../contract/unit.ts'
import { namesIn } from '../../../contract/words/say.ts'
import { HubFaultCode, HubRole } from '../../../hub/contract/allowed.ts'
import { HookTrouble, ImportKind, ImportView, Scope } from '../../../hub/contract/office-calls.ts'
import { LossKind, RateBy } from '../../../hub/contract/report-calls.ts'
import { CaseView, TillRow } from '../../../hub/contract/till-calls.ts'
import { ar } from '../../../hub/face/words/ar.ts'
import { de } from '../../../hub/face/words/de.ts'
import { en, type FaceKey, type FaceSentences } from '../../../hub/face/words/en.ts'
import { es } from '../../../hub/face/words/es.ts'
import { fr } from '../../../hub/face/words/fr.ts'

const ROOT = join(import.meta.dirname, '../../..')
const TABLES: Readonly<Record<Language, FaceSentences>> = { en, de, fr, es, ar }
const keys = Object.keys(en) as FaceKey[]
const sources = readdirSync(join(ROOT, 'hub/face'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/u.test(file) && !file.startsWith('words/'))
  .map((file) => readFileSync(join(ROOT, 'hub/face', file), 'utf8'))
  .join('\n')

/** Lists whose every code must have its words. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  'health.': TillRow.shape.health.options,
  'role.': HubRole.options,
  'role-help.': HubRole.options,
  'step.': CaseView.shape.steps.element.options,
  'step-help.': CaseView.shape.steps.element.options,
  'import-kind.': ImportKind.options,
  'import-columns.': ImportKind.options,
  'import-state.': ImportView.shape.state.options,
  'scope.': Scope.options,
  'hook-trouble.': HookTrouble.shape.code.options,
  'rate-by.': RateBy.options,
  'loss.': LossKind.options,
  'offer-kind.': PromotionRule.options.map(({ shape }) => shape.is.value),
  'picture.': Picture.options,
  'fault.': [...HubFaultCode.options, 'bad-input', 'internal', 'unreachable'],
}

describe('the words of the centre', () => {
  it.each(Object.entries(TABLES))('are all there in %s, with the same values, and none is empty', (_language, table) => {
    expect(Object.keys(table).sort()).toEqual([...keys].sort())
    for (const key of keys) {
      expect(table[key].trim(), key).not.toBe('')
      expect(namesIn(table[key]), key).toEqual(namesIn(en[key]))
    }
  })

  it('leave no whole sentence in English', () => {
    const left = (Object.keys(TABLES) as Language[]).filter((language) => language !== 'en')
      .flatMap((language) => keys.filter((key) => TABLES[language][key] === en[key] && en[key].split(' ').length > 3).map((key) => `${language} ${key}`))
    expect(left.filter((key) => !key.endsWith('cases.was-settled'))).toEqual([])
  })

  it.each(Object.entries(FAMILIES))('know every code of %s', (prefix, codes) => {
    for (const code of codes) expect(keys, `${prefix}${code}`).toContain(`${prefix}${code}`)
  })

  it('are all used', () => {
    const stems = [...sources.matchAll(/`([a-z-]+\.)\$\{/gu)].map(([, stem]) => stem ?? '')
    expect(keys.filter((key) => !sources.includes(`'${key}'`) && !stems.some((stem) => key.startsWith(stem)))).toEqual([])
  })
})
