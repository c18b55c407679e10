import type { HubSession } from '../contract/people-calls.ts'
import { HubRefusal } from '../hub-refusal.ts'
import { knowBrowser } from '../people/known-browsers.ts'
import { logAct, type Office } from '../people/office.ts'
import { addPasskey, newPasskeyQuestion, passkeyQuestion, passkeySignIn } from '../people/passkeys.ts'
import { allPersons, changePerson, invite, isNobodyThere, personById, personView } from '../people/persons.ts'
import { closeSession, signedBy, type Signed } from '../people/sessions.ts'
import { beginTotp, confirmTotp, join, signIn } from '../people/sign-in.ts'
import { signedIn, type FaceContext, type FaceOs } from './implementer.ts'

export function peopleHandlers(os: FaceOs['people'], office: Office) {
  /** Signs the browser in with a fresh session, and says as whom. After two factors it is one the person is known in. */
  const entered = async (context: FaceContext, secret: string): Promise<HubSession> => {
    const now_ms = office.now_ms()
    context.setSecret(secret)
    const signed = await signedBy(office.db, secret, now_ms)
    if (signed !== null && signed.factors >= 2) context.setBrowser(await knowBrowser(office.db, context.from.browser, signed.personId, now_ms))
    return sessionView(office, signed)
  }
  return {
    session: os.session.handler(({ context }) => sessionView(office, context.signed)),
    join: os.join.handler(async ({ context, input }) => entered(context, await join(office, input, context.from))),
    signIn: os.signIn.handler(async ({ context, input }) => entered(context, await signIn(office, input, context.from))),
    signOut: os.signOut.handler(async ({ context }) => {
      if (context.signed !== null) await closeSession(office.db, context.signed.digest)
      context.setSecret(null)
      return sessionView(office, null)
    }),
    beginTotp: os.beginTotp.handler(({ context }) => beginTotp(office, signedIn(context), 'Countermark')),
    confirmTotp: os.confirmTotp.handler(async ({ context, input }) => entered(context, await confirmTotp(office, signedIn(context), input.code))),
    passkeyQuestion: os.passkeyQuestion.handler(({ context }) => passkeyQuestion(office, context.place)),
    passkeySignIn: os.passkeySignIn.handler(async ({ context, input }) => entered(context, await passkeySignIn(office, context.place, input.answer))),
    newPasskeyQuestion: os.newPasskeyQuestion.handler(({ context }) => newPasskeyQuestion(office, context.place, signedIn(context))),
    addPasskey: os.addPasskey.handler(async ({ context, input }) =>
      entered(context, await addPasskey(office, context.place, signedIn(context), input.answer, input.label))),
    list: os.list.handler(() => allPersons(office.db)),
    invite: os.invite.handler(async ({ context, input }) => {
      const who = signedIn(context).name
      await logAct(office.db, office, who, 'invited', input.role)
      return invite(office.db, office, input.role, who)
    }),
    change: os.change.handler(async ({ context, input }) => {
      await changePerson(office, signedIn(context), input.id, input.role, input.active)
      return allPersons(office.db)
    }),
    setLanguage: os.setLanguage.handler(async ({ context, input }) => {
      const signed = signedIn(context)
      await office.db.query('UPDATE person SET language = $2 WHERE id = $1', [signed.personId, input.language])
      return sessionView(office, signed)
    }),
  }
}

async function sessionView(office: Office, signed: Signed | null): Promise<HubSession> {
  if (signed === null) return (await isNobodyThere(office.db)) ? { at: 'set-up' } : { at: 'signed-out' }
  const row = await personById(office.db, signed.personId)
  if (row === null) throw new HubRefusal('not-signed-in')
  return { at: signed.factors >= 2 ? 'signed-in' : 'second-factor', person: personView(row) }
}
