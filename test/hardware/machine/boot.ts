import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Parts } from './debian-parts.ts'
import { serveSerialPlugs } from './serial-plugs.ts'
import { startDisk } from './start-disk.ts'

export interface Job {
  readonly command: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** How many USB serial adapters QEMU has ready for plugging in. */
  readonly serial_count: number
  readonly ms_max: number
  /** What the job prints, as it prints it. */
  readonly heard: (text: string) => void
}

export interface JobEnd {
  /** Null: the machine ended without a word, or was stopped because its time was over. */
  readonly exitCode: number | null
  /** What the kernel said last, for the person who looks for the cause. */
  readonly console: string
}

const MEMORY = '1024'
/** No mitigations, no random addresses: the machine lives for a minute and meets nobody. */
const KERNEL_WORDS = 'console=ttyS0 quiet loglevel=3 oops=panic panic=-1 mitigations=off random.trust_cpu=on tsc=reliable nokaslr'

/**
 * Boots the machine on the host's own files, which it cannot change, runs one job in it as its root, and switches it
 * off. `share` inside the guest is /run/job.
 */
export async function bootAndRun(parts: Parts, job: Job, share: string): Promise<JobEnd> {
  const disk = startDisk(parts)
  const folder = mkdtempSync(join(tmpdir(), 'countermark-machine-'))
  mkdirSync(share, { recursive: true })
  rmSync(join(share, 'exit-code'), { force: true })
  writeFileSync(join(share, 'job.env'), `LAYERS=${parts.layers.length}\n`)
  writeFileSync(join(share, 'job.sh'), scriptOf(job))
  try {
    await run(parts, job, qemuWords(parts, disk, folder, share, job.serial_count), folder)
    const answer = join(share, 'exit-code')
    const console = join(folder, 'console')
    return {
      exitCode: existsSync(answer) ? Number(readFileSync(answer, 'utf8')) : null,
      console: existsSync(console) ? readFileSync(console, 'utf8').split('\n').slice(-60).join('\n') : '',
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function run(parts: Parts, job: Job, words: readonly string[], folder: string): Promise<void> {
  // The input stays open: when it ends, QEMU tells the guest that nobody listens, and the job would wait for ever.
  const child = spawn(parts.qemu, words, { stdio: 'pipe', env: qemuEnvironment(parts) })
  const stop = () => void child.kill('SIGKILL')
  process.once('exit', stop)
  const deadline = setTimeout(stop, job.ms_max)
  let complaints = ''
  child.stdout.setEncoding('utf8').on('data', job.heard)
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  let letGo: () => void = () => undefined
  const serving = serveSerialPlugs(folder).then(
    (end) => (letGo = end),
    (error: unknown) => (complaints += String(error)),
  )
  const code = await ended
  clearTimeout(deadline)
  process.off('exit', stop)
  await serving
  letGo()
  if (code !== 0 && code !== null) throw new Error(`QEMU ended with ${code}: ${complaints.trim()}`)
}

function qemuWords(parts: Parts, disk: string, folder: string, share: string, serial_count: number): string[] {
  const { qemuRoot } = parts
  const roms = qemuRoot === null ? [] : ['-L', `${qemuRoot}/usr/share/qemu`, '-L', `${qemuRoot}/usr/share/seabios`]
  const share9p = (id: string, path: string, how: string) => [
    '-fsdev', `local,id=${id},path=${path},security_model=none${how}`,
    '-device', `virtio-9p-pci,fsdev=${id},mount_tag=${id}`,
  ]
  const port = (id: string, chardev: string) => ['-chardev', chardev, '-device', `virtserialport,chardev=${id},name=${id}`]
  const adapters = Array.from({ length: serial_count }, (_, n) => [
    '-chardev', `socket,id=serial${n},path=${folder}/serial${n}.sock,server=on,wait=off`,
    '-device', `usb-serial,chardev=serial${n},bus=xhci.0,serial=BENCH${n}`,
  ])
  return [
    '-machine', 'q35', '-accel', 'tcg,thread=single', '-cpu', 'max', '-m', MEMORY, '-smp', '1',
    '-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot', ...roms,
    '-kernel', parts.kernel, '-initrd', disk, '-append', KERNEL_WORDS,
    ...share9p('host', '/', ',readonly=on,multidevs=remap'),
    ...parts.layers.flatMap((layer, n) => share9p(`layer${n}`, layer, ',readonly=on')),
    ...share9p('out', share, ''),
    '-chardev', `file,id=console,path=${folder}/console`, '-serial', 'chardev:console',
    '-device', 'virtio-serial-pci',
    ...port('job', 'stdio,id=job,signal=off'),
    ...port('plugs', `socket,id=plugs,path=${folder}/plugs.sock,server=on,wait=off`),
    '-device', 'qemu-xhci,id=xhci,p2=8,p3=8', ...adapters.flat(),
  ]
}

function qemuEnvironment({ qemuRoot }: Parts): NodeJS.ProcessEnv {
  if (qemuRoot === null) return process.env
  const libraries = `${qemuRoot}/usr/lib/x86_64-linux-gnu`
  const places = `${libraries}:${qemuRoot}/lib/x86_64-linux-gnu`
  return { ...process.env, LD_LIBRARY_PATH: places, QEMU_MODULE_DIR: `${libraries}/qemu` }
}

function scriptOf(job: Job): string {
  const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
  const env = { PATH: path, HOME: '/root', LANG: 'C.UTF-8', TMPDIR: '/run/scratch', ...job.env }
  const lines = Object.entries(env).map(([name, value]) => `export ${name}=${quoted(value)}`)
  return `${[...lines, `cd ${quoted(job.cwd)}`, `exec ${job.command.map(quoted).join(' ')}`].join('\n')}\n`
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`
