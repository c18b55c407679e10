/** The closed list of reasons why a text, a scan or a tag is not understood. Bad input is answered, never thrown. */
export type Code =
  | 'CHECK_DIGIT' | 'LENGTH' | 'CHARSET' | 'EMPTY' | 'UNKNOWN_AI' | 'MISSING_AI' | 'EXCLUSIVE_AI' | 'DUPLICATE_AI'
  | 'MISSING_SERIAL' | 'DATE' | 'TIME' | 'FORMAT' | 'GCP' | 'NO_AIM' | 'AIM_UNSUPPORTED' | 'URI_CHARSET'
  | 'URI_SCHEME' | 'URI_DOMAIN' | 'DL_NO_KEY' | 'DL_PATH_ORDER' | 'DL_ATTR' | 'HEX' | 'HEADER' | 'UNPROGRAMMED'
  | 'TRUNCATED' | 'TRAILING' | 'PARTITION' | 'RANGE' | 'RESERVED_BITS' | 'BCD' | 'ENCODING' | 'DATE_TYPE'
  | 'SERIAL_NOT_ENCODABLE' | 'NOT_EPC' | 'UNSUPPORTED' | 'URI' | 'SCHEME' | 'IMPLAUSIBLE' | 'MAC' | 'PICC_TAG'
  | 'COUNTER_REPLAY'

/** A refusal: the code, where known the place in the input (characters from 0) and the Application Identifier. */
export interface Refused {
  readonly ok: false
  readonly code: Code
  readonly at?: number
  readonly ai?: string
}

/** What every reader of this room gives back. */
export type Outcome<T extends object> = (T & { readonly ok: true }) | Refused

/** Makes a refusal. */
export function refused(code: Code, at?: number, ai?: string): Refused {
  return { ok: false, code, ...(at === undefined ? {} : { at }), ...(ai === undefined ? {} : { ai }) }
}

/** What to tell staff, per code; one plain sentence, no jargon that is not printed on a label. */
export const codeWords: Readonly<Record<Code, string>> = {
  CHECK_DIGIT: 'The check digit does not fit. A digit was misread or mistyped.',
  LENGTH: 'The number is too short or too long.',
  CHARSET: 'It contains a character that is not allowed here.',
  EMPTY: 'There is nothing in it.',
  UNKNOWN_AI: 'It names a field that does not exist in the GS1 list.',
  MISSING_AI: 'A field is there without the field that must come with it.',
  EXCLUSIVE_AI: 'Two fields are there that exclude each other.',
  DUPLICATE_AI: 'The same field is there twice with different values.',
  MISSING_SERIAL: 'The signed number has no serial part, so the signature belongs to no single piece.',
  DATE: 'The date does not exist.',
  TIME: 'The time of day does not exist.',
  FORMAT: 'It is not in the form that this kind of number has.',
  GCP: 'The company prefix is missing, or its length is not known.',
  NO_AIM: 'The scanner did not say what kind of code it read.',
  AIM_UNSUPPORTED: 'The scanner read a kind of code that is not used here.',
  URI_CHARSET: 'The web address contains a character that is not allowed in one.',
  URI_SCHEME: 'The address does not begin with http or https.',
  URI_DOMAIN: 'The domain in the web address is not acceptable.',
  DL_NO_KEY: 'The web address carries no GS1 key.',
  DL_PATH_ORDER: 'The fields in the web address stand in the wrong order.',
  DL_ATTR: 'A field stands in the query of the web address where it is not allowed.',
  HEX: 'It is not hexadecimal.',
  HEADER: 'The tag begins with a header that is not known.',
  UNPROGRAMMED: 'The tag has not been written.',
  TRUNCATED: 'The tag content is cut short.',
  TRAILING: 'The tag carries bits after its end.',
  PARTITION: 'The tag has an impossible partition.',
  RANGE: 'A number is outside of its range.',
  RESERVED_BITS: 'Reserved bits of the tag are set.',
  BCD: 'A digit on the tag is not a decimal digit.',
  ENCODING: 'The text on the tag is encoded in an unknown way.',
  DATE_TYPE: 'The kind of date on the tag is not known.',
  SERIAL_NOT_ENCODABLE: 'This serial cannot be held by this kind of tag without changing it.',
  NOT_EPC: 'The tag does not carry an electronic product code.',
  UNSUPPORTED: 'This form exists but is not supported.',
  URI: 'The product code address is not written correctly.',
  SCHEME: 'The kind of number is not known.',
  IMPLAUSIBLE: 'The number is a placeholder, not a real one.',
  MAC: 'The cryptographic proof is wrong.',
  PICC_TAG: 'The tag was not written with our key.',
  COUNTER_REPLAY: 'This tap was presented before.',
}
