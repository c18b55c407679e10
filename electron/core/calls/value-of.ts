import type { Result } from '../../../contract/fault.ts'
import { refusal } from './guard.ts'

/** A refusal becomes the contract's one error (thrown); the screen has words for its code. */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw refusal(result.fault.code, result.fault.params)
}
