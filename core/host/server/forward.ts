/**
 * @file The server's answers to everything that computes: requests are forwarded to the engine unchanged, and its
 * answers returned.
 */
import * as z from 'zod'

import { contract, type EngineHandlers } from '../../api/contract.ts'
import { engineSide } from '../../api/placement.ts'
import type { HandlerContext } from '../../api/rpc.ts'
import type { Thumbnails } from '../../studio/data/thumbnails.ts'
import { dataOf } from '../../studio/runs/runs.ts'
import type { ServerContext } from './context.ts'

type Caller = (input: unknown, context: HandlerContext) => unknown

/** Every method that the contract leaves to the engine. */
export function forwardToEngine({ engine, thumbnails }: ServerContext): EngineHandlers {
  const inEngine = (subject: string, name: string): Caller => {
    const api = engine.api() as unknown as Readonly<Record<string, Readonly<Record<string, Caller>>>>
    const caller = api[subject]?.[name]
    if (caller === undefined) throw new Error(`the engine has no ${subject}.${name}`)
    return caller
  }
  const call =
    (subject: string, name: string): Caller =>
    async (input, context) => {
      await allowImagesOf(input, thumbnails)
      return inEngine(subject, name)(input, context)
    }
  const stream = (subject: string, name: string): Caller =>
    async function* (input, context) {
      await allowImagesOf(input, thumbnails)
      yield* inEngine(subject, name)(input, context) as AsyncIterable<unknown>
    }
  const subjects = Object.entries(engineSide(contract)).map(([subject, methods]) => {
    const handlers = Object.entries(methods).map(([name, { kind }]) => [
      name,
      kind === 'call' ? call(subject, name) : stream(subject, name),
    ])
    return [subject, Object.fromEntries(handlers)]
  })
  return Object.fromEntries(subjects) as EngineHandlers
}

const Named = z.object({ run: z.string().optional(), folder: z.string().optional() })

/** Whoever asks the engine about a run or a folder of images will want to see them. */
async function allowImagesOf(input: unknown, thumbnails: Thumbnails): Promise<void> {
  const { run, folder } = Named.safeParse(input).data ?? {}
  if (folder !== undefined) thumbnails.allow(folder)
  if (run === undefined) return
  const { trainingRoot, validationRoot } = await dataOf(run)
  thumbnails.allow(trainingRoot)
  thumbnails.allow(validationRoot)
}
