import type { $ZodType } from 'zod/v4/core'
import type { Allowed } from '../../../contract/calls/allowed.ts'
import { contract } from '../../../contract/contract.ts'

export interface Call {
  readonly room: string
  readonly name: string
  /** `<room>.<name>`. */
  readonly path: string
  readonly input: $ZodType | null
  readonly allowed: Allowed
}

/** Calls that a monkey in one process cannot make, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'devices.use': 'opens a device of this machine: a serial port, a printer on the network',
  'devices.look': 'asks the operating system of this machine what is plugged in',
  'demo.remove': 'throws the whole shop away, and nothing is left to do; what an empty till answers is tried in empty-till.test.ts',
}

/** Every call of the contract but those that are left out, in the contract's order. */
export const CALLS: readonly Call[] = Object.entries(contract).flatMap(([room, calls]) =>
  Object.entries(calls).map(([name, procedure]): Call => {
    const { inputSchema, meta } = (procedure as { '~orpc': { inputSchema?: $ZodType; meta: Allowed } })['~orpc']
    return { room, name, path: `${room}.${name}`, input: inputSchema ?? null, allowed: meta }
  })).filter(({ path }) => LEFT_OUT[path] === undefined)

export function callOf(path: string): Call {
  const call = CALLS.find((one) => one.path === path)
  if (call === undefined) throw new Error(`there is no call ${path}`)
  return call
}
