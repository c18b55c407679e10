import { endCampaign, listCampaigns, openCampaign, piecesMeant } from '../catalogue/campaigns.ts'
import { listPolicies, policyDocument, publishPolicy } from '../catalogue/policies.ts'
import { answerProposal, listProposals } from '../catalogue/policy-proposals.ts'
import { listProducts, saveProduct } from '../catalogue/products.ts'
import { listStaff, saveStaff, setPin } from '../catalogue/staff.ts'
import { stockByStore } from '../catalogue/stock.ts'
import { liftStolen, listStolen, reportStolen } from '../catalogue/stolen.ts'
import { saveStore, storesOf, storeView } from '../catalogue/stores.ts'
import { readNumbers } from '../imports/number-list.ts'
import type { Office } from '../people/office.ts'
import { signedIn, type FaceOs } from './implementer.ts'

/** Goods, people, lists and rules of the shops: what is changed here goes to the tills in the same commit. */
export function shopHandlers(os: FaceOs, office: Office) {
  const { db } = office
  const stores = async () => [...(await storesOf(db)).values()].map(storeView)
  return {
    catalogue: {
      stores: os.catalogue.stores.handler(stores),
      saveStore: os.catalogue.saveStore.handler(async ({ context, input: { isNew, ...store } }) => {
        await saveStore(office, signedIn(context).name, store, isNew)
        return stores()
      }),
      products: os.catalogue.products.handler(({ input }) => listProducts(db, input)),
      saveProduct: os.catalogue.saveProduct.handler(({ context, input }) => saveProduct(office, signedIn(context).name, input)),
    },
    staff: {
      list: os.staff.list.handler(() => listStaff(db)),
      save: os.staff.save.handler(({ context, input }) => saveStaff(office, signedIn(context).name, input)),
      setPin: os.staff.setPin.handler(({ context, input }) => setPin(office, signedIn(context).name, input.id, input.pin)),
    },
    lists: {
      campaigns: os.lists.campaigns.handler(() => listCampaigns(db)),
      openCampaign: os.lists.openCampaign.handler(({ context, input }) => openCampaign(office, signedIn(context).name, input)),
      endCampaign: os.lists.endCampaign.handler(({ context, input }) => endCampaign(office, signedIn(context).name, input.productId, input.reference)),
      tryRule: os.lists.tryRule.handler(({ input }) => piecesMeant(db, input.productId, input.rule)),
      readNumbers: os.lists.readNumbers.handler(async ({ input }) => readNumbers(Buffer.from(await input.file.arrayBuffer()))),
      stolen: os.lists.stolen.handler(({ input }) => listStolen(db, input)),
      reportStolen: os.lists.reportStolen.handler(({ context, input }) => reportStolen(office, signedIn(context).name, input)),
      liftStolen: os.lists.liftStolen.handler(({ context, input }) => liftStolen(office, signedIn(context).name, input.serial, input.why)),
    },
    policy: {
      versions: os.policy.versions.handler(() => listPolicies(db, office.now_ms())),
      document: os.policy.document.handler(({ input }) => policyDocument(db, input.version, office.now_ms())),
      publish: os.policy.publish.handler(({ context, input }) => publishPolicy(office, signedIn(context).name, input)),
      proposals: os.policy.proposals.handler(() => listProposals(db, office.now_ms())),
      answer: os.policy.answer.handler(({ context, input }) => answerProposal(office, signedIn(context).name, input)),
    },
    stock: { byStore: os.stock.byStore.handler(({ input }) => stockByStore(db, input.storeId, input.text)) },
  }
}
