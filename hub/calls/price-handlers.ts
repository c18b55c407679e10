import { dropSet, listSets, saveSet } from '../catalogue/article-sets.ts'
import { dropList, listPriceLists, pricesOfList, saveList, setListPrice } from '../catalogue/price-lists.ts'
import { dropPromotion, listPromotions, savePromotion } from '../catalogue/promotions.ts'
import type { Office } from '../people/office.ts'
import { signedIn, type FaceOs } from './implementer.ts'

/** Prices, promotions and sets: what is changed here goes to the tills in the same commit. */
export function priceHandlers(os: FaceOs['prices'], office: Office) {
  const { db } = office
  return {
    lists: os.lists.handler(() => listPriceLists(db)),
    saveList: os.saveList.handler(({ context, input }) => saveList(office, signedIn(context).name, input)),
    dropList: os.dropList.handler(({ context, input }) => dropList(office, signedIn(context).name, input.id)),
    ofList: os.ofList.handler(({ input }) => pricesOfList(db, input.listId, input.after, input.limit)),
    setListPrice: os.setListPrice.handler(({ context, input }) => setListPrice(office, signedIn(context).name, input)),
    promotions: os.promotions.handler(() => listPromotions(db)),
    savePromotion: os.savePromotion.handler(({ context, input }) => savePromotion(office, signedIn(context).name, input)),
    dropPromotion: os.dropPromotion.handler(({ context, input }) => dropPromotion(office, signedIn(context).name, input.id)),
    sets: os.sets.handler(() => listSets(db)),
    saveSet: os.saveSet.handler(({ context, input }) => saveSet(office, signedIn(context).name, input)),
    dropSet: os.dropSet.handler(({ context, input }) => dropSet(office, signedIn(context).name, input.productId)),
  }
}
