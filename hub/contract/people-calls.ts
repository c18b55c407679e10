import { z } from 'zod'
import { Id, Instant, Language } from '../../contract/ids.ts'
import { anyone, everybody, halfSignedIn, HubRole, owning } from './allowed.ts'

const Name = z.string().trim().min(1).max(120)
const Password = z.string().min(1).max(256)
const Code = z.string().trim().min(6).max(64)

/** What the browser's passkey functions take and give; read by the WebAuthn library on both sides. */
const PasskeyJson = z.record(z.string(), z.unknown())

export const HubPerson = z.object({
  id: Id,
  name: Name,
  role: HubRole,
  language: Language.nullable(),
  active: z.boolean(),
  hasTotp: z.boolean(),
  passkeys: z.int(),
  lastSeenAt: Instant.nullable(),
})
export type HubPerson = z.infer<typeof HubPerson>

/** Who is in front of the page. `second-factor`: the password was right, and a second factor is still to be set up. */
export const HubSession = z.discriminatedUnion('at', [
  z.object({ at: z.literal('set-up') }),
  z.object({ at: z.literal('signed-out') }),
  z.object({ at: z.literal('second-factor'), person: HubPerson }),
  z.object({ at: z.literal('signed-in'), person: HubPerson }),
])
export type HubSession = z.infer<typeof HubSession>

export const people = {
  session: anyone.output(HubSession),
  /** Takes up an invitation: the first one, made at the first start of the centre, is the owner's. */
  join: anyone.input(z.object({ code: Code, name: Name, password: Password })).output(HubSession),
  /** Refuses `second-factor-needed` where the password was right and the code is missing. */
  signIn: anyone.input(z.object({ name: Name, password: Password, code: z.string().max(10).nullable() })).output(HubSession),
  signOut: halfSignedIn.output(HubSession),
  beginTotp: halfSignedIn.output(z.object({ secret: z.string(), address: z.string() })),
  confirmTotp: halfSignedIn.input(z.object({ code: z.string().max(10) })).output(HubSession),
  passkeyQuestion: anyone.output(PasskeyJson),
  passkeySignIn: anyone.input(z.object({ answer: PasskeyJson })).output(HubSession),
  newPasskeyQuestion: halfSignedIn.output(PasskeyJson),
  addPasskey: halfSignedIn.input(z.object({ answer: PasskeyJson, label: z.string().max(80) })).output(HubSession),
  list: owning.output(z.array(HubPerson)),
  /** The code is shown once; with it the person chooses a password. */
  invite: owning.input(z.object({ role: HubRole })).output(z.object({ code: z.string(), until: Instant })),
  change: owning.input(z.object({ id: Id, role: HubRole, active: z.boolean() })).output(z.array(HubPerson)),
  setLanguage: everybody.input(z.object({ language: Language })).output(HubSession),
}
