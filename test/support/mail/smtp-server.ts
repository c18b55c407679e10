import { createServer, type AddressInfo, type Socket } from 'node:net'

/** A letter as it arrived: who it was for, and every line of it. */
export interface Delivered {
  readonly from: string
  readonly to: readonly string[]
  readonly data: string
}

/** How the server answers; each may be changed while it runs. */
export interface SmtpMood {
  /** The reply to an address; 250 takes it. */
  toAddress: number
  /** The reply to the end of the letter; `hang-up` closes the line in its place. */
  toLetter: number | 'hang-up'
  /** Null lets anybody in; else `user:password`. */
  signIn: string | null
}

export interface SmtpServer {
  readonly port: number
  readonly delivered: Delivered[]
  readonly mood: SmtpMood
  close(): Promise<void>
}

/** A small mail server on a loopback port (RFC 5321, with AUTH PLAIN of RFC 4954), for letters that a test reads. */
export async function smtpServer(port = 0): Promise<SmtpServer> {
  const delivered: Delivered[] = []
  const mood: SmtpMood = { toAddress: 250, toLetter: 250, signIn: null }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    converse(socket, mood, delivered)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    delivered,
    mood,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

function converse(socket: Socket, mood: SmtpMood, delivered: Delivered[]): void {
  let from = ''
  let to: string[] = []
  let data: string[] | null = null
  let rest = ''
  const say = (line: string): void => void socket.write(`${line}\r\n`)
  say('220 mail.example ESMTP')
  const letterEnds = (lines: readonly string[]): void => {
    if (mood.toLetter === 'hang-up') return void socket.destroy()
    if (mood.toLetter === 250) delivered.push({ from, to, data: lines.join('\r\n') })
    say(`${mood.toLetter} said`)
  }
  const heard = (line: string): void => {
    if (data !== null) {
      if (line !== '.') return void data.push(line.startsWith('..') ? line.slice(1) : line)
      const lines = data
      data = null
      return letterEnds(lines)
    }
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'EHLO') return say(mood.signIn === null ? '250 mail.example' : '250-mail.example\r\n250 AUTH PLAIN')
    if (verb === 'AUTH') {
      const [, user, password] = Buffer.from(line.split(' ')[2] ?? '', 'base64').toString('utf8').split('\0')
      return say(`${user}:${password}` === mood.signIn ? '235 in' : '535 no')
    }
    if (verb === 'MAIL') {
      from = line
      to = []
      return say('250 go on')
    }
    if (verb === 'RCPT') {
      if (mood.toAddress === 250) to.push(/<([^>]*)>/.exec(line)?.[1] ?? '')
      return say(`${mood.toAddress} said`)
    }
    if (verb === 'DATA') {
      data = []
      return say('354 go on')
    }
    if (verb === 'STAR') return say('502 no such thing')
    if (verb === 'QUIT') {
      say('221 bye')
      return void socket.end()
    }
    say('250 ok')
  }
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) heard(line)
  })
}
