/** Bad news for another system: which error of the doors' contract, in a code, and the place in what was sent. */
export class DoorRefusal extends Error {
  readonly error: 'REFUSED' | 'TOKEN' | 'UNAUTHORIZED' | 'FORBIDDEN'
  readonly fault: string
  readonly place: string | null

  constructor(error: DoorRefusal['error'], fault: string, place: string | null = null) {
    super(fault)
    this.name = 'DoorRefusal'
    this.error = error
    this.fault = fault
    this.place = place
  }
}
