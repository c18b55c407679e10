import { eraseCustomer, exportCustomer, findCustomers } from '../customers/customers.ts'
import { findDoubles, mergeCustomers, unmergeCustomers } from '../customers/doubles.ts'
import { dropWebhook, listWebhooks, makeWebhook, setWebhook } from '../doors/webhooks.ts'
import { listKeys, makeKey, revokeKey } from '../doors/api-keys.ts'
import { postingsOfDay, postingsCsv, postingsDatev } from '../doors/postings.ts'
import { listRuns, previewOf, runOf, startRun, stopRun, troublesAfter, viewOf } from '../imports/runs.ts'
import type { Office } from '../people/office.ts'
import { signedIn, type FaceOs } from './implementer.ts'

/** Files that come in, doors for other systems, and what is known of customers. */
export function officeHandlers(os: FaceOs, office: Office) {
  const { db } = office
  return {
    imports: {
      list: os.imports.list.handler(() => listRuns(db)),
      preview: os.imports.preview.handler(({ input }) => previewOf(office, input.id)),
      start: os.imports.start.handler(({ input }) => startRun(office, input.id)),
      stop: os.imports.stop.handler(({ input }) => stopRun(office, input.id)),
      view: os.imports.view.handler(async ({ input }) => viewOf(await runOf(db, input.id))),
      troubles: os.imports.troubles.handler(({ input }) => troublesAfter(db, input.id, input.after)),
    },
    doors: {
      keys: os.doors.keys.handler(() => listKeys(db)),
      makeKey: os.doors.makeKey.handler(({ context, input }) => makeKey(office, signedIn(context).name, input)),
      revokeKey: os.doors.revokeKey.handler(({ context, input }) => revokeKey(office, signedIn(context).name, input.id)),
      webhooks: os.doors.webhooks.handler(() => listWebhooks(db)),
      makeWebhook: os.doors.makeWebhook.handler(({ context, input }) => makeWebhook(office, signedIn(context).name, input)),
      setWebhook: os.doors.setWebhook.handler(({ context, input }) => setWebhook(office, signedIn(context).name, input)),
      dropWebhook: os.doors.dropWebhook.handler(({ context, input }) => dropWebhook(office, signedIn(context).name, input.id)),
      postings: os.doors.postings.handler(async ({ input }) => {
        const rows = await postingsOfDay(db, input.day)
        return { csv: postingsCsv(rows), datev: postingsDatev(rows), rows: rows.length }
      }),
    },
    customers: {
      doubles: os.customers.doubles.handler(({ context, input }) => findDoubles(office, signedIn(context).name, input.after, input.limit)),
      merge: os.customers.merge.handler(({ context, input }) => mergeCustomers(office, signedIn(context).name, input.keepId, input.awayId, input.why)),
      unmerge: os.customers.unmerge.handler(({ context, input }) => unmergeCustomers(office, signedIn(context).name, input.mergeId)),
      find: os.customers.find.handler(({ context, input }) => findCustomers(office, signedIn(context).name, input.text)),
      exported: os.customers.exported.handler(({ context, input }) => exportCustomer(office, signedIn(context).name, input.id)),
      erase: os.customers.erase.handler(({ context, input }) => eraseCustomer(office, signedIn(context).name, input.id, input.why)),
    },
  }
}
