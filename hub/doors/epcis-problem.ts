/** Exceptions of EPCIS 2.0 (8.2.4 and the REST binding) that are answered here, with the status the binding gives them. */
const STATUS = {
  ValidationException: 400,
  QueryParameterException: 400,
  QueryValidationException: 400,
  SubscriptionControlsException: 400,
  NoSuchNameException: 404,
  NoSuchResourceException: 404,
  ResourceAlreadyExistsException: 409,
} as const

/** Bad news for another system in the words of EPCIS; it is answered in the shape of RFC 9457. */
export class EpcisProblem extends Error {
  readonly status: number
  readonly title: keyof typeof STATUS
  constructor(title: keyof typeof STATUS, detail: string) {
    super(detail)
    this.name = 'EpcisProblem'
    this.status = STATUS[title]
    this.title = title
  }
}
