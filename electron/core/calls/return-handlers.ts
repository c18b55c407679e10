import { photographPiece, picture } from '../cases/case-desk.ts'
import type { Os, RunningCore } from './implementer.ts'
import { valueOf } from './value-of.ts'

export const returnsHandlers = (os: Os, core: RunningCore) => ({
  act: os.returns.act.handler(async ({ input }) => {
    if (input.action.do === 'refund' && !(await core.shop.asking.beforeRefund(input.flowId))) return core.shop.desk.view()
    return valueOf(core.shop.desk.actReturn(input.flowId, input.action))
  }),
  photo: os.returns.photo.handler(({ input }) => valueOf(photographPiece(core.shop.desk, input.flowId, input.shot.base64))),
  picture: os.returns.picture.handler(({ input }) => valueOf(picture(core.shop.desk, input.photoId))),
})
