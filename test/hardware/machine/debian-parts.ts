import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/** What the machine is made of: unpacked Debian packages in the cache, and programs of the host where it has them. */
export interface Parts {
  readonly cache: string
  /** Such as `6.1.0-56-amd64`. */
  readonly kernelVersion: string
  readonly kernel: string
  readonly modulesDir: string
  readonly busybox: string
  readonly qemu: string
  /** Where QEMU's own libraries and ROMs were unpacked; null where the host has QEMU installed. */
  readonly qemuRoot: string | null
  /** Folders laid over the host's files in the guest, such as udev where the host has none. */
  readonly layers: readonly string[]
}

/** This machine cannot run the bench; the message is one sentence that says why. */
export class CannotRun extends Error {}

const DISK = 'the kernel, QEMU and their modules'
/** What the stories need inside the guest and a small host may lack. */
const IN_THE_GUEST = [
  { package: 'udev', file: '/usr/lib/systemd/systemd-udevd' },
  { package: 'libusb-1.0-0', file: '/usr/lib/x86_64-linux-gnu/libusb-1.0.so.0' },
] as const
const XZ_MAGIC = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00])
/** The kernel's drivers that the machine loads, and what 9p, overlay and the virtual ports need. */
const MODULE_DIRS = ['drivers/usb', 'drivers/hid', 'drivers/virtio', 'drivers/char', 'drivers/input', 'fs', 'net/9p']

/**
 * Fetches Debian's kernel and QEMU as packages (about 90 MB once) and unpacks them into a cache; nothing is installed,
 * no right of an administrator is needed. Throws `CannotRun` where this is no such machine or Debian refuses.
 */
export function debianParts(say: (sentence: string) => void): Parts {
  refuseElsewhere()
  const cache = cacheDir()
  const stamp = join(cache, 'parts.json')
  if (existsSync(stamp)) return readParts(stamp)
  // A folder left half made by a fetch that was cut off is begun again.
  rmSync(cache, { recursive: true, force: true })
  mkdirSync(join(cache, 'debs'), { recursive: true })
  const apt = new Apt(cache)
  const parts = fetchParts(apt, cache, say)
  writeFileSync(`${stamp}.new`, JSON.stringify(parts))
  renameSync(`${stamp}.new`, stamp)
  return parts
}

/** Whether the machine's parts lie in the cache already. */
export const areFetched = (): boolean => existsSync(join(cacheDir(), 'parts.json'))

function refuseElsewhere(): void {
  if (process.platform !== 'linux') throw new CannotRun(`it needs Linux, and this is ${process.platform}`)
  if (process.arch !== 'x64') throw new CannotRun(`it knows the x64 machine only, and this is ${process.arch}`)
  for (const program of ['apt-get', 'apt-cache', 'dpkg-deb', 'tar'])
    if (spawnSync(program, ['--version'], { stdio: 'ignore' }).status !== 0)
      throw new CannotRun(`it takes ${DISK} from Debian, and there is no ${program} here`)
  const os = readFileSync('/etc/os-release', 'utf8')
  if (!/^ID=debian$/m.test(os)) throw new CannotRun(`it takes ${DISK} from Debian, and this system is another one`)
}

function cacheDir(): string {
  const given = process.env.COUNTERMARK_HARDWARE_CACHE
  if (given !== undefined) return given
  const home = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  try {
    mkdirSync(home, { recursive: true })
    return join(home, 'countermark-hardware')
  } catch {
    return join(tmpdir(), `countermark-hardware-${userInfo().uid}`)
  }
}

function fetchParts(apt: Apt, cache: string, say: (sentence: string) => void): Parts {
  const image = apt.kernelPackage()
  const kernelVersion = image.replace('linux-image-', '')
  const hostQemu = spawnSync('qemu-system-x86_64', ['--version'], { stdio: 'ignore' }).status === 0
  const missing = IN_THE_GUEST.filter((each) => !existsSync(each.file)).map((each) => each.package)
  say(`fetching ${image}${hostQemu ? '' : ' and QEMU'} from Debian into ${cache}`)
  const debs = (names: readonly string[]) => apt.download(names)

  const kernelRoot = join(cache, 'kernel')
  const wanted = [`./boot/vmlinuz-${kernelVersion}`, `./lib/modules/${kernelVersion}/modules.builtin`]
  const order = `./lib/modules/${kernelVersion}/modules.order`
  const dirs = MODULE_DIRS.map((dir) => `./lib/modules/${kernelVersion}/kernel/${dir}`)
  for (const deb of debs([image])) unpack(deb, kernelRoot, [...wanted, order, ...dirs])
  for (const deb of debs(['busybox-static'])) unpack(deb, join(cache, 'busybox'))
  const qemuRoot = join(cache, 'qemu')
  if (!hostQemu) for (const deb of debs(apt.neededFor('qemu-system-x86'))) unpack(deb, qemuRoot)
  const layer = join(cache, 'layer')
  for (const name of missing) for (const deb of debs(apt.neededFor(name))) unpack(deb, layer)

  const busybox = join(cache, 'busybox/bin/busybox')
  run(busybox, ['depmod', '-b', kernelRoot, kernelVersion])
  return {
    cache,
    kernelVersion,
    kernel: unpackedKernel(join(kernelRoot, `boot/vmlinuz-${kernelVersion}`)),
    modulesDir: join(kernelRoot, 'lib/modules', kernelVersion),
    busybox,
    qemu: hostQemu ? 'qemu-system-x86_64' : join(qemuRoot, 'usr/bin/qemu-system-x86_64'),
    qemuRoot: hostQemu ? null : qemuRoot,
    layers: missing.length > 0 ? [layer] : [],
  }
}

/** apt without an administrator: it reads the host's package lists, or fetches its own into the cache. */
class Apt {
  private readonly cache: string
  private options: readonly string[] = []

  constructor(cache: string) {
    this.cache = cache
    // An image of a container often comes without package lists.
    if (this.ask('apt-cache', ['show', 'busybox-static']) !== null) return
    const lists = join(cache, 'lists')
    mkdirSync(join(lists, 'partial'), { recursive: true })
    mkdirSync(join(cache, 'archives/partial'), { recursive: true })
    this.options = ['-o', `Dir::State::Lists=${lists}`, '-o', `Dir::Cache=${cache}`, '-o', 'Debug::NoLocking=1']
    if (this.ask('apt-get', ['update', '-qq']) === null) throw new CannotRun("Debian's package lists cannot be fetched")
  }

  kernelPackage(): string {
    const depends = this.ask('apt-cache', ['depends', 'linux-image-amd64']) ?? ''
    const name = /linux-image-\d[\w.+-]*/.exec(depends)?.[0]
    if (name === undefined) throw new CannotRun('apt knows no kernel package of Debian')
    return name
  }

  /** A package and all of its dependencies that the host does not have. */
  neededFor(name: string): readonly string[] {
    const plan = this.ask('apt-get', ['install', '-qq', '--simulate', '--no-install-recommends', name]) ?? ''
    const names = [...plan.matchAll(/^Inst (\S+)/gm)].map((match) => match[1]!)
    if (names.length === 0) throw new CannotRun(`apt finds no way to the package ${name}`)
    return names
  }

  /** The files of the packages. apt checks their signatures and sums. */
  download(names: readonly string[]): readonly string[] {
    const folder = join(this.cache, 'debs', names[0]!)
    mkdirSync(folder, { recursive: true })
    if (this.ask('apt-get', ['download', '-qq', ...names], folder) === null)
      throw new CannotRun(`Debian's packages cannot be downloaded (${names.join(', ')})`)
    return readdirSync(folder).map((file) => join(folder, file))
  }

  private ask(program: string, words: readonly string[], cwd = this.cache): string | null {
    const options = [...this.options, '-o', `APT::Sandbox::User=${userInfo().username}`]
    const done = spawnSync(program, [...options, ...words], { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
    return done.status === 0 ? done.stdout : null
  }
}

/** Unpacks a package, or only some of its paths, and forgets the package file. */
function unpack(deb: string, root: string, paths: readonly string[] = []): void {
  mkdirSync(root, { recursive: true })
  if (paths.length === 0) run('dpkg-deb', ['-x', deb, root])
  else run('sh', ['-c', 'deb=$1 root=$2; shift 2; dpkg-deb --fsys-tarfile "$deb" | tar x -C "$root" "$@"', 'sh', deb, root, ...paths])
  rmSync(deb)
}

/** Without KVM the kernel's own unpacking takes five seconds of every boot: where xz is there it is done once, here. */
function unpackedKernel(packed: string): string {
  const bytes = readFileSync(packed)
  for (let at = bytes.indexOf(XZ_MAGIC); at >= 0; at = bytes.indexOf(XZ_MAGIC, at + 1)) {
    const input = bytes.subarray(at)
    const { stdout } = spawnSync('xz', ['-dc', '--single-stream'], { input, maxBuffer: 256 * 1024 * 1024 })
    if (stdout === null || stdout.toString('latin1', 1, 4) !== 'ELF') continue
    const whole = join(packed, '../vmlinux')
    writeFileSync(whole, stdout)
    return whole
  }
  return packed
}

function readParts(stamp: string): Parts {
  const parts = JSON.parse(readFileSync(stamp, 'utf8')) as Parts
  return parts
}

function run(program: string, words: readonly string[]): void {
  const done = spawnSync(program, words, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${program} failed: ${done.stderr}`)
}
