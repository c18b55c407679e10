import { EventEmitter } from 'node:events'
import { strict } from './strict.ts'

interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const WIDTH = 1280
const HEIGHT = 800

/** So many screens side by side, as the test that starts the program wants them; one where it says nothing. */
const screens = Array.from({ length: Number(process.env['COUNTERMARK_STANDIN_SCREENS'] ?? '1') }, (_, place) => ({
  id: place + 1,
  bounds: { x: place * WIDTH, y: 0, width: WIDTH, height: HEIGHT },
}))

/** The screens of a machine that has none: their places are known, and nothing is drawn on them. */
class Screen extends EventEmitter {
  getAllDisplays() {
    return screens
  }

  getDisplayMatching(bounds: Rectangle) {
    return screens.find(({ bounds: { x } }) => bounds.x >= x && bounds.x < x + WIDTH) ?? screens[0]
  }
}

export const screen = strict('screen', new Screen())
