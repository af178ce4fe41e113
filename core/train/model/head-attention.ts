/** @file The attention of every head in one image, block by block: the heads of a large model together would take gigabytes. */
import type { Engine, Program, State } from '../../engine/engine.ts'
import { invariant } from '../../errors.ts'
import { at, sizeOf } from '../../tensor/shape.ts'
import { byteTensor, floatTensor, type FloatTensor } from '../../tensor/tensor.ts'
import { patchCount, prefixTokens, type VitConfig } from '../../vit/config.ts'
import { inferenceGraph, pixelShape, type ModelGraphs } from '../step/graphs.ts'
import { sliceOrPad } from '../step/stepper.ts'

/** Reads one image, uint8 [1, R, R, 3]. Programs are prepared on first use. */
export interface HeadReader {
  /** Of each block [H, T, T], T = prefix + N tokens, rows are queries; then that of attention pooling, [H, 1, N]. */
  readonly read: (pixels: Uint8Array) => AsyncGenerator<FloatTensor, void, void>
  readonly dispose: () => Promise<void>
}

/** Bytes of the attention that is in memory at once. */
const mostBytes = 256e6

/** A reader over a model's weights. */
export function createHeadReader(engine: Engine, model: ModelGraphs, state: State): HeadReader {
  const groups = groupsOf(model.config)
  const programs: Promise<Program>[] = []
  return {
    read: async function* (pixels) {
      const shape = pixelShape(model.config, 1)
      const feeds = new Map([['pixels', byteTensor(shape, sliceOrPad(pixels, 0, sizeOf(shape)))]])
      for (const [place, names] of groups.entries()) {
        programs[place] ??= engine.load(graphOf(model, names), state)
        const found = await (await at(programs, place)).run(feeds)
        for (const name of names) {
          const attention = found.get(name)
          invariant(attention !== undefined, () => `no output named ${name}`)
          yield floatTensor(attention.shape.slice(1), attention.data)
        }
      }
    },
    dispose: async () => {
      for (const program of programs) await (await program).dispose()
    },
  }
}

/** Outputs that are computed together, in order. */
function groupsOf(config: VitConfig): string[][] {
  const tokens = prefixTokens(config) + patchCount(config.grid)
  const together = Math.max(1, Math.floor(mostBytes / (4 * config.heads * tokens ** 2)))
  const names = Array.from({ length: config.depth }, (_, block) => `attention/${block}`)
  if (config.pooling === 'attention') names.push('attention/pooling')
  const count = Math.ceil(names.length / together)
  return Array.from({ length: count }, (_, group) => names.slice(group * together, (group + 1) * together))
}

function graphOf(model: ModelGraphs, names: readonly string[]): ReturnType<typeof inferenceGraph> {
  const { outputs, updates } = inferenceGraph(model, 1, { outputs: ['attentions'], allTokens: true })
  return { outputs: new Map([...outputs].filter(([name]) => names.includes(name))), updates }
}
