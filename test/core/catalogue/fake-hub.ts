/**
 * @file A small Hub on this machine, with a second host for the bytes as the real one has, whose connection can be made
 * as bad as needed: it drops, stalls, cuts short, damages, forgets ranges, changes files, asks for patience or for a
 * token.
 */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { onTestFinished } from 'vitest'

/** One request as it came in. */
export interface HubRequest {
  /** `hub` or `store`. */
  readonly host: string
  readonly path: string
  readonly range: string | undefined
  readonly ifRange: string | undefined
  readonly authorisation: string | undefined
}

/** What the store does with one request. The bytes start at the requested range. */
export type Mischief = (answer: ServerResponse, bytes: Buffer, request: IncomingMessage) => void

/** The Hub of one test. */
export interface FakeHub {
  /** Address of the host that is asked first. */
  readonly url: string
  readonly seen: HubRequest[]
  /** Puts a file there, or another version of it. */
  readonly put: (path: string, content: Buffer) => void
  /** The next requests for a file's bytes go wrong in these ways, one after the other; later ones go well. */
  readonly spoil: (path: string, ...ways: readonly Mischief[]) => void
  /** What the hub itself answers to every request, instead of redirecting to the store. */
  answer: ((answer: ServerResponse, request: IncomingMessage) => void) | null
}

interface HubOptions {
  /** Announces neither checksum nor commit, and mentions no other host: a plain file server. */
  readonly plain?: boolean
  /** What a plain server tells versions apart by. */
  readonly marks?: 'etag' | 'nothing'
}

/** Starts a Hub that ends with the running test. */
export async function fakeHub({ plain = false, marks = 'etag' }: HubOptions = {}): Promise<FakeHub> {
  const files = new Map<string, Buffer>()
  const mischief = new Map<string, Mischief[]>()
  const seen: HubRequest[] = []
  const note = (host: string, { url = '', headers }: IncomingMessage): string => {
    const { range, 'if-range': ifRange, authorization: authorisation } = headers
    seen.push({ host, path: url, range, ifRange: ifRange as string | undefined, authorisation })
    return decodeURIComponent(url)
  }
  const serveBytes = (host: string) => (request: IncomingMessage, answer: ServerResponse) => {
    const path = note(host, request)
    const content = files.get(path)
    if (content === undefined) return answer.writeHead(404).end()
    const etag = `"store-${sha256(content).slice(0, 8)}"`
    if (marks === 'etag') answer.setHeader('etag', etag)
    const way = mischief.get(path)?.shift() ?? whole
    const from = startOf(request, etag)
    if (way === whole && from >= content.length && from > 0) return answer.writeHead(416).end()
    if (from > 0 && !keepsNoRanges.has(way)) {
      answer.statusCode = 206
      answer.setHeader('content-range', `bytes ${from}-${content.length - 1}/${content.length}`)
    }
    return way(answer, keepsNoRanges.has(way) ? content : content.subarray(from), request)
  }
  const store = await listen(serveBytes('store'))
  const hub: FakeHub = {
    url: '',
    seen,
    put: (path, content) => void files.set(`/${path}`, content),
    spoil: (path, ...ways) => void mischief.set(`/${path}`, [...ways]),
    answer: null,
  }
  const front = await listen((request, answer) => {
    if (hub.answer !== null) {
      note('hub', request)
      return hub.answer(answer, request)
    }
    if (plain) return serveBytes('hub')(request, answer)
    const path = note('hub', request)
    const content = files.get(path)
    if (content === undefined) return answer.writeHead(404).end()
    answer.setHeader('x-repo-commit', 'c0ffee')
    if (path.endsWith('.json')) {
      return answer
        .writeHead(200, { etag: `"${gitSum(content)}"`, 'content-length': content.length })
        .end(content)
    }
    const linked = { 'x-linked-etag': `"${sha256(content)}"`, 'x-linked-size': content.length }
    return answer.writeHead(302, { ...linked, location: `${addressOf(store)}${path}` }).end()
  })
  return Object.assign(hub, { url: addressOf(front) })
}

function startOf({ headers }: IncomingMessage, etag: string): number {
  const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)
  return headers['if-range'] === undefined || headers['if-range'] === etag ? start : 0
}

/** Sends everything, correctly. */
export const whole: Mischief = (answer, bytes) => {
  answer.setHeader('content-length', bytes.length)
  answer.end(bytes)
}

// What arrives together with the end of a connection may be lost by the reader, as on any connection.
const beforeTheBreakMs = 25

/** Breaks the connection after this many bytes. */
export function dropAfter(count: number): Mischief {
  return (answer, bytes) => {
    answer.setHeader('content-length', bytes.length)
    answer.write(bytes.subarray(0, count), () => setTimeout(() => answer.destroy(), beforeTheBreakMs))
  }
}

/** Sends this many bytes and then nothing more, with the connection open. */
export function stallAfter(count: number): Mischief {
  return (answer, bytes) => {
    answer.setHeader('content-length', bytes.length)
    answer.write(bytes.subarray(0, count))
  }
}

/** Ends normally after this many bytes, as if that were all. */
export function cutShortAfter(count: number): Mischief {
  return (answer, bytes, request) => {
    answer.removeHeader('content-length')
    answer.setHeader('connection', 'close')
    answer.useChunkedEncodingByDefault = false
    answer.write(bytes.subarray(0, count), () => setTimeout(() => request.socket.end(), beforeTheBreakMs))
  }
}

/** Changes one byte on the way. */
export const damage: Mischief = (answer, bytes) => {
  const wrong = Buffer.from(bytes)
  wrong.writeUInt8(wrong.readUInt8(wrong.length - 1) ^ 1, wrong.length - 1)
  whole(answer, wrong, answer.req)
}

/** Knows nothing of ranges: sends all from the beginning. */
export const forgetRange: Mischief = (answer, bytes, request) => whole(answer, bytes, request)

/** Knows nothing of ranges, and breaks too. */
export const forgetRangeAndDrop: Mischief = (answer, bytes, request) => dropAfter(300)(answer, bytes, request)

const keepsNoRanges = new Set<Mischief>([forgetRange, forgetRangeAndDrop])

/** Answers with a status and headers alone. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}): Mischief {
  return (answer) => {
    answer.removeHeader('content-range')
    answer.writeHead(code, headers).end()
  }
}

export function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** The hash that git gives a file. */
export function gitSum(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')
}

/** Starts a server on any free port, which ends with the running test. */
export async function listen(
  answer: (request: IncomingMessage, answer: ServerResponse) => void,
): Promise<Server> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return server
}

export function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
