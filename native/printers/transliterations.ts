/**
 * What stands on paper for a character that none of the printer's pages has: the first entry that the printer can
 * print is taken. Letters not listed here lose their accents (Unicode canonical decomposition).
 *
 * Cyrillic follows the single letters of ISO 9 without its accents, with the usual digraphs; Greek follows ISO 843
 * (ELOT 743). Both matter only on printers without a Cyrillic or Greek page.
 */
export const TRANSLITERATIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    // Money first: a missing sign must still name the currency.
    '€': ['EUR'], '£': ['GBP'], '¥': ['JPY'], '₺': ['TRY'], '₴': ['UAH'], '₽': ['RUB'], '₾': ['GEL'], '₪': ['ILS'],
    '₿': ['BTC'], '₸': ['KZT'], '₼': ['AZN'], '₹': ['INR'], '₩': ['KRW'], '¢': ['ct'],
    // Blanks and dashes of all widths; formatted amounts hold the narrow and the plain no-break space.
    '\u00a0': [' '], '\u2002': [' '], '\u2003': [' '], '\u2007': [' '], '\u2008': [' '], '\u2009': [' '],
    '\u200a': [' '], '\u202f': [' '], '\u205f': [' '], '\u3000': ['  '],
    '\u2010': ['-'], '\u2011': ['-'], '\u2012': ['-'], '\u2013': ['-'], '\u2014': ['-'], '\u2015': ['-'],
    '\u2212': ['-'], '·': ['.'], '•': ['·', '*'], '…': ['...'], '×': ['x'], '÷': ['/'], '±': ['+/-'],
    // Quotation marks.
    '‘': ["'"], '’': ["'"], '‚': [','], '‛': ["'"], '“': ['"'], '”': ['"'], '„': ['"'], '‟': ['"'], '«': ['"'],
    '»': ['"'], '‹': ["'"], '›': ["'"], '′': ["'"], '″': ['"'], '´': ["'"], 'ʼ': ['’', "'"], 'ʻ': ["'"],
    // Signs of the trade.
    '©': ['(c)'], '®': ['(R)'], '™': ['(TM)'], '№': ['No.'], '°': ['deg'], 'º': ['o'], 'ª': ['a'], '‰': ['o/oo'],
    '½': ['1/2'], '¼': ['1/4'], '¾': ['3/4'], '²': ['2'], '³': ['3'], '¹': ['1'], 'µ': ['u'], 'μ': ['µ', 'u'],
    '→': ['->'], '←': ['<-'], '≤': ['<='], '≥': ['>='], '≈': ['~'], '≠': ['<>'], '✓': ['√', 'x'], '✔': ['√', 'x'],
    '§': ['par.'], '¶': [''], '†': ['+'], '‡': ['+'], '¡': ['!'], '¿': ['?'], '─': ['-'], '═': ['='], '│': ['|'],
    // Latin letters that do not decompose.
    'ß': ['ss'], 'ẞ': ['ß', 'SS'], 'æ': ['ae'], 'Æ': ['AE'], 'œ': ['oe'], 'Œ': ['OE'], 'ø': ['ö', 'o'],
    'Ø': ['Ö', 'O'], 'å': ['aa'], 'Å': ['AA'], 'đ': ['d'], 'Đ': ['D'], 'ð': ['d'], 'Ð': ['D'], 'þ': ['th'],
    'Þ': ['Th'], 'ł': ['l'], 'Ł': ['L'], 'ħ': ['h'], 'Ħ': ['H'], 'ŧ': ['t'], 'Ŧ': ['T'], 'ŋ': ['ng'], 'Ŋ': ['NG'],
    'ı': ['i'], 'İ': ['I'], 'ĸ': ['q'], 'ŀ': ['l·', 'l.'], 'Ŀ': ['L·', 'L.'], 'ĳ': ['ij'], 'Ĳ': ['IJ'], 'ŉ': ["'n"],
    'ə': ['e'], 'Ə': ['E'], 'ſ': ['s'], 'ﬁ': ['fi'], 'ﬂ': ['fl'], 'ƒ': ['f'],
    // Romanian letters with a comma: the pages hold the older forms with a cedilla, read as the same letters.
    'ș': ['ş', 's'], 'Ș': ['Ş', 'S'], 'ț': ['ţ', 't'], 'Ț': ['Ţ', 'T'],
    // Sami and other letters with a hook or stroke.
    'ǥ': ['g'], 'Ǥ': ['G'], 'ʒ': ['z'], 'Ʒ': ['Z'],
    ...cyrillic(),
    ...greek(),
  } satisfies Record<string, readonly string[]>),
)

function cyrillic(): Record<string, readonly string[]> {
  return {
    // Letters of one language that a near page lacks: the Cyrillic look-alike first, then Latin.
    'і': ['i'], 'І': ['I'], 'ґ': ['г', 'g'], 'Ґ': ['Г', 'G'], 'ј': ['j'], 'Ј': ['J'], 'ѕ': ['s'], 'Ѕ': ['S'],
    'љ': ['ль', 'lj'], 'Љ': ['Ль', 'Lj'], 'њ': ['нь', 'nj'], 'Њ': ['Нь', 'Nj'], 'ћ': ['ч', 'c'], 'Ћ': ['Ч', 'C'],
    'ђ': ['дж', 'dj'], 'Ђ': ['Дж', 'Dj'], 'џ': ['дж', 'dz'], 'Џ': ['Дж', 'Dz'], 'ѓ': ['г', 'gj'], 'Ѓ': ['Г', 'Gj'],
    'ќ': ['к', 'kj'], 'Ќ': ['К', 'Kj'], 'є': ['е', 'ye'], 'Є': ['Е', 'Ye'], 'ї': ['yi'], 'Ї': ['Yi'],
    'ў': ['у', 'u'], 'Ў': ['У', 'U'], 'ѝ': ['и', 'i'], 'Ѝ': ['И', 'I'], 'ё': ['е', 'yo'], 'Ё': ['Е', 'Yo'],
    'а': ['a'], 'б': ['b'], 'в': ['v'], 'г': ['g'], 'д': ['d'], 'е': ['e'], 'ж': ['zh'], 'з': ['z'], 'и': ['i'],
    'й': ['j'], 'к': ['k'], 'л': ['l'], 'м': ['m'], 'н': ['n'], 'о': ['o'], 'п': ['p'], 'р': ['r'], 'с': ['s'],
    'т': ['t'], 'у': ['u'], 'ф': ['f'], 'х': ['kh'], 'ц': ['ts'], 'ч': ['ch'], 'ш': ['sh'], 'щ': ['shch'],
    'ъ': ['"'], 'ы': ['y'], 'ь': ["'"], 'э': ['e'], 'ю': ['yu'], 'я': ['ya'],
    'А': ['A'], 'Б': ['B'], 'В': ['V'], 'Г': ['G'], 'Д': ['D'], 'Е': ['E'], 'Ж': ['Zh'], 'З': ['Z'], 'И': ['I'],
    'Й': ['J'], 'К': ['K'], 'Л': ['L'], 'М': ['M'], 'Н': ['N'], 'О': ['O'], 'П': ['P'], 'Р': ['R'], 'С': ['S'],
    'Т': ['T'], 'У': ['U'], 'Ф': ['F'], 'Х': ['Kh'], 'Ц': ['Ts'], 'Ч': ['Ch'], 'Ш': ['Sh'], 'Щ': ['Shch'],
    'Ъ': ['"'], 'Ы': ['Y'], 'Ь': ["'"], 'Э': ['E'], 'Ю': ['Yu'], 'Я': ['Ya'],
  }
}

function greek(): Record<string, readonly string[]> {
  return {
    // The letters of physics stand alone in product names (10 kΩ) and read better as a word.
    '\u2126': ['Ω', 'Ohm'],
    'α': ['a'], 'β': ['v'], 'γ': ['g'], 'δ': ['d'], 'ε': ['e'], 'ζ': ['z'], 'η': ['i'], 'θ': ['th'], 'ι': ['i'],
    'κ': ['k'], 'λ': ['l'], 'ν': ['n'], 'ξ': ['x'], 'ο': ['o'], 'π': ['p'], 'ρ': ['r'], 'σ': ['s'], 'ς': ['s'],
    'τ': ['t'], 'υ': ['y'], 'φ': ['f'], 'χ': ['ch'], 'ψ': ['ps'], 'ω': ['o'],
    'Α': ['A'], 'Β': ['V'], 'Γ': ['G'], 'Δ': ['D'], 'Ε': ['E'], 'Ζ': ['Z'], 'Η': ['I'], 'Θ': ['Th'], 'Ι': ['I'],
    'Κ': ['K'], 'Λ': ['L'], 'Μ': ['M'], 'Ν': ['N'], 'Ξ': ['X'], 'Ο': ['O'], 'Π': ['P'], 'Ρ': ['R'], 'Σ': ['S'],
    'Τ': ['T'], 'Υ': ['Y'], 'Φ': ['F'], 'Χ': ['Ch'], 'Ψ': ['Ps'], 'Ω': ['O'],
  }
}
