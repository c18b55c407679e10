/** Digits and capital letters that nobody takes for each other: there is no 0, 1, I or O among them. */
export const CLEAR_SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
