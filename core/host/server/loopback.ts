/**
 * @file The loopback server: the window's files and one WebSocket, for this machine's own user. It is reached by a key
 * in the first address, which becomes a cookie; every request must name this host, and a WebSocket this origin.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

import { WebSocketServer } from 'ws'

import { AppError } from '../../errors.ts'
import { socketPath, webSocketPort } from '../../api/port.ts'
import type { Port } from '../../api/rpc.ts'
import { logBug } from '../../studio/log.ts'
import { fileHeaders, pageHeaders } from './page-headers.ts'
import { findFile } from './static-files.ts'

/** What to serve. */
export interface LoopbackOptions {
  /** Folder of the built window. */
  readonly root: string
  /** 0 for any free one. */
  readonly port: number
  /** Told of every window that connects. */
  readonly onPort: (port: Port) => void
}

/** A server that listens. */
export interface Loopback {
  /** The address to open, with the key: whoever has it may do all that the user may. */
  readonly url: string
  readonly close: () => Promise<void>
}

/** The largest message: a folder of photos dropped on the page at once. */
const maxMessageBytes = 512 * 2 ** 20

/**
 * Listens on 127.0.0.1.
 *
 * @throws AppError `busy` when the port is taken
 */
export async function listenOnLoopback({ root, port, onPort }: LoopbackOptions): Promise<Loopback> {
  const key = randomBytes(32).toString('base64url')
  const server = createServer()
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes })
  await listen(server, port)
  const guard = createGuard((server.address() as AddressInfo).port, key)
  server.on('request', (request, response) => {
    answer(guard, root, request, response).catch((thrown: unknown) => {
      logBug(`${request.method} ${request.url}`, AppError.from(thrown))
      if (response.headersSent) response.destroy()
      else refuse(response, 500, 'Something went wrong; the log says more.')
    })
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Whoever breaks off or sends nonsense loses the connection, and nothing else happens.
    socket.on('error', () => socket.destroy())
    if (!guard.maySpeak(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate())
      onPort(webSocketPort(webSocket))
    })
  })
  return { url: `${guard.origin}/?key=${key}`, close: async () => close(server, sockets) }
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? portTaken(port) : AppError.from(error)),
    )
    server.listen(port, '127.0.0.1', resolve)
  })
}

function portTaken(port: number): AppError {
  return new AppError('busy', `Another program uses port ${port}. Choose another one, or leave --port out.`)
}

async function close(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate()
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
}

/** Who may do what. */
interface Guard {
  readonly origin: string
  readonly cookie: string
  /** Whether the request was sent to this host by name: a page elsewhere cannot make one that was (DNS rebinding). */
  readonly isOurs: (request: IncomingMessage) => boolean
  readonly hasCookie: (request: IncomingMessage) => boolean
  readonly isKey: (given: string) => boolean
  readonly maySpeak: (request: IncomingMessage) => boolean
}

function createGuard(port: number, key: string): Guard {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`]
  // Cookies do not know ports: two studios must not overwrite each other's.
  const name = `vit-studio-${port}`
  const isKey = (given: string): boolean => {
    const [a, b] = [Buffer.from(given), Buffer.from(key)]
    return a.length === b.length && timingSafeEqual(a, b)
  }
  const isOurs = ({ headers }: IncomingMessage): boolean => hosts.includes(headers.host ?? '')
  const hasCookie = ({ headers }: IncomingMessage): boolean =>
    (headers.cookie ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .some((pair) => pair.startsWith(`${name}=`) && isKey(pair.slice(name.length + 1)))
  return {
    origin: `http://${hosts[0]}`,
    cookie: `${name}=${key}; HttpOnly; SameSite=Strict; Path=/`,
    isOurs,
    hasCookie,
    isKey,
    maySpeak: (request) =>
      isOurs(request) &&
      request.headers.origin === `http://${request.headers.host}` &&
      request.url === socketPath &&
      hasCookie(request),
  }
}

async function answer(
  guard: Guard,
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Older browsers do not count a WebSocket of the same host as 'self'.
  const headers = pageHeaders(`ws://${hostName(request.headers.host)}`)
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (!guard.isOurs(request)) return refuse(response, 403, 'This address is not served here.')
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, 405, 'Only GET is answered.')
  const url = new URL(request.url ?? '/', guard.origin)
  const key = url.searchParams.get('key')
  if (url.pathname === '/' && key !== null && guard.isKey(key)) {
    // The key goes from the address bar into a cookie that scripts cannot read.
    response.writeHead(303, { 'Set-Cookie': guard.cookie, Location: '/' }).end()
    return
  }
  if (!guard.hasCookie(request)) {
    return refuse(response, 403, 'Open the address that ViT Studio shows in its terminal; it holds the key.')
  }
  const file = await findFile(root, url.pathname)
  if (file === null) return refuse(response, 404, 'There is no such page.')
  response.writeHead(200, fileHeaders(file))
  response.end(request.method === 'HEAD' ? undefined : file.body)
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(`${text}\n`)
}

/** What the browser called this host, if it can be a part of a policy. */
function hostName(host: string | undefined): string {
  return host !== undefined && /^[\w.-]+:\d+$/.test(host) ? host : '127.0.0.1'
}
