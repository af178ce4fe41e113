/** @file What the engine finds inside a model, asked for when it is shown and dropped when it is left. */
import { useEffect, useState } from 'react'

import type { BlockAttention, HeadDistances, ModelFigures } from '../../../core/api/contract/inspect.ts'
import type { ModelOverrides } from '../../../core/api/contract/overrides.ts'
import { useStudio } from '../../studio.ts'
import { wordsOfError } from '../../text/sentences.ts'

/** A model to look into. */
export interface InsideModel {
  /** Of a checkpoint, or the folder of a run. */
  readonly path: string
  readonly overrides?: ModelOverrides
  /** What it is called above its pictures. */
  readonly title: string
}

/** A photo by its folder and the path in it. */
export interface LookedAt {
  readonly folder: string
  readonly path: string
}

interface Found<T> {
  readonly key: string
  readonly value: T | null
  readonly problem: string | null
}

/** Asks again whenever the key is another; what was found for an old one is not shown. */
function useAnswer<T>(key: string, ask: (signal: AbortSignal) => Promise<T>): Omit<Found<T>, 'key'> {
  const [found, setFound] = useState<Found<T>>({ key: '', value: null, problem: null })
  useEffect(() => {
    const interest = new AbortController()
    const answer = async (): Promise<void> => {
      try {
        const value = await ask(interest.signal)
        if (!interest.signal.aborted) setFound({ key, value, problem: null })
      } catch (error) {
        if (!interest.signal.aborted) setFound({ key, value: null, problem: wordsOfError(error) })
      }
    }
    void answer()
    return () => interest.abort()
    // The key represents the question. oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key])
  return found.key === key ? found : { value: null, problem: null }
}

function asked({ path, overrides }: InsideModel): { model: string; overrides?: InsideModel['overrides'] } {
  return { model: path, ...(overrides === undefined ? {} : { overrides }) }
}

/** The figures of a model's weights. */
export function useFigures(model: InsideModel): {
  readonly figures: ModelFigures | null
  readonly problem: string | null
} {
  const { api } = useStudio()
  const question = asked(model)
  const { value, problem } = useAnswer(JSON.stringify(question), async (signal) =>
    api.inspect.figures(question, { signal }),
  )
  return { figures: value, problem }
}

/** How far its heads look over the photos, with the share that is done. */
export function useDistances(
  model: InsideModel,
  images: readonly LookedAt[],
): {
  readonly result: HeadDistances | null
  readonly share: number | undefined
  readonly problem: string | null
} {
  const { api } = useStudio()
  const [share, setShare] = useState<number>()
  const question = { ...asked(model), images: [...images] }
  const { value, problem } = useAnswer(JSON.stringify(question), async (signal) => {
    let result: HeadDistances | null = null
    for await (const item of api.inspect.distances(question, { signal })) {
      if (item.type === 'done') result = item.result
      else setShare(item.done / item.total)
    }
    return result
  })
  return { result: value, share, problem }
}

/** Where it looks in a photo, block by block. */
export function useBlocks(
  model: InsideModel,
  image: LookedAt,
): { readonly blocks: readonly BlockAttention[] | null; readonly problem: string | null } {
  const { api } = useStudio()
  const question = { ...asked(model), image }
  const { value, problem } = useAnswer(JSON.stringify(question), async (signal) =>
    api.inspect.attention(question, { signal }),
  )
  return { blocks: value, problem }
}
