import { cents } from '../../../contract/money.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const papersHandlers = (os: Os, core: RunningCore) => ({
  find: os.papers.find.handler(({ input }) =>
    core.shop.papers.find(input.text).map(({ id, total_cents, ...rest }) => ({ documentId: id, total_cents: cents(total_cents), ...rest })),
  ),
  view: os.papers.view.handler(({ input }) => valueOf(core.shop.papers.document(input.documentId, core.shop.desk.person?.staffId ?? null))),
  reprint: os.papers.reprint.handler(({ input }) => valueOf(core.shop.reprint(input.documentId))),
  warranty: os.papers.warranty.handler(({ input }) => valueOf(core.shop.papers.warranty(input.unitId, input.language))),
  gift: os.papers.gift.handler(({ input }) => valueOf(core.shop.papers.gift(input.documentId, input.language))),
  certificate: os.papers.certificate.handler(({ input }) => valueOf(core.shop.papers.certificate(input, input.language))),
  slip: os.papers.slip.handler(({ input }) => valueOf(core.shop.papers.slip(input.flowId, input.language))),
  pickup: os.papers.pickup.handler(({ input }) =>
    valueOf(core.shop.papers.pickup({ documentId: input.documentId, name: input.name, who: core.shop.desk.person?.name ?? '' }, input.language)),
  ),
  email: os.papers.email.handler(({ input }) => valueOf(core.shop.mails.email(input.documentId, input.to))),
  mails: os.papers.mails.handler(() => core.shop.mails.list()),
  actMail: os.papers.actMail.handler(({ input }) => valueOf(core.shop.mails.act(input.mailId, input.act))),
  mailSettings: os.papers.mailSettings.handler(() => core.shop.mails.settings()),
  setMailSettings: os.papers.setMailSettings.handler(({ input }) => valueOf(core.shop.mails.setSettings(input.settings, input.password))),
  print: os.papers.print.handler(({ input }) => {
    valueOf(core.shop.papers.print(input.documentId))
    return core.shop.desk.view()
  }),
  pdf: os.papers.pdf.handler(async ({ input }) => valueOf(await core.shop.papers.pdf(input.documentId, input.format))),
  template: os.papers.template.handler(() => core.shop.papers.template()),
  setTemplate: os.papers.setTemplate.handler(({ input }) => valueOf(core.shop.papers.setTemplate(input))),
  preview: os.papers.preview.handler(({ input }) => core.shop.papers.preview(input.template, input.language)),
  settle: os.papers.settle.handler(({ input }) => valueOf(core.shop.settle(input.jobId, input.fate))),
})
