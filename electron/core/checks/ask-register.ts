import type { OutsideCheck } from '../../../contract/outside-check.ts'
import { questionTo, silentOf, understood, type Asked, type AskedAbout } from '../../../contract/register-question.ts'
import { answerFrom } from './answer-from.ts'

/**
 * Asks one register about one number, within the limit of the register (3 s at most). Never throws: silence of whatever
 * kind, an answer that is no JSON, or a word nobody told us the meaning of, is `unreachable`, never clear.
 */
export async function askRegister(check: OutsideCheck, about: AskedAbout, key: string, now: () => string): Promise<Asked> {
  const heard = await answerFrom(questionTo(check, about, key), check.limit_ms)
  return 'silence' in heard ? silentOf(check, now(), heard.silence) : understood(check, heard.text, now())
}
