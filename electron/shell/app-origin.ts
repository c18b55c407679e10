/**
 * The page's own address. A scheme of our own gives it an origin no web site and no other program on the machine
 * can have, and no loopback port to knock at.
 */
export const APP_SCHEME = 'app'
export const APP_HOST = 'countermark'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`
export const START_PAGE = `${APP_ORIGIN}/index.html`
/** The same page as the customer's screen. */
export const CUSTOMER_PAGE = `${START_PAGE}#display`

/** Whether an address belongs to our page. A prefix is not enough: `app://countermark.evil/` begins like ours. */
export function isOurPage(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === `${APP_SCHEME}:` && new URL(address).host === APP_HOST
}
