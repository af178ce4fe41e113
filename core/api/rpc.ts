/**
 * @file Calls and streams over a port: what a method is, the messages, the client of a contract and its server.
 * Failures travel as data; anything that is not an AppError becomes `internal` and is reported to the server's log
 * only.
 */
import * as z from 'zod'

import { AppError, errorCodes } from '../errors.ts'
import { Sentence } from '../sentence.ts'

/** A method that answers once. */
export interface Call<Input extends z.ZodType, Output extends z.ZodType> {
  readonly kind: 'call'
  readonly input: Input
  readonly output: Output
}

/** A method that answers with any number of items. */
export interface Stream<Input extends z.ZodType, Item extends z.ZodType> {
  readonly kind: 'stream'
  readonly input: Input
  readonly item: Item
}

export type Method = Call<z.ZodType, z.ZodType> | Stream<z.ZodType, z.ZodType>

/** Methods by subject and name: `contract.runs.list`. */
export type Contract = Readonly<Record<string, Readonly<Record<string, Method>>>>

/** Describes a method that answers once. */
export function call<Input extends z.ZodType, Output extends z.ZodType>(
  input: Input,
  output: Output,
): Call<Input, Output> {
  return { kind: 'call', input, output }
}

/** Describes a method that answers with a stream of items. */
export function stream<Input extends z.ZodType, Item extends z.ZodType>(
  input: Input,
  item: Item,
): Stream<Input, Item> {
  return { kind: 'stream', input, item }
}

/** How a caller stops a call or a stream; it then throws AppError `cancelled`. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined
}

type ClientMethod<M> =
  M extends Call<infer Input, infer Output>
    ? (input: z.input<Input>, options?: CallOptions) => Promise<z.output<Output>>
    : M extends Stream<infer Input, infer Item>
      ? (input: z.input<Input>, options?: CallOptions) => AsyncIterable<z.output<Item>>
      : never

/** The caller's side of a contract: `client.runs.list()`, `for await (const item of client.data.check(…))`. */
export type Client<C extends Contract> = {
  readonly [Subject in keyof C]: { readonly [Name in keyof C[Subject]]: ClientMethod<C[Subject][Name]> }
}

/** What a handler gets besides its input. */
export interface HandlerContext {
  /** Aborted when the caller withdraws or its port closes. */
  readonly signal: AbortSignal
}

type HandlerMethod<M> =
  M extends Call<infer Input, infer Output>
    ? (input: z.output<Input>, context: HandlerContext) => z.output<Output> | Promise<z.output<Output>>
    : M extends Stream<infer Input, infer Item>
      ? (input: z.output<Input>, context: HandlerContext) => AsyncIterable<z.output<Item>>
      : never

/** The answering side of a contract. */
export type Handlers<C extends Contract> = {
  readonly [Subject in keyof C]: { readonly [Name in keyof C[Subject]]: HandlerMethod<C[Subject][Name]> }
}

/** A failure as it travels. */
export const WireError = z.object({
  code: z.enum(errorCodes),
  sentence: Sentence,
  details: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]),
  ),
})
export type WireError = z.output<typeof WireError>

/** What goes over a port. `end` carries the answer of a call; a stream ends without a value. */
export const Message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('request'), id: z.int(), method: z.string(), input: z.unknown().optional() }),
  z.object({ kind: z.literal('abort'), id: z.int() }),
  z.object({ kind: z.literal('item'), id: z.int(), value: z.unknown().optional() }),
  z.object({ kind: z.literal('end'), id: z.int(), value: z.unknown().optional() }),
  z.object({ kind: z.literal('error'), id: z.int(), error: WireError }),
])
export type Message = z.output<typeof Message>

/** Something that carries messages both ways, in order. */
export interface Port {
  readonly post: (message: Message) => void
  /** Messages are plain data of unknown origin; the receiver checks them. */
  readonly onMessage: (listener: (message: unknown) => void) => void
  readonly onClose: (listener: () => void) => void
  /** Resolves once there is room for more; a stream waits for it before its next item. */
  readonly drained?: () => Promise<void>
}

/** A failure as data. */
export function toWire({ code, sentence, details }: AppError): WireError {
  const plain = Object.entries(details).map(([name, value]) => [
    name,
    Array.isArray(value) ? [...(value as readonly (string | number)[])] : value,
  ])
  return { code, sentence, details: Object.fromEntries(plain) as WireError['details'] }
}

/** A failure from data. */
export function fromWire({ code, sentence, details }: WireError): AppError {
  return new AppError(code, sentence, details)
}
