/**
 * The upper halves (80 to FF) of the code pages a receipt printer knows, in the order of their bytes; U+FFFD marks a
 * byte without a glyph. From the Unicode Consortium's mapping tables (unicode.org, MAPPINGS/VENDORS); a test compares
 * each with a second implementation. Control codes, the no-break space and the soft hyphen are left out on purpose:
 * a printer has no use for them, and some draw them as a box.
 */
const UPPER_HALVES = {
  /** CP858: western Europe with the euro sign. */
  cp858:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ' +
    'áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
    '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀' +
    'ÓßÔÒõÕµþÞÚÛÙýÝ¯´�±‗¾¶§÷¸°¨·¹³²■�',
  /** CP850: western Europe before the euro sign. */
  cp850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒ' +
    'áíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
    '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀' +
    'ÓßÔÒõÕµþÞÚÛÙýÝ¯´�±‗¾¶§÷¸°¨·¹³²■�',
  /**
   * CP437: the page every ESC/POS printer starts in. Its Greek letters are mathematical symbols and are left out here,
   * or a Greek word would come out half Greek and half Latin.
   */
  cp437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ' +
    'áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
    '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
    '�ß����µ�����∞��∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■�',
  /** Windows-1252: western Europe. */
  'windows-1252':
    '€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ' +
    '�¡¢£¤¥¦§¨©ª«¬�®¯°±²³´µ¶·¸¹º»¼½¾¿' +
    'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß' +
    'àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ',
  /** ISO 8859-15 (Latin-9). */
  'iso-8859-15':
    '��������������������������������' +
    '�¡¢£€¥Š§š©ª«¬�®¯°±²³Žµ¶·ž¹º»ŒœŸ¿' +
    'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß' +
    'àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ',
  /** CP852: central Europe. */
  cp852:
    'ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×č' +
    'áíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐' +
    '└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀' +
    'ÓßÔŃńňŠšŔÚŕŰýÝţ´�˝˛ˇ˘§÷¸°¨˙űŘř■�',
  /** Windows-1250: central Europe. */
  'windows-1250':
    '€�‚�„…†‡�‰Š‹ŚŤŽŹ�‘’“”•–—�™š›śťžź' +
    '�ˇ˘Ł¤Ą¦§¨©Ş«¬�®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż' +
    'ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß' +
    'ŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙',
  /** CP775: the Baltic. */
  cp775:
    'ĆüéāäģåćłēŖŗīŹÄÅÉæÆōöĢ¢ŚśÖÜø£Ø×¤' +
    'ĀĪóŻżź”¦©®¬½¼Ł«»░▒▓│┤ĄČĘĖ╣║╗╝ĮŠ┐' +
    '└┴┬├─┼ŲŪ╚╔╩╦╠═╬Žąčęėįšųūž┘┌█▄▌▐▀' +
    'ÓßŌŃõÕµńĶķĻļņĒŅ’�±“¾¶§÷„°∙·¹³²■�',
  /** Windows-1257: the Baltic. */
  'windows-1257':
    '€�‚�„…†‡�‰�‹�¨ˇ¸�‘’“”•–—�™�›�¯˛�' +
    '��¢£¤�¦§Ø©Ŗ«¬�®Æ°±²³´µ¶·ø¹ŗ»¼½¾æ' +
    'ĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽß' +
    'ąįāćäåęēčéźėģķīļšńņóōõö÷ųłśūüżž˙',
  /** CP857: Turkish. */
  cp857:
    'ÇüéâäàåçêëèïîıÄÅÉæÆôöòûùİÖÜø£ØŞş' +
    'áíóúñÑĞğ¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
    '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ºªÊËÈ�ÍÎÏ┘┌█▄¦Ì▀' +
    'ÓßÔÒõÕµ�×ÚÛÙìÿ¯´�±�¾¶§÷¸°¨·¹³²■�',
  /** Windows-1254: Turkish. */
  'windows-1254':
    '€�‚ƒ„…†‡ˆ‰Š‹Œ����‘’“”•–—˜™š›œ��Ÿ' +
    '�¡¢£¤¥¦§¨©ª«¬�®¯°±²³´µ¶·¸¹º»¼½¾¿' +
    'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖ×ØÙÚÛÜİŞß' +
    'àáâãäåæçèéêëìíîïğñòóôõö÷øùúûüışÿ',
  /** CP737: Greek. */
  cp737:
    'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθ' +
    'ικλμνξοπρσςτυφχψ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
    '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
    'ωάέήϊίόύϋώΆΈΉΊΌΎΏ±≥≤ΪΫ÷≈°∙·√ⁿ²■�',
  /** Windows-1253: Greek. */
  'windows-1253':
    '€�‚ƒ„…†‡�‰�‹�����‘’“”•–—�™�›����' +
    '�΅Ά£¤¥¦§¨©�«¬�®―°±²³΄µ¶·ΈΉΊ»Ό½ΎΏ' +
    'ΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ�ΣΤΥΦΧΨΩΪΫάέήί' +
    'ΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ�',
  /** ISO 8859-7 (2003): Greek. */
  'iso-8859-7':
    '��������������������������������' +
    '�‘’£€₯¦§¨©ͺ«¬��―°±²³΄΅Ά·ΈΉΊ»Ό½ΎΏ' +
    'ΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ�ΣΤΥΦΧΨΩΪΫάέήί' +
    'ΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ�',
  /** CP866: Cyrillic. */
  cp866:
    'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ' +
    'абвгдежзийклмноп░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
    '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
    'рстуфхцчшщъыьэюяЁёЄєЇїЎў°∙·√№¤■�',
  /** Windows-1251: Cyrillic. */
  'windows-1251':
    'ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—�™љ›њќћџ' +
    '�ЎўЈ¤Ґ¦§Ё©Є«¬�®Ї°±Ііґµ¶·ё№є»јЅѕї' +
    'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ' +
    'абвгдежзийклмнопрстуфхцчшщъыьэюя',
} as const

export type CodePage = keyof typeof UPPER_HALVES

/** Every page of the tables. */
export const CODE_PAGES = Object.keys(UPPER_HALVES) as CodePage[]

const BYTES_OF: ReadonlyMap<CodePage, ReadonlyMap<string, number>> = new Map(
  CODE_PAGES.map((page) => {
    const bytes = new Map<string, number>()
    for (const [index, glyph] of [...UPPER_HALVES[page]].entries()) {
      if (glyph !== '\ufffd') bytes.set(glyph, 0x80 + index)
    }
    return [page, bytes]
  }),
)

/** The byte of one character on a page: ASCII is itself on all of them. Undefined: the page lacks it. */
export function byteOf(character: string, page: CodePage): number | undefined {
  const code = character.codePointAt(0)
  if (code !== undefined && code >= 0x20 && code < 0x7f) return code
  return BYTES_OF.get(page)?.get(character)
}

/** The character a byte (20 to FF) prints as on a page, or U+FFFD where the page has nothing there. */
export function glyphOf(byte: number, page: CodePage): string {
  if (byte < 0x80) return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '\ufffd'
  return UPPER_HALVES[page][byte - 0x80] ?? '\ufffd'
}
