/**
 * What a kiosk's window is to its machine: the whole screen with no way out, an ordinary window beside others, or gone.
 * The core decides, behind the door for staff; the shell only carries it out.
 */
export type KioskWindowState = 'locked' | 'open' | 'closed'
