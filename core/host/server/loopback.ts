/**
 * @file The loopback server: the window's files, which are not secret, and one WebSocket, for clients whose first
 * message proves that they belong to this machine's user. Every request must name this host, and a WebSocket this
 * origin.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

import { WebSocketServer, type WebSocket } from 'ws'

import { admission, Credentials, keyName } from '../../api/admission.ts'
import { decodeMessage } from '../../api/codec.ts'
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { socketPath, webSocketPort } from '../../api/port.ts'
import type { Port } from '../../api/rpc.ts'
import { logBug } from '../../studio/log.ts'
import { createAccess, type Access } from './access.ts'
import { fileHeaders, pageHeaders } from './page-headers.ts'
import { findFile } from './static-files.ts'

/** What to serve. */
export interface LoopbackOptions {
  /** Folder of the built window. */
  readonly root: string
  /** 0 for any free one. */
  readonly port: number
  /** Called for every window that is let in. */
  readonly onPort: (port: Port) => void
  /** Called with the next address when the previous one has been used. */
  readonly onAddress: (url: string) => void
}

/** A listening server. */
export interface Loopback {
  /** The first address to open. Its key opens one window, once: whoever has it may do everything the user may. */
  readonly url: string
  readonly close: () => Promise<void>
}

/** The largest message: some photos dropped on the page at once. */
const maxMessageBytes = 512 * 2 ** 20
/** More than windows need, fewer than would leave this process without files to open. */
const maxConnections = 256

/**
 * Listens on 127.0.0.1.
 *
 * @throws AppError `busy` when the port is taken
 */
export async function listenOnLoopback(options: LoopbackOptions): Promise<Loopback> {
  const { root, port, onPort, onAddress } = options
  const server = createServer()
  server.maxConnections = maxConnections
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes })
  await listen(server, port)
  const hosts = hostsOf(server)
  const access = createAccess(() => onAddress(addressWith(hosts, access.key())))
  server.on('request', (request, response) => {
    answer(hosts, root, request, response).catch((thrown: unknown) => {
      logBug(`${request.method} ${request.url}`, AppError.from(thrown))
      if (response.headersSent) response.destroy()
      else refuse(response, 500, 'Something went wrong; the log has the details.')
    })
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A client that breaks off or sends nonsense loses its connection, and nothing else happens.
    socket.on('error', () => socket.destroy())
    if (!isFromOurPage(hosts, request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate())
      awaitAdmission(webSocket, socket, access, () => onPort(webSocketPort(webSocket)))
    })
  })
  return { url: addressWith(hosts, access.key()), close: async () => close(server, sockets) }
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
  return new AppError(
    'busy',
    say`Another program is using port ${port}. Choose another one, or leave out --port.`,
  )
}

async function close(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate()
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
}

/** The names that clients use for this host, best first. */
function hostsOf(server: Server): readonly [string, string] {
  const { port } = server.address() as AddressInfo
  return [`127.0.0.1:${port}`, `localhost:${port}`]
}

function addressWith([host]: readonly [string, string], key: string): string {
  return `http://${host}/#${keyName}=${key}`
}

/** Whether a request was sent to this host by name: a page elsewhere cannot make such a request (DNS rebinding). */
function isForUs(hosts: readonly string[], { headers }: IncomingMessage): boolean {
  return hosts.includes(headers.host ?? '')
}

function isFromOurPage(hosts: readonly string[], request: IncomingMessage): boolean {
  const { url, headers } = request
  return isForUs(hosts, request) && headers.origin === `http://${headers.host}` && url === socketPath
}

// A window speaks at once, and only has to present two short texts.
const admissionMs = 10_000
const admissionBytes = 4096

/** Calls `onAdmitted` if the first message proves who speaks, and ends the connection otherwise. */
function awaitAdmission(webSocket: WebSocket, socket: Duplex, access: Access, onAdmitted: () => void): void {
  const deadline = setTimeout(() => webSocket.terminate(), admissionMs)
  let received = 0
  const count = (chunk: Buffer): void => {
    received += chunk.length
    if (received > admissionBytes) webSocket.terminate()
  }
  socket.on('data', count)
  webSocket.once('close', () => clearTimeout(deadline))
  webSocket.once('message', (data: Buffer) => {
    const shown = Credentials.safeParse(decodeMessage(new Uint8Array(data)))
    const secret = shown.success ? access.admit(shown.data) : null
    if (secret === null) {
      webSocket.terminate()
      return
    }
    clearTimeout(deadline)
    socket.off('data', count)
    webSocket.send(admission(secret))
    onAdmitted()
  })
}

async function answer(
  hosts: readonly string[],
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Older browsers do not count a WebSocket of the same host as 'self'.
  const headers = pageHeaders(`ws://${hostName(request.headers.host)}`)
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (!isForUs(hosts, request)) return refuse(response, 403, 'This address is not served here.')
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, 405, 'Only GET is answered.')
  const file = await findFile(root, pathOf(request))
  if (file === null) return refuse(response, 404, 'There is no such page.')
  response.writeHead(200, fileHeaders(file))
  response.end(request.method === 'HEAD' ? undefined : file.body)
}

/** The part before the query; it may be anything, since not every client is a browser. */
function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/'
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(`${text}\n`)
}

/** The name the browser used for this host, if it can be part of a policy. */
function hostName(host: string | undefined): string {
  return host !== undefined && /^[\w.-]+:\d+$/.test(host) ? host : '127.0.0.1'
}
