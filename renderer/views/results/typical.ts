/** @file A typical training image of each class, to stand beside what was mistaken for it. */
import { useEffect, useState } from 'react'

import type { Evaluation, TypicalImages } from '../../../core/api/contract/results.ts'
import { useStudio } from '../../studio.ts'
import { wordsOfError } from '../../text/sentences.ts'

/** `images` is null until they are found; `problem` says why they are not. */
export interface Typical {
  readonly images: TypicalImages | null
  readonly problem: string | null
}

const unknown: Typical = { images: null, problem: null }

/** Those of a run, found anew where its weights answer differently. */
export function useTypical(run: string, { answers, images: judged }: Evaluation): Typical {
  const { api } = useStudio()
  const [found, setFound] = useState<Typical & { readonly key: string }>({ ...unknown, key: '' })
  const key = `${run}\n${answers.model}`
  const isWanted = judged.some(({ label, predicted }) => label !== predicted)
  useEffect(() => {
    if (!isWanted) return undefined
    const interest = new AbortController()
    const find = async (): Promise<void> => {
      for await (const item of api.results.typical({ run }, { signal: interest.signal }))
        if (item.type === 'done') setFound({ images: item.typical, problem: null, key })
    }
    find().catch((error: unknown) => {
      if (!interest.signal.aborted) setFound({ images: null, problem: wordsOfError(error), key })
    })
    return () => interest.abort()
  }, [api, run, key, isWanted])
  return found.key === key ? found : unknown
}
