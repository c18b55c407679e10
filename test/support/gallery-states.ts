/** Every state the gallery can draw, by the window it belongs to. */
export const STAFF_STATES = [
  'waiting', 'sign-in', 'sign-in-wrong', 'home', 'shift-closed', 'sale-empty', 'sale-open', 'sale-net', 'sale-duplicate',
  'sale-refused', 'sale-which', 'tendering', 'asking-terminal', 'asking-terminal-unknown', 'paid',
  'paid-unknown-paper', 'paid-no-paper', 'return-scan', 'return-lines', 'return-paying-out', 'return-assess', 'return-approval', 'return-done', 'return-handed-over',
  'exchange-old', 'exchange-new', 'exchange-settle', 'exchange-approval', 'exchange-paying', 'exchange-paying-unknown', 'exchange-done',
  'trade-in-scan', 'trade-in-assess', 'trade-in-approval', 'trade-in-done', 'trade-in-handed-over',
  'check-scan', 'check-result', 'check-unknown', 'alarm', 'connection-lost', 'search', 'mending', 'lessons', 'keys', 'customers',
  'customer', 'customer-new', 'figures', 'template', 'mails', 'vendors', 'paper',
] as const
export const KIOSK_STATES = [
  'kiosk-start', 'kiosk-closed', 'kiosk-task', 'kiosk-scan', 'kiosk-answer', 'kiosk-questions', 'kiosk-yes-no', 'kiosk-photo',
  'kiosk-confirm', 'kiosk-paying-out', 'kiosk-done', 'kiosk-cart-empty', 'kiosk-cart', 'kiosk-cart-again', 'kiosk-paying',
  'kiosk-bought', 'kiosk-colleague', 'kiosk-idle',
] as const
