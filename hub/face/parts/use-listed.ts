import { useAddress } from '../address.ts'
import { orderIn } from './sorted-rows.ts'

/** A list that the centre gives out in pages: what it is asked for, as the address has it, and the ways to ask for other rows. */
export function useListed<Column extends string>(columns: readonly Column[]) {
  const address = useAddress()
  const text = address.get('text')
  const after = address.all('after')
  const sort = orderIn(address.get('sort'))
  const order = columns.find((column) => column === sort?.column) ?? null
  return {
    asked: { text, after: after.at(-1) ?? null, order, isDown: sort?.isDown ?? false },
    after,
    find: (words: string) => address.set({ text: words, after: '' }),
    turn: (pages: readonly string[]) => address.set({ after: pages }),
  }
}
