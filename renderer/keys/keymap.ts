/**
 * Every key of the till, in one place. What stands here is what the buttons show. F5, F11 and what a browser or an
 * operating system keeps for itself are left alone.
 */
export const KEYS = {
  offer: 'F1',
  sale: 'F2',
  returns: 'F3',
  check: 'F4',
  park: 'F6',
  parked: 'F7',
  undo: 'F8',
  customer: 'Shift+F2',
  help: '?',
  papers: 'F9',
  demo: 'F10',
  /** The act a screen is about: pay, refund. */
  finish: 'F12',
  confirm: 'Enter',
  back: 'Escape',
  previousLine: 'ArrowUp',
  nextLine: 'ArrowDown',
  removeLine: 'Delete',
  voidSale: 'Shift+Delete',
  price: 'Insert',
  morePieces: '+',
  fewerPieces: '-',
  quickAmounts: ['F1', 'F2', 'F3', 'F4'],
  card: 'F6',
  voucher: 'F7',
  cardBeside: 'F9',
  deposit: 'F8',
  notPaid: 'F8',
  askAgain: 'F4',
  /** Everything that is looked at in a return is as it should be. */
  allInOrder: 'F6',
  /** Of the shift panel: in, out, safe, drawer, voucher. */
  moneyActs: ['F1', 'F2', 'F3', 'F4', 'F6'],
  xReport: 'F7',
  journal: 'F9',
  switchPerson: 'Shift+F8',
  lock: 'Shift+F9',
  returnReasons: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
  returnConditions: ['a', 'b', 'c', 'd', 'e', 'f'],
} as const

/** Keys whose legend differs by language; the others show what is printed on every keyboard. */
export const WORDED_KEYS = {
  Enter: 'key.enter',
  Escape: 'key.escape',
  Delete: 'key.delete',
  'Shift+Delete': 'key.shift-delete',
  Insert: 'key.insert',
  'Shift+F2': 'key.shift-f2',
  'Shift+F8': 'key.shift-f8',
  'Shift+F9': 'key.shift-f9',
} as const

/** The name of a pressed key as it stands in the map; null for chords the till does not use. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>): string | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null
  return event.shiftKey && event.key.length > 1 ? `Shift+${event.key}` : event.key
}

/** Keys that also edit text: with something in the field they belong to the field. */
export function editsText(name: string): boolean {
  return name.length === 1 || name === 'Delete' || name === 'Shift+Delete' || name === 'Enter' || name === 'Backspace'
}
