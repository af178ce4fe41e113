/**
 * @file One GET over the network: it follows redirects without showing the account's token to another host, notices a
 * silent line, and collects what every server on the way announces about the file.
 */
import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { PassThrough } from 'node:stream'

import { AppError, throwIfCancelled } from '../errors.ts'
import { announcedDigest, single, type Digest } from './digest.ts'
import { proxyFor, tunnel } from './proxy.ts'

/** A failure that may be gone at the next try. The message is a sentence for people. */
export class Interruption extends Error {
  /** How long the server asked to be left alone. */
  readonly retryAfterSeconds: number

  constructor(message: string, retryAfterSeconds = 0, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Interruption'
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** What a request is made with. */
export interface RequestOptions {
  readonly headers: Readonly<Record<string, string>>
  /** Shown to the host asked first, and to no other; never over an open line. */
  readonly token: string | null
  readonly signal: AbortSignal
  /** Milliseconds of silence after which the line counts as dead. */
  readonly quietMs: number
}

/** An answer whose body has not been read yet. */
export interface Reply {
  /** Where the answer came from in the end. */
  readonly url: URL
  readonly message: IncomingMessage
  readonly body: Body
  /** The file's checksum, as announced on the way. */
  readonly digest: Digest | null
  /** The file's size, as announced on the way by whoever sent us on. */
  readonly linkedBytes: number | null
  /** The commit of a repository on the Hub. */
  readonly commit: string | null
}

/** What has come of a body so far. A stream that breaks forgets what was not read yet; this one keeps it. */
interface Body {
  readonly pieces: PassThrough
  /** How the line broke, once it has. */
  failure: Error | null
}

const mostRedirects = 10

/**
 * The answer at an address, after redirects; any status but those.
 *
 * @throws Interruption when the network fails, AppError when trying again would not help or `signal` was raised
 */
export async function get(address: URL, options: RequestOptions): Promise<Reply> {
  let url = address
  let { token } = options
  let known: Pick<Reply, 'digest' | 'linkedBytes' | 'commit'> = {
    digest: null,
    linkedBytes: null,
    commit: null,
  }
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const { message, body } = await ask(url, { ...options, token })
    known = learn(known, message)
    const next = redirectOf(message, url)
    if (next === null) return { url, message, body, ...known }
    message.destroy()
    if (next.protocol === 'http:' && url.protocol === 'https:') {
      throw new AppError(
        'io',
        `${url.host} leads on to ${next.host} over an open line, which is not followed.`,
      )
    }
    if (next.origin !== url.origin) token = null
    url = next
  }
  throw new AppError('io', `${address.host} only leads from one address to the next. Try again later.`)
}

function learn(known: Pick<Reply, 'digest' | 'linkedBytes' | 'commit'>, { headers }: IncomingMessage) {
  const linked = Number(single(headers['x-linked-size']) ?? Number.NaN)
  return {
    digest: known.digest ?? announcedDigest(headers),
    linkedBytes: known.linkedBytes ?? (Number.isInteger(linked) ? linked : null),
    commit: known.commit ?? single(headers['x-repo-commit']) ?? null,
  }
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, url: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return null
  if (URL.canParse(headers.location, url.href)) return new URL(headers.location, url.href)
  throw new AppError(
    'io',
    `${url.host} leads on to “${headers.location}”, which is no address. Try again later.`,
  )
}

type Answer = Pick<Reply, 'message' | 'body'>

async function ask(url: URL, options: RequestOptions): Promise<Answer> {
  const { signal } = options
  throwIfCancelled(signal)
  try {
    const asked = await begin(url, options)
    return await answerTo(asked, url, options.quietMs)
  } catch (thrown) {
    throwIfCancelled(signal)
    throw networkFailure(thrown, url)
  }
}

async function begin(url: URL, { headers, token, signal }: RequestOptions): Promise<ClientRequest> {
  const proxy = proxyFor(url)
  const socket = proxy === null ? null : await tunnel(proxy, url, signal)
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  const authorisation = token === null || !isPrivate(url) ? {} : { authorization: `Bearer ${token}` }
  return request(url, {
    // Without an agent a usual port would be named too, which signed addresses do not expect.
    headers: { ...headers, ...authorisation, host: url.host },
    signal,
    // Without an agent of its own a request takes the connection it is given.
    ...(socket === null ? { agent: false } : { createConnection: () => socket }),
  })
}

function isPrivate({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1'
}

async function answerTo(asked: ClientRequest, { host }: URL, quietMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let answer: IncomingMessage | null = null
    // Kept on: a line that breaks later is told here too, besides in the body.
    asked.on('error', reject)
    asked.once('response', (message) => {
      answer = message
      resolve({ message, body: collect(message) })
    })
    asked.setTimeout(quietMs, () => {
      const silence = new Interruption(`${host} has sent nothing for ${Math.ceil(quietMs / 1000)} seconds.`)
      // What has begun to arrive fails by itself; before that there is only the question to withdraw.
      if (answer === null) asked.destroy(silence)
      else answer.destroy(silence)
    })
    asked.end()
  })
}

const mostWaiting = 1 << 20

function collect(message: IncomingMessage): Body {
  const body: Body = { pieces: new PassThrough({ highWaterMark: mostWaiting }), failure: null }
  const breakOff = (error: Error): void => {
    body.failure ??= error
    body.pieces.end()
  }
  message.on('error', breakOff)
  message.on('close', () => {
    if (!message.complete) breakOff(new Error('it was closed'))
  })
  message.pipe(body.pieces)
  return body
}

/** The body of an answer, piece by piece. @throws Interruption when the line breaks, after all that has come */
export async function* bodyOf({ body, url }: Reply, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const piece of body.pieces) yield piece as Uint8Array
  if (body.failure === null) return
  throwIfCancelled(signal)
  throw networkFailure(body.failure, url)
}

const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/

function networkFailure(thrown: unknown, { host }: URL): Error {
  if (thrown instanceof Interruption || thrown instanceof AppError) return thrown
  const { code = '', message } = thrown as NodeJS.ErrnoException
  const cause = { cause: thrown }
  if (untrusted.test(code)) {
    const advice =
      'If your network has its own certificate, name its file in NODE_EXTRA_CA_CERTS and start again.'
    return new AppError('io', `The certificate of ${host} is not trusted (${code}). ${advice}`, {}, cause)
  }
  return new Interruption(reasonFor(code, host, message), 0, cause)
}

function reasonFor(code: string, host: string, message: string): string {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} was not found: this machine seems to be offline.`
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'ENETDOWN':
      return `There is no way to ${host}: this machine seems to be offline.`
    case 'ECONNREFUSED':
      return `${host} does not take the connection.`
    case 'ETIMEDOUT':
      return `${host} does not answer.`
    case 'ECONNRESET':
    case 'EPIPE':
      return `The connection to ${host} broke.`
    default:
      return `The connection to ${host} failed (${message}).`
  }
}
