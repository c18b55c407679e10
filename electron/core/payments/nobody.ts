/** Whom a payment or an act names where nobody is signed in, as at the kiosk. */
export const NOBODY = ''
