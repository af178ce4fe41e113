/** @file The answering side of a contract over a port: checks every input, runs handlers, sends what they return. */
import * as z from 'zod'

import { AppError } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import {
  Message,
  toWire,
  type Contract,
  type HandlerContext,
  type Handlers,
  type Method,
  type Port,
} from './rpc.ts'

type AnyHandler = (input: unknown, context: HandlerContext) => unknown

interface Route {
  readonly method: Method
  readonly handler: AnyHandler
}

/** Called for every failure that is a bug of ours, with the method's name. */
export type BugListener = (method: string, error: AppError) => void

/** Answers requests that arrive at `port` until it closes; then everything in progress is aborted. */
export function serve<C extends Contract>(
  port: Port,
  contract: C,
  handlers: Handlers<C>,
  onBug: BugListener,
): void {
  const routes = routesOf(contract, handlers)
  const running = new Map<number, AbortController>()
  port.onMessage((raw) => {
    const parsed = Message.safeParse(raw)
    if (!parsed.success) return
    const message = parsed.data
    if (message.kind === 'abort') running.get(message.id)?.abort()
    if (message.kind === 'request' && !running.has(message.id)) {
      const controller = new AbortController()
      running.set(message.id, controller)
      void answer(port, routes, message, controller.signal, onBug)
        // An answer that cannot be written as a message is a bug of ours as well; nothing else must be affected by it.
        .catch((thrown: unknown) => onBug(message.method, AppError.from(thrown)))
        .finally(() => running.delete(message.id))
    }
  })
  port.onClose(() => {
    for (const controller of running.values()) controller.abort()
  })
}

function routesOf<C extends Contract>(contract: C, handlers: Handlers<C>): ReadonlyMap<string, Route> {
  const table = handlers as Readonly<Record<string, Readonly<Record<string, AnyHandler>>>>
  const routes = new Map<string, Route>()
  for (const [subject, methods] of Object.entries(contract)) {
    for (const [name, method] of Object.entries(methods)) {
      const handler = table[subject]?.[name]
      if (handler !== undefined) routes.set(`${subject}.${name}`, { method, handler })
    }
  }
  return routes
}

type Request = Extract<Message, { kind: 'request' }>

async function answer(
  port: Port,
  routes: ReadonlyMap<string, Route>,
  { id, method: name, input }: Request,
  signal: AbortSignal,
  onBug: BugListener,
): Promise<void> {
  // Whoever withdrew a request no longer waits for an answer.
  const post = (message: Message): void => {
    if (!signal.aborted) port.post(message)
  }
  try {
    const route = routes.get(name)
    if (route === undefined) throw new AppError('unsupported', unknownMethod(name))
    const value = route.handler(checkInput(name, route.method, input), { signal })
    if (route.method.kind === 'stream') {
      await sendItems(port, id, value as AsyncIterable<unknown>, signal)
      post({ kind: 'end', id, value: undefined })
    } else post({ kind: 'end', id, value: await value })
  } catch (thrown) {
    const error = AppError.from(thrown)
    if (error.code === 'internal') onBug(name, error)
    post({ kind: 'error', id, error: toWire(error) })
  }
}

function unknownMethod(name: string): Sentence {
  return say`The studio does not know ${name}: the window and the engine are different versions. Reload the page.`
}

function checkInput(name: string, { input: schema }: Method, input: unknown): unknown {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw new AppError(
    'invalid_input',
    say`${name} was called with invalid input. ${z.prettifyError(parsed.error)}`,
  )
}

async function sendItems(
  port: Port,
  id: number,
  items: AsyncIterable<unknown>,
  signal: AbortSignal,
): Promise<void> {
  for await (const value of items) {
    if (signal.aborted) return
    port.post({ kind: 'item', id, value })
    // The producer waits for a slow reader instead of filling memory.
    await port.drained?.()
  }
}
