/** @file Plans of a training run that has not started, requested again whenever something changes. */
import { useEffect, useState } from 'react'

import type { TrainingChoices } from '../../../core/api/contract/projects.ts'
import type { Plan } from '../../../core/api/contract/runs.ts'
import type { Studio } from '../../studio.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { usePlannedSplit } from '../planned-split.ts'
import { wordsOfError } from '../../text/sentences.ts'

type PlanInput = Parameters<Studio['api']['runs']['plan']>[0]

/** What is planned; what is left out is chosen. */
export type PlanRequest = Omit<PlanInput, 'model' | 'resolution' | 'training' | 'validation'>

/** A plan, why there is none, or null as long as it is unknown. */
export type Planned = { readonly plan: Plan } | { readonly problem: string } | null

/** What a plan depends on of what was decided. */
export function planRequestOf(choices: TrainingChoices): PlanRequest {
  const { preset, steps, batch, learningRate, warmup, augment, head, train, progressive } = choices
  const { optimiser, search, device } = choices
  const course = { preset, steps, batch, learningRate, warmup, augment, head, train, progressive }
  return { ...course, optimiser, search, device }
}

/** The plan for a request; null while data or model are missing. The previous one stays until the next arrives. */
export function usePlan(request: PlanRequest | null): Planned {
  const { api } = useStudio()
  const subject = usePlanSubject()
  const [planned, setPlanned] = useState<Planned>(null)
  const input = subject === null || request === null ? null : JSON.stringify({ ...subject, ...request })
  useEffect(() => {
    if (input === null) return undefined
    const interest = new AbortController()
    api.runs.plan(JSON.parse(input) as PlanInput, { signal: interest.signal }).then(
      (plan) => setPlanned({ plan }),
      (error: unknown) => {
        if (!interest.signal.aborted) setPlanned({ problem: wordsOfError(error) })
      },
    )
    return () => interest.abort()
  }, [api, input])
  return input === null ? null : planned
}

function usePlanSubject(): Pick<PlanInput, 'model' | 'resolution' | 'training' | 'validation'> | null {
  const { state: data } = useSubject('data', 'state')
  const { state: model } = useSubject('model', 'state')
  const split = usePlannedSplit(data.phase === 'ready' ? data.checked : null)
  if (data.phase !== 'ready' || model.phase !== 'ready') return null
  const training = split.reduce((sum, one) => sum + one.training, 0)
  const validation = split.reduce((sum, one) => sum + one.held, 0)
  return { model: model.model.path, resolution: model.resolution, training, validation }
}
