/** @file What a server's status means for a download: continue, try again later, or a sentence for the person. */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { Interruption, type Reply } from './request.ts'

/** Statuses with a body to read, or with nothing left to send. */
const usable = [200, 206, 416]

// A server under load recovers in minutes; beyond that a person should decide.
const longestRetrySeconds = 15 * 60

/**
 * Makes sure that an answer can be used.
 *
 * @throws Interruption where it is worth trying again, AppError where it is not
 */
export function requireUsable({ status, headers, url, discard }: Reply): void {
  if (usable.includes(status)) return
  discard()
  const { host } = url
  if (status === 429 || status === 408 || status >= 500) {
    const seconds = secondsOf(headers['retry-after'])
    if (seconds > longestRetrySeconds) {
      throw new AppError(
        'busy',
        say`${host} is overloaded and asks you to wait for ${Math.ceil(seconds / 60)} minutes. Continue the download then; what has arrived is kept.`,
      )
    }
    throw new Interruption(
      status === 429
        ? say`${host} is receiving too many requests (status ${status}).`
        : say`${host} is not working properly (status ${status}).`,
      seconds,
    )
  }
  throw refusal(status, url)
}

function refusal(status: number, { host, pathname }: URL): AppError {
  const file = decodeURIComponent(pathname.slice(1))
  if (status === 401 || status === 403) {
    return new AppError(
      'io',
      say`${host} does not give ${file} to everyone (status ${status}). Accept the model's terms on its page, set HF_TOKEN to a token of your account and start again; or choose a file you already have.`,
      { status },
    )
  }
  if (status === 404 || status === 410) {
    return new AppError(
      'not_found',
      say`${host} has no file ${file} (status ${status}). If this is a mirror, choose another or none; otherwise the model has moved.`,
      { status },
    )
  }
  return new AppError(
    'io',
    say`${host} does not give ${file} (status ${status}). Try again later, or use a mirror.`,
    {
      status,
    },
  )
}

/** Retry-After comes as seconds or as a date. */
function secondsOf(header: string | undefined): number {
  if (header === undefined) return 0
  if (/^\d+$/.test(header)) return Number(header)
  const date = Date.parse(header)
  return Number.isNaN(date) ? 0 : Math.max(0, (date - Date.now()) / 1000)
}
