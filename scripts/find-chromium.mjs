// Finds a browser of Chromium's family for the end-to-end tests; on Debian as root it may install Debian's.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** The path of a browser, or null after one sentence on what to install. */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH
  if (given && existsSync(given)) return given
  installDebians()
  const found = PLACES.find((place) => existsSync(place))
  if (found !== undefined) return found
  console.error('The end-to-end tests need Chromium, Chrome or Edge: install one of them, or set CHROMIUM_PATH.')
  return null
}

/** A fresh Debian as root has neither the browser nor the pseudo-terminal pair that the scanner tests talk through. */
function installDebians() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  const missing = [
    ...(PLACES.some((place) => existsSync(place)) ? [] : ['chromium']),
    ...(existsSync('/usr/bin/socat') ? [] : ['socat']),
  ]
  if (missing.length === 0) return
  console.error(`[set-up] installing Debian's ${missing.join(' and ')} for the tests …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'ignore'], env })
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { stdio: ['ignore', 'ignore', 2], env })
}
