/** @file A studio served by a separate process, as people have it, and what an attack on it must not change. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { WebSocket } from 'ws'

import { bundlePath, ensureBundled } from '../../../build/bundle.mjs'
import { askAdmission } from '../../../core/api/admission.ts'
import { socketPath } from '../../../core/api/port.ts'
import { keyIn } from '../../core/host/server/served.ts'

/** A studio under attack. */
export interface Attacked {
  readonly host: string
  readonly port: number
  /** Folder with what a stranger may have planted. */
  readonly traps: string
  /** A socket that was let in. */
  readonly enter: () => Promise<WebSocket>
  /** Whether the process still runs. */
  readonly isAlive: () => boolean
  /** What it has written to its log: a server logs only bugs. */
  readonly log: () => string
  /** Megabytes of memory it uses at this moment; Linux only. */
  readonly megabytes: () => number
  readonly close: () => Promise<void>
}

/** Starts one in a separate folder. */
export async function startAttacked(): Promise<Attacked> {
  await ensureBundled()
  const folder = mkdtempSync(join(tmpdir(), 'vit-studio-hostile-'))
  const home = join(folder, 'home')
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env
  const server = spawn(process.execPath, [bundlePath('cli'), 'serve', '--json'], {
    env: {
      ...env,
      VIT_STUDIO_HOME: home,
      XDG_CACHE_HOME: join(folder, 'cache'),
      HF_ENDPOINT: 'http://127.0.0.1:9',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(server.stdout, 'data')) as [Buffer]
  server.stdout.resume()
  const { url } = JSON.parse(String(line)) as { readonly url: string }
  const { host, port } = new URL(url)
  let shown: { key?: string; secret?: string } = { key: keyIn(url) }
  const sockets: WebSocket[] = []
  return {
    host,
    port: Number(port),
    traps: await setTraps(join(folder, 'traps')),
    enter: async () => {
      const socket = new WebSocket(`ws://${host}${socketPath}`, { origin: `http://${host}` })
      sockets.push(socket)
      socket.on('error', () => undefined)
      const secret = await askAdmission(socket, shown)
      if (secret === null) throw new Error('not let in')
      shown = { secret }
      return socket
    },
    isAlive: () => server.exitCode === null && server.signalCode === null,
    log: () => (existsSync(join(home, 'studio.log')) ? readFileSync(join(home, 'studio.log'), 'utf8') : ''),
    megabytes: () => {
      const status = readFileSync(`/proc/${server.pid}/status`, 'utf8')
      return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024
    },
    close: async () => {
      for (const socket of sockets) socket.terminate()
      const ended = server.exitCode === null ? once(server, 'exit') : null
      server.kill('SIGTERM')
      const patience = setTimeout(() => server.kill('SIGKILL'), 20_000)
      await ended
      clearTimeout(patience)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Files that block whoever opens them, never end, lead elsewhere or in a circle, or are not what their names say. */
async function setTraps(folder: string): Promise<string> {
  for (const name of ['model', 'photos/cat', 'photos/dog', 'loop'])
    mkdirSync(join(folder, name), { recursive: true })
  const pipes = ['pipe', 'pipe.jpg', 'pipe.safetensors', 'pipe.onnx', 'pipe.vitstudio', 'model/config.json']
  const more = ['model/model.safetensors', 'photos/cat/pipe.jpg', 'photos/dog/pipe.png']
  execFileSync(
    'mkfifo',
    [...pipes, ...more].map((name) => join(folder, name)),
  )
  for (const name of [
    'noise.jpg',
    'noise.safetensors',
    'noise.pth',
    'noise.onnx',
    'noise.vitstudio',
    'photos/cat/0.jpg',
  ])
    writeFileSync(join(folder, name), Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919) % 256)))
  writeFileSync(join(folder, 'photos/dog/0.jpg'), '')
  writeFileSync(join(folder, 'deep.vitstudio'), '['.repeat(1e6))
  symlinkSync(folder, join(folder, 'loop', 'again'))
  symlinkSync('/dev/zero', join(folder, 'zero.jpg'))
  symlinkSync('/dev/zero', join(folder, 'zero.safetensors'))
  symlinkSync('/dev/zero', join(folder, 'zero.vitstudio'))
  symlinkSync(join(folder, 'circle'), join(folder, 'circle'))
  const socket = createServer().listen(join(folder, 'socket'))
  await once(socket, 'listening')
  socket.unref()
  return folder
}
