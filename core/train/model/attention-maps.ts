/** @file Where a model looks in one image, computed over weights that are on the engine already. */
import type { Engine, Program, State } from '../../engine/engine.ts'
import { divide, reduceSum } from '../../graph/build.ts'
import type { Graph } from '../../graph/ir.ts'
import { simplify } from '../../graph/simplify.ts'
import { attentionRollout } from '../../inspect/rollout.ts'
import { invariant } from '../../errors.ts'
import { sizeOf } from '../../tensor/shape.ts'
import { byteTensor, floatTensor, type FloatTensor } from '../../tensor/tensor.ts'
import { prefixTokens } from '../../vit/config.ts'
import { inferenceGraph, pixelShape, type ModelGraphs } from '../step/graphs.ts'
import { sliceOrPad } from '../step/stepper.ts'

/** Shares of the patches in what the head reads, [rows, columns] each; see `attentionRollout`. */
export interface AttentionMaps {
  /** Through all blocks. */
  readonly rollout: FloatTensor
  /**
   * Through the last block alone; with attention pooling, the weights of the pooling. The identity of the residual
   * path adds the same to every patch or to none, so the picture is that of the attention itself.
   */
  readonly lastLayer: FloatTensor
}

/** Computes the maps of one image, uint8 [1, R, R, 3]. The program is prepared on first use. */
export interface AttentionReader {
  readonly read: (pixels: Uint8Array) => Promise<AttentionMaps>
  readonly dispose: () => Promise<void>
}

/** A reader over a model's weights. */
export function createAttentionReader(engine: Engine, model: ModelGraphs, state: State): AttentionReader {
  let program: Promise<Program> | undefined
  return {
    read: async (pixels) => {
      program ??= engine.load(attentionGraph(model), state)
      const shape = pixelShape(model.config, 1)
      const feeds = new Map([['pixels', byteTensor(shape, sliceOrPad(pixels, 0, sizeOf(shape)))]])
      return mapsOf(model, await (await program).run(feeds))
    },
    dispose: async () => (await program)?.dispose(),
  }
}

/**
 * Outputs `attention/i` [1, 1, N, N], the mean over the heads of block i: a large model's heads all together would
 * take gigabytes. With attention pooling also `attention/pooling` [1, 1, 1, N].
 */
function attentionGraph(model: ModelGraphs): Graph {
  const { outputs, updates } = inferenceGraph(model, 1, { outputs: ['attentions'], allTokens: true })
  const means = [...outputs].map(([name, value]) => {
    return [name, divide(reduceSum(value, [1]), value.shape[1] ?? 1)] as const
  })
  return simplify({ outputs: new Map(means), updates })
}

function mapsOf({ config }: ModelGraphs, outputs: ReadonlyMap<string, FloatTensor>): AttentionMaps {
  const named = (name: string): FloatTensor => {
    const found = outputs.get(name)
    invariant(found !== undefined, () => `no output named ${name}`)
    return floatTensor(found.shape.slice(1), found.data)
  }
  const attentions = Array.from({ length: config.depth }, (_, index) => named(`attention/${index}`))
  if (config.pooling === 'attention') attentions.push(named('attention/pooling'))
  const through = (some: readonly FloatTensor[]): FloatTensor =>
    attentionRollout(some, prefixTokens(config), config.grid, config.pooling)
  return { rollout: through(attentions), lastLayer: through(attentions.slice(-1)) }
}
