/** The file that came cannot be what the centre sent: it is thrown away and fetched again from the start. */
export class SpoiledMirror extends Error {
  constructor(why: string) {
    super(`the mirror that came is ${why}`)
    this.name = 'SpoiledMirror'
  }
}
