import { z } from 'zod'

export const PIN_DIGITS_MIN = 4
export const PIN_DIGITS_MAX = 12

/** What a person is known by at a till: set there or at the centre by one rule, so that neither gives out a PIN that the other refuses. */
export const Pin = z.string().regex(new RegExp(`^\\d{${PIN_DIGITS_MIN},${PIN_DIGITS_MAX}}$`))
export const isPin = (text: string): boolean => Pin.safeParse(text).success
