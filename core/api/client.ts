/** @file The caller's side of a contract over a port. */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { createFeed } from './feed.ts'
import { fromWire, Message, type CallOptions, type Client, type Contract, type Port } from './rpc.ts'

/** What waits for the answers to one request. */
interface Pending {
  readonly onItem: (value: unknown) => void
  readonly onEnd: (value: unknown) => void
  readonly onError: (error: AppError) => void
}

interface Connection {
  /** Sends a request and returns a function that withdraws it. */
  readonly request: (method: string, input: unknown, pending: Pending) => () => void
}

/** The client of `contract` over `port`. When the port closes, every current and later request throws `lost()`. */
export function connect<C extends Contract>(
  port: Port,
  contract: C,
  lost: () => AppError = connectionLost,
): Client<C> {
  const connection = openConnection(port, lost)
  const subjects = Object.entries(contract).map(([subject, methods]) => {
    const callers = Object.entries(methods).map(([name, method]) => {
      const path = `${subject}.${name}`
      const caller = method.kind === 'call' ? callMethod : streamMethod
      return [name, (input: unknown, options?: CallOptions) => caller(connection, path, input, options)]
    })
    return [subject, Object.fromEntries(callers)]
  })
  return Object.fromEntries(subjects) as Client<C>
}

function openConnection(port: Port, lost: () => AppError): Connection {
  const waiting = new Map<number, Pending>()
  let lastId = 0
  let isClosed = false
  port.onMessage((raw) => {
    const parsed = Message.safeParse(raw)
    if (parsed.success) dispatch(waiting, parsed.data)
  })
  port.onClose(() => {
    isClosed = true
    for (const pending of waiting.values()) pending.onError(lost())
    waiting.clear()
  })
  return {
    request: (method, input, pending) => {
      const id = ++lastId
      if (isClosed) {
        pending.onError(lost())
        return () => undefined
      }
      waiting.set(id, pending)
      port.post({ kind: 'request', id, method, input })
      return () => {
        if (waiting.delete(id)) port.post({ kind: 'abort', id })
      }
    },
  }
}

function dispatch(waiting: Map<number, Pending>, message: Message): void {
  const pending = waiting.get(message.id)
  // An answer that was already on its way when we aborted.
  if (pending === undefined) return
  if (message.kind === 'item') pending.onItem(message.value)
  if (message.kind === 'end' || message.kind === 'error') waiting.delete(message.id)
  if (message.kind === 'end') pending.onEnd(message.value)
  if (message.kind === 'error') pending.onError(fromWire(message.error))
}

function connectionLost(): AppError {
  return new AppError(
    'io',
    say`The connection to the studio was lost. Check that it is still running in its terminal, then reload this page.`,
  )
}

function cancelled(): AppError {
  return new AppError('cancelled', say`Stopped on request.`)
}

async function callMethod(
  connection: Connection,
  method: string,
  input: unknown,
  { signal }: CallOptions = {},
): Promise<unknown> {
  if (signal?.aborted === true) throw cancelled()
  return new Promise<unknown>((resolve, reject) => {
    const onAbort = (): void => {
      takeBack()
      reject(cancelled())
    }
    const ending =
      <T>(end: (value: T) => void) =>
      (value: T): void => {
        signal?.removeEventListener('abort', onAbort)
        end(value)
      }
    const takeBack = connection.request(method, input, {
      onItem: () => undefined,
      onEnd: ending(resolve),
      onError: ending(reject),
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

/** Starts with the first `next()`; leaving the loop withdraws the request. */
async function* streamMethod(
  connection: Connection,
  method: string,
  input: unknown,
  { signal }: CallOptions = {},
): AsyncGenerator<unknown, void, void> {
  if (signal?.aborted === true) throw cancelled()
  const feed = createFeed<unknown>('unread')
  const takeBack = connection.request(method, input, {
    onItem: feed.push,
    onEnd: () => feed.end(),
    onError: feed.end,
  })
  const onAbort = (): void => feed.end(cancelled())
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    yield* feed.follow()
  } finally {
    signal?.removeEventListener('abort', onAbort)
    takeBack()
  }
}
