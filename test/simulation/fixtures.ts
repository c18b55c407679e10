/** Seeds of whole lives in which something was wrong once, and what it was: they are lived again each time. */
export const FOUND: readonly (readonly [seed: number, story: string])[] = [
  [127, 'the centre was put back, its mirror came before it asked for what it had lost, and what was sold looked free'],
  [26, 'a sold piece lost its home when a flag was taken off it, and no till kept it any more'],
  [142, 'a late reply from before the centre was put back hid that verdicts were to come again'],
]
