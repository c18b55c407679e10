import type { Notice } from '../contract/notice.ts'

/** One tone of a sound: pitch, start and length, and the shape of its wave. */
interface Tone {
  readonly hertz: number
  readonly at_ms: number
  readonly for_ms: number
  readonly wave: OscillatorType
}

/**
 * A hit rises, a duplicate knocks twice on one pitch, trouble falls and growls: told apart by melody and by rhythm,
 * also on a poor loudspeaker. A quiet notice has no sound, because somebody else is listening.
 */
const SOUNDS: Readonly<Record<Notice['tone'], readonly Tone[]>> = {
  good: [
    { hertz: 880, at_ms: 0, for_ms: 70, wave: 'sine' },
    { hertz: 1320, at_ms: 70, for_ms: 90, wave: 'sine' },
  ],
  again: [
    { hertz: 620, at_ms: 0, for_ms: 70, wave: 'triangle' },
    { hertz: 620, at_ms: 130, for_ms: 70, wave: 'triangle' },
  ],
  info: [{ hertz: 740, at_ms: 0, for_ms: 80, wave: 'sine' }],
  stop: [
    { hertz: 330, at_ms: 0, for_ms: 140, wave: 'square' },
    { hertz: 196, at_ms: 140, for_ms: 260, wave: 'square' },
  ],
  quiet: [],
}

const LOUDNESS = 0.16
const FADE_S = 0.012

let context: AudioContext | null = null

/** Plays the sound of a tone. Before the first touch or key a browser keeps silent; then nothing is queued. */
export function playTone(tone: Notice['tone']): void {
  const tones = SOUNDS[tone]
  if (tones.length === 0 || !window.navigator.userActivation.hasBeenActive) return
  context ??= new AudioContext()
  if (context.state === 'suspended') void context.resume()
  for (const one of tones) sound(context, one)
}

function sound(on: AudioContext, tone: Tone): void {
  const start = on.currentTime + tone.at_ms / 1000
  const end = start + tone.for_ms / 1000
  const gain = on.createGain()
  gain.gain.setValueAtTime(0, start)
  gain.gain.linearRampToValueAtTime(tone.wave === 'square' ? LOUDNESS / 2 : LOUDNESS, start + FADE_S)
  gain.gain.setValueAtTime(tone.wave === 'square' ? LOUDNESS / 2 : LOUDNESS, end - FADE_S)
  gain.gain.linearRampToValueAtTime(0, end)
  const oscillator = on.createOscillator()
  oscillator.type = tone.wave
  oscillator.frequency.value = tone.hertz
  oscillator.connect(gain).connect(on.destination)
  oscillator.start(start)
  oscillator.stop(end)
}
