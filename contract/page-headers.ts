/**
 * What a document of ours may load and do. The engine enforces it, so a script smuggled into a product name stays
 * text. Styles set by script through the DOM are allowed by every policy; style elements and attributes are not.
 */
const DIRECTIVES: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'media-src': "'self' blob:",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-src': "'none'",
  'frame-ancestors': "'none'",
}

const CONTENT_POLICY = Object.entries(DIRECTIVES)
  .map(([name, value]) => `${name} ${value}`)
  .join('; ')

/**
 * A page before customers runs in a sandbox of its own: the engine itself lets it open no window, no printing, no
 * message box and no file to keep, whatever a script in it tries. Staff print from theirs and keep files.
 */
const KIOSK_SANDBOX = 'sandbox allow-scripts allow-same-origin'

/** Sent with every file of the page, whatever its kind, and whoever serves it: the shell or the loopback door. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=()',
  'cache-control': 'no-cache',
}

export const KIOSK_PAGE_HEADERS: Readonly<Record<string, string>> = {
  ...PAGE_HEADERS,
  'content-security-policy': `${CONTENT_POLICY}; ${KIOSK_SANDBOX}`,
}
