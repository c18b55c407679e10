import assert from 'node:assert/strict'
import { aesCmac } from './aes-cmac.ts'

/** The constant of NXP AN10922 that marks a diversified AES-128 key. */
const AES_128 = 0x01
const KEY_BYTES = 16
const INPUT_BYTES = 2 * KEY_BYTES

/**
 * The key of one tag from a master key (NXP AN10922), so that one opened tag does not open all of them.
 * `input` is what makes the tag its own, at best uid, application and system name together, 16 to 31 bytes: below that
 * the application note pads in a way of its own, which is refused here by an assertion. Run it where the master key may
 * be, at commissioning or in the store's server; the till gets the result.
 */
export function diversifiedKey(masterKey: Uint8Array, input: Uint8Array): Buffer {
  assert(masterKey.length === KEY_BYTES, `a master key has ${KEY_BYTES} bytes`)
  assert(input.length >= KEY_BYTES && input.length < INPUT_BYTES, 'a diversification input has 16 to 31 bytes')
  return aesCmac(masterKey, Buffer.concat([Buffer.of(AES_128), input]))
}
