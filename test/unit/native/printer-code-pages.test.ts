import * as fc from 'fast-check'
import { CharacterSet, PrinterTypes, ThermalPrinter } from 'node-thermal-printer'
import { describe, expect, it } from 'vitest'
import type { CodePage } from '../../../native/printers/code-page-tables.ts'
import { CODE_PAGES, byteOf, glyphOf } from '../../../native/printers/code-page-tables.ts'
import { legibleText, pageRuns } from '../../../native/printers/code-pages.ts'
import type { ProfileId } from '../../../native/printers/profiles.ts'
import { PROFILES, PROFILE_IDS } from '../../../native/printers/profiles.ts'

/** The letters of the languages of Europe beyond a to z, and its currency signs. */
const ALPHABETS: Readonly<Record<string, string>> = {
  albanian: 'ÇçËë',
  basque: 'Ññ',
  belarusian: 'АБВГДЕЁЖЗІЙКЛМНОПРСТУЎФХЦЧШЫЬЭЮЯабвгдеёжзійклмнопрстуўфхцчшыьэюя',
  bosnian: 'ČčĆćĐđŠšŽž',
  bulgarian: 'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯабвгдежзийклмнопрстуфхцчшщъьюя',
  catalan: 'ÀàÇçÈèÉéÍíÏïÒòÓóÚúÜü·',
  czech: 'ÁáČčĎďÉéĚěÍíŇňÓóŘřŠšŤťÚúŮůÝýŽž',
  danish: 'ÆæØøÅå',
  dutch: 'ÁáÉéËëÍíÏïÓóÖöÚúÜü',
  estonian: 'ÄäÕõÖöÜüŠšŽž',
  faroese: 'ÁáÐðÍíÓóÚúÝýÆæØø',
  finnish: 'ÄäÖöÅå',
  french: 'ÀàÂâÆæÇçÉéÈèÊêËëÎîÏïÔôŒœÙùÛûÜüŸÿ',
  german: 'ÄäÖöÜüß',
  greek: 'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψωΆΈΉΊΌΎΏάέήίόύώΪΫϊϋΐΰ',
  hungarian: 'ÁáÉéÍíÓóÖöŐőÚúÜüŰű',
  icelandic: 'ÁáÐðÉéÍíÓóÚúÝýÞþÆæÖö',
  irish: 'ÁáÉéÍíÓóÚú',
  italian: 'ÀàÈèÉéÌìÒòÙù',
  latvian: 'ĀāČčĒēĢģĪīĶķĻļŅņŠšŪūŽž',
  lithuanian: 'ĄąČčĘęĖėĮįŠšŲųŪūŽž',
  luxembourgish: 'ÄäÉéËë',
  macedonian: 'АБВГДЃЕЖЗЅИЈКЛЉМНЊОПРСТЌУФХЦЧЏШабвгдѓежзѕијклљмнњопрстќуфхцчџш',
  norwegian: 'ÆæØøÅå',
  polish: 'ĄąĆćĘęŁłŃńÓóŚśŹźŻż',
  portuguese: 'ÁáÂâÃãÀàÇçÉéÊêÍíÓóÔôÕõÚú',
  romanian: 'ĂăÂâÎî',
  russian: 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя',
  serbian: 'АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШабвгдђежзијклљмнњопрстћуфхцчџш',
  slovak: 'ÁáÄäČčĎďÉéÍíĹĺĽľŇňÓóÔôŔŕŠšŤťÚúÝýŽž',
  slovenian: 'ČčŠšŽž',
  spanish: 'ÁáÉéÍíÑñÓóÚúÜü¿¡',
  swedish: 'ÄäÅåÖö',
  turkish: 'ÇçĞğİıÖöŞşÜü',
  ukrainian: 'АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюя',
  signs: '€£§°²³½«»',
}

/** Letters that no page of any receipt printer holds, and what is printed instead. */
const TRANSLITERATED: Readonly<Record<string, string>> = {
  // Maltese, Welsh, the comma below of Romanian, capital sharp s, the long Catalan l, the Dutch ligature.
  Ċ: 'C', ċ: 'c', Ġ: 'G', ġ: 'g', Ħ: 'H', ħ: 'h', Ŵ: 'W', ŵ: 'w', Ŷ: 'Y', ŷ: 'y', Ș: 'Ş', ș: 'ş', Ț: 'Ţ', ț: 'ţ',
  ẞ: 'ß', Ŀ: 'L·', ŀ: 'l·', Ĳ: 'IJ', ĳ: 'ij',
}

function printed(text: string, profile: ProfileId): string {
  const pages = [...PROFILES[profile].pages.keys()]
  const legible = legibleText(text, pages)
  const runs = pageRuns(legible.text, pages, pages[0]!)
  return runs.map((run) => Array.from(run.bytes, (byte) => glyphOf(byte, run.page)).join('')).join('')
}

describe('the code pages', () => {
  it.each(['windows-1250', 'windows-1251', 'windows-1252', 'windows-1253', 'windows-1254', 'windows-1257'] as const)(
    'agree with the platform on %s',
    (page) => agrees(page, (byte) => new TextDecoder(page).decode(Uint8Array.of(byte))),
  )

  it.each([
    ['cp866', 'ibm866'],
    ['iso-8859-7', 'iso-8859-7'],
    ['iso-8859-15', 'iso-8859-15'],
  ] as const)('agree with the platform on %s', (page, label) =>
    agrees(page, (byte) => new TextDecoder(label).decode(Uint8Array.of(byte))),
  )

  it.each([
    ['cp437', CharacterSet.PC437_USA],
    ['cp850', CharacterSet.PC850_MULTILINGUAL],
    ['cp858', CharacterSet.PC858_EURO],
    ['cp852', CharacterSet.PC852_LATIN2],
    ['cp775', CharacterSet.WPC775_BALTIC_RIM],
    ['cp857', CharacterSet.PC857_TURKISH],
    ['cp737', CharacterSet.PC737_GREEK],
  ] as const)('agree with the encoder of node-thermal-printer on %s', (page, characterSet) => {
    const printer = new ThermalPrinter({ type: PrinterTypes.EPSON, interface: '', characterSet })
    for (let byte = 0x80; byte <= 0xff; byte++) {
      const glyph = glyphOf(byte, page)
      if (glyph === '\ufffd') continue
      printer.clear()
      printer.add(Buffer.alloc(0))
      printer.print(glyph)
      expect(printer.getBuffer().at(-1), `${page} ${glyph}`).toBe(byte)
    }
  })

  function agrees(page: CodePage, decode: (byte: number) => string): void {
    for (let byte = 0x80; byte <= 0xff; byte++) {
      const glyph = glyphOf(byte, page)
      if (glyph !== '\ufffd') expect(decode(byte), `${page} ${byte.toString(16)}`).toBe(glyph)
    }
  }

  it('hold the euro sign and the accents where the printers have them', () => {
    expect(CODE_PAGES.map((page) => [page, byteOf('€', page)]).filter(([, byte]) => byte !== undefined)).toEqual([
      ['cp858', 0xd5],
      ['windows-1252', 0x80],
      ['iso-8859-15', 0xa4],
      ['windows-1250', 0x80],
      ['windows-1257', 0x80],
      ['windows-1254', 0x80],
      ['windows-1253', 0x80],
      ['iso-8859-7', 0xa4],
      ['windows-1251', 0x88],
    ])
    expect([...'éèàÜßñ'].map((letter) => byteOf(letter, 'cp858'))).toEqual([0x82, 0x8a, 0x85, 0x9a, 0xe1, 0xa4])
  })
})

describe('a text on paper', () => {
  it.each(Object.entries(ALPHABETS))('an Epson prints every letter of %s', (_, letters) => {
    expect(printed(letters, 'epson')).toBe(letters)
  })

  it.each(Object.entries(TRANSLITERATED))('%s is on no printer and becomes %s', (letter, by) => {
    expect(printed(letter, 'epson')).toBe(by)
    expect(legibleText(letter, PROFILES.epson.pages.keys()).replaced).toEqual([{ character: letter, by, lost: false }])
  })

  it.each(PROFILE_IDS.flatMap((profile) => Object.keys(ALPHABETS).map((language) => [profile, language] as const)))(
    '%s loses no letter of %s, and tells what it exchanged',
    (profile, language) => {
      const letters = ALPHABETS[language]!
      const { text, replaced } = legibleText(letters, PROFILES[profile].pages.keys())
      expect(replaced.filter((one) => one.lost)).toEqual([])
      expect(text).not.toContain('?')
      const exchanged = new Set(replaced.map((one) => one.character))
      const kept = [...letters].filter((letter) => !exchanged.has(letter))
      expect(kept.every((letter) => text.includes(letter))).toBe(true)
      expect(printed(letters, profile)).toBe(text)
    },
  )

  it('names the currency where the printer has no euro sign', () => {
    expect(printed('€ 12.50', 'legacy')).toBe('EUR 12.50')
    expect(printed('€ 12.50', 'generic')).toBe('€ 12.50')
  })

  it('stays on one page within a word', () => {
    const pages = [...PROFILES.epson.pages.keys()]
    // All of ŠKODA's letters are in 1252, but the accent alone would also be found there for Š and elsewhere for č.
    const runs = pageRuns('Škoda Červená Å', pages, 'cp858')
    expect(runs.map((run) => run.page)).toEqual(['windows-1252', 'windows-1250', 'cp858'])
  })

  it('never sends a control character, whatever a product is called', () => {
    const pages = [...PROFILES.epson.pages.keys()]
    const anything = fc.string({ unit: 'binary', maxLength: 60 })
    fc.assert(
      fc.property(anything, (text) => {
        const legible = legibleText(text, pages).text.replaceAll('\n', '')
        for (const run of pageRuns(legible, pages, 'cp858')) {
          for (const byte of run.bytes) expect(byte).toBeGreaterThanOrEqual(0x20)
        }
      }),
    )
    expect(legibleText('Kettle\u001bp\u0000\u0019\u00fa', pages).text).toBe('Kettle p  ú')
  })

  it('tells a character that nothing resembles, once for each', () => {
    const { text, replaced } = legibleText('鍋 40 cm', PROFILES.epson.pages.keys())
    expect(text).toBe('? 40 cm')
    expect(replaced).toEqual([{ character: '鍋', by: '?', lost: true }])
  })
})
