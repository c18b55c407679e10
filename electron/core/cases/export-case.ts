import { createHash } from 'node:crypto'
import type { CaseFile } from '../../../contract/case-view.ts'
import type { Language } from '../../../contract/ids.ts'
import { productName } from '../../../contract/product-name.ts'
import { formatInstant } from '../../../contract/words/format.ts'
import { LANGUAGES } from '../../../contract/words/languages.ts'
import { say, sayCode } from '../../../contract/words/say.ts'
import { lifeOf } from '../facts/history.ts'
import type { Ground } from '../ground.ts'
import { sql } from '../store/store.ts'
import { isWhole, photoOf } from './photos.ts'

/**
 * The file of a case as one HTML page for the police or the brand: it opens in any browser without the shop's program,
 * prints on paper, and holds the same facts once more as JSON for a program. Photographs stand in it with their SHA-256.
 * Of people it names who of the staff wrote what, and no customer: none is in a case.
 */
export function exportCase(ground: Ground, file: CaseFile, language: Language): { name: string; content: Buffer; hash: string } {
  const facts = machineFacts(ground, file)
  const page = pageOf(ground, file, facts, language)
  const content = Buffer.from(page, 'utf8')
  return { name: `case-${file.number}.html`, content, hash: createHash('sha256').update(content).digest('hex') }
}

interface ExportedPhoto {
  readonly photoId: string
  readonly at: string
  readonly sha256: string
  readonly whole: boolean
  readonly type: string
  readonly base64: string
}

function machineFacts(ground: Ground, file: CaseFile) {
  const db = ground.store.reading
  const kept = file.verdictId === null ? undefined : (sql(db, 'SELECT facts, policy_version, seat, staff_id FROM verdicts WHERE id = ?').get(file.verdictId) as
    | { facts: string; policy_version: string; seat: string; staff_id: string | null }
    | undefined)
  const photos = file.photoNotes.flatMap(({ photoId }): ExportedPhoto[] => {
    const photo = photoOf(db, photoId)
    return photo === null ? [] : [{
      photoId, at: photo.at, sha256: photo.hash, whole: isWhole(photo), type: photo.type, base64: photo.content.toString('base64'),
    }]
  })
  return {
    format: 'countermark-case', version: 1, exportedAt: ground.now(), shop: { store: ground.place.name, address: ground.place.address, till: ground.till.name },
    case: file, decidedOn: kept === undefined ? null : JSON.parse(kept.facts) as unknown, policyVersion: kept?.policy_version ?? null,
    life: file.unit === null ? [] : lifeOf(ground, file.unit.unitId), photos,
  }
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function pageOf(ground: Ground, file: CaseFile, facts: ReturnType<typeof machineFacts>, language: Language): string {
  const { locale, direction } = LANGUAGES[language]
  const zone = ground.place.time_zone
  const when = (at: string): string => escaped(formatInstant(language, at, zone))
  const title = `${say(language, 'case.title', { number: file.number })} · ${ground.place.name}`
  const row = (name: string, value: string): string => `<tr><th scope="row">${escaped(name)}</th><td>${value}</td></tr>`
  const findings = file.verdict === null ? '' : Object.entries(file.verdict.findings).map(([question, finding]) => row(
    sayCode(language, `question.${question}`),
    `<strong>${escaped(sayCode(language, `answer.${question}.${finding.answer}`, finding.params))}</strong><br>${escaped(
      sayCode(language, `reason.${finding.reason}.staff`, finding.params, finding.reason, zone),
    )}<br><small>${escaped([finding.source, finding.asOf ?? '', ...finding.evidence].filter(Boolean).join(' · '))}</small>`,
  )).join('')
  const numbers = (file.unit?.aliases ?? []).map((alias) => row(sayCode(language, `alias.${alias.kind}`), `<code>${escaped(alias.value)}</code>`)).join('')
  const answers = [
    ...file.answers.map(({ id, good }) => row(sayCode(language, `question-of.${id}`, {}, id), escaped(say(language, good ? 'return.yes' : 'return.no')))),
    ...file.absent.map((id) => row(sayCode(language, `accessory.${id}`, {}, id), escaped(say(language, 'return.absent')))),
  ].join('')
  const entries = file.entries.map((entry) => row(
    formatInstant(language, entry.at, zone), `<strong>${escaped(sayCode(language, `case-entry.${entry.kind}`))}</strong> ${escaped(entry.who)}<br>${escaped(entry.text)}`,
  )).join('')
  const life = facts.life.map((entry) => row(
    formatInstant(language, entry.at, zone),
    `${escaped(sayCode(language, `event.${entry.kind}`, entry.params, entry.kind, zone))} <small>${escaped([entry.storeName, entry.who].filter(Boolean).join(' · '))}</small>`,
  )).join('')
  const photos = facts.photos.map((photo) => `<figure><img src="data:${photo.type};base64,${photo.base64}" alt=""><figcaption>${when(photo.at)}<br><code>SHA-256 ${photo.sha256}</code></figcaption></figure>`).join('')
  const json = JSON.stringify(facts).replaceAll('<', '\\u003c')
  return `<!doctype html>
<html lang="${locale}" dir="${direction}"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111}table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #ccc}th{width:30%}figure{display:inline-block;margin:.5rem}img{max-width:28rem;max-height:24rem}code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}</style></head><body>
<h1>${escaped(title)}</h1>
<table>${row(say(language, 'case.kind'), escaped(sayCode(language, `case-kind.${file.kind}`)))}${row(say(language, 'case.opened'), when(file.at))}${
  row(say(language, 'case.shop'), escaped([ground.place.name, ground.place.address.replaceAll('\n', ', '), ground.till.name].join(' · ')))
}${file.unit === null ? row(say(language, 'case.what'), escaped(file.text)) : row(say(language, 'case.what'), escaped(productName(file.unit)))}${numbers}</table>
<h2>${escaped(say(language, 'verdict.answers'))}</h2><table>${findings}</table>
<h2>${escaped(say(language, 'return.questions'))}</h2><table>${answers}</table>
<h2>${escaped(say(language, 'return.photos'))}</h2>${photos}
<h2>${escaped(say(language, 'case.entries'))}</h2><table>${entries}</table>
<h2>${escaped(say(language, 'case.life'))}</h2><table>${life}</table>
<script type="application/json" id="countermark-case">${json}</script>
</body></html>
`
}
