/**
 * @file One GET over the network: it follows redirects without showing the account's token to another host, notices a
 * silent line, and collects what every server on the way announces about the file.
 */
import type { IncomingHttpHeaders } from 'node:http'
import { PassThrough, type Readable } from 'node:stream'

import { request, type Dispatcher } from 'undici'

import { AppError, throwIfCancelled } from '../errors.ts'
import { say, inEnglish, type Sentence } from '../sentence.ts'
import { announcedDigest, single, type Digest } from './digest.ts'
import { wayOut } from './way-out.ts'

/** A failure that may be gone at the next try. */
export class Interruption extends Error {
  /** How long the server asked to be left alone. */
  readonly retryAfterSeconds: number
  readonly sentence: Sentence

  constructor(sentence: Sentence, retryAfterSeconds = 0, options?: ErrorOptions) {
    super(inEnglish(sentence), options)
    this.sentence = sentence
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

/** An answer whose body has not been read yet. Who does not read it discards it. */
export interface Reply {
  /** Where the answer came from in the end. */
  readonly url: URL
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Body
  readonly discard: () => void
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

type Announced = Pick<Reply, 'digest' | 'linkedBytes' | 'commit'>

const mostRedirects = 10

/**
 * The answer at an address, after redirects; any status but those.
 *
 * @throws Interruption when the network fails, AppError when trying again would not help or `signal` was raised
 */
export async function get(address: URL, options: RequestOptions): Promise<Reply> {
  const dispatcher = wayOut(process.env)
  try {
    return await follow(address, options, dispatcher)
  } catch (thrown) {
    // What has failed may still be connecting.
    void dispatcher.destroy()
    throw thrown
  }
}

async function follow(address: URL, options: RequestOptions, dispatcher: Dispatcher): Promise<Reply> {
  let url = address
  let { token } = options
  let known: Announced = { digest: null, linkedBytes: null, commit: null }
  for (let hop = 0; hop <= mostRedirects; hop++) {
    const answer = await ask(url, { ...options, token }, dispatcher)
    known = learn(known, answer)
    const next = redirectOf(answer, url)
    if (next === null) return { url, ...answer, ...known }
    answer.discard()
    if (next.protocol === 'http:' && url.protocol === 'https:') {
      throw new AppError(
        'io',
        say`${url.host} leads on to ${next.host} over an open line, which is not followed.`,
      )
    }
    if (next.origin !== url.origin) token = null
    url = next
  }
  throw new AppError('io', say`${address.host} only leads from one address to the next. Try again later.`)
}

function learn(known: Announced, { headers }: Answer): Announced {
  const linked = Number(single(headers['x-linked-size']) ?? Number.NaN)
  return {
    digest: known.digest ?? announcedDigest(headers),
    linkedBytes: known.linkedBytes ?? (Number.isInteger(linked) ? linked : null),
    commit: known.commit ?? single(headers['x-repo-commit']) ?? null,
  }
}

function redirectOf({ status, headers }: Answer, url: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) return null
  if (URL.canParse(headers.location, url.href)) return new URL(headers.location, url.href)
  throw new AppError(
    'io',
    say`${url.host} leads on to “${headers.location}”, which is no address. Try again later.`,
  )
}

type Answer = Pick<Reply, 'status' | 'headers' | 'body' | 'discard'>

async function ask(url: URL, options: RequestOptions, dispatcher: Dispatcher): Promise<Answer> {
  const { headers, token, signal, quietMs } = options
  throwIfCancelled(signal)
  const authorisation = token === null || !isPrivate(url) ? {} : { authorization: `Bearer ${token}` }
  // From the first connection on, that to a proxy and its answer included.
  const silence = new AbortController()
  const timer = setTimeout(() => silence.abort(silent(url, quietMs)), quietMs)
  const end = AbortSignal.any([signal, silence.signal])
  const asked = request(url, {
    dispatcher,
    signal: end,
    headers: { ...headers, ...authorisation },
    bodyTimeout: quietMs,
    // A download takes minutes: the next request has no use for this connection.
    reset: true,
  })
  try {
    // While it connects it does not listen to its signal.
    const answer = await Promise.race([asked, failureOf(end)])
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: collect(answer.body),
      discard: () => answer.body.destroy(),
    }
  } catch (thrown) {
    throwIfCancelled(signal)
    throw networkFailure(thrown, url, quietMs)
  } finally {
    clearTimeout(timer)
  }
}

async function failureOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}

function silent({ host }: URL, quietMs: number): Interruption {
  return new Interruption(say`${host} has sent nothing for ${Math.ceil(quietMs / 1000)} seconds.`)
}

function isPrivate({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1'
}

const mostWaiting = 1 << 20

function collect(stream: Readable): Body {
  const body: Body = { pieces: new PassThrough({ highWaterMark: mostWaiting }), failure: null }
  const breakOff = (error: Error): void => {
    body.failure ??= error
    body.pieces.end()
  }
  stream.on('error', breakOff)
  stream.on('close', () => {
    if (!stream.readableEnded) breakOff(new Error('it was closed'))
  })
  stream.pipe(body.pieces)
  return body
}

/**
 * The body of an answer, piece by piece.
 *
 * @throws Interruption when the line breaks or is silent, after all that has come
 */
export async function* bodyOf(
  { body, url }: Reply,
  { signal, quietMs }: Pick<RequestOptions, 'signal' | 'quietMs'>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of body.pieces) yield piece as Uint8Array
  if (body.failure === null) return
  throwIfCancelled(signal)
  throw networkFailure(body.failure, url, quietMs)
}

const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/

function networkFailure(thrown: unknown, url: URL, quietMs: number): Error {
  const { host } = url
  const { code = '', message } = thrown as NodeJS.ErrnoException
  if (thrown instanceof Interruption) return thrown
  if (code === 'UND_ERR_BODY_TIMEOUT') return silent(url, quietMs)
  const cause = { cause: thrown }
  if (untrusted.test(code)) {
    const advice = say`If your network has its own certificate, name its file in NODE_EXTRA_CA_CERTS and start again.`
    return new AppError('io', say`The certificate of ${host} is not trusted (${code}). ${advice}`, {}, cause)
  }
  return new Interruption(reasonFor(code, host, message), 0, cause)
}

function reasonFor(code: string, host: string, message: string): Sentence {
  const refused = /^Proxy response \((\d+)\)/.exec(message)?.[1]
  if (refused !== undefined) return say`The proxy answered ${refused} to the request for ${host}.`
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return say`${host} was not found: this machine seems to be offline.`
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'ENETDOWN':
      return say`There is no way to ${host}: this machine seems to be offline.`
    case 'ECONNREFUSED':
      return say`${host} does not take the connection.`
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return say`${host} does not answer.`
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return say`The connection to ${host} broke.`
    default:
      return say`The connection to ${host} failed (${message}).`
  }
}
