/** @file Choosing how a run answers: shown at once, stored in order, taken back where it cannot be. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { ApiHandlers } from '../../../core/api/contract.ts'
import { AppError } from '../../../core/errors.ts'
import type { Answering } from '../../../core/train/evaluation/answering.ts'
import { usualThreshold } from '../../../core/train/evaluation/answering.ts'
import { thresholdOf } from '../../../renderer/store/answers.ts'
import { createStudio, type Studio } from '../../../renderer/studio.ts'
import { connectedTo, evaluation, fakeHandlers, runWith } from '../../support/fake-studio.ts'

/** A studio whose run answers as it was told, and what it was told. */
function studioWith(choose?: ApiHandlers['results']['choose']): { studio: Studio; told: unknown[] } {
  const handlers = fakeHandlers()
  const told: unknown[] = []
  const answers: Answering = { ...evaluation().answers }
  const results: ApiHandlers['results'] = {
    ...handlers.results,
    stored: () => ({ ...evaluation(), answers: { ...answers } }),
    choose: (request, context) => {
      told.push(request)
      if (choose !== undefined) return choose(request, context)
      Object.assign(answers, request.answers)
    },
  }
  return { studio: createStudio(connectedTo({ ...handlers, results })), told }
}

const run = runWith({ status: 'finished' })

describe('how a run answers', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it('is shown at once and stored when the slider rests, and the results follow', async () => {
    const { studio, told } = studioWith()
    await studio.results.getState().evaluate(run.id)
    const { open, choose } = studio.answers.getState()
    open(run)
    for (const fairness of [0.1, 0.2, 0.3]) choose({ fairness })
    choose({ unsureBelow: 0.8 })
    expect(studio.answers.getState().answers).toEqual({ model: 'trained', fairness: 0.3, unsureBelow: 0.8 })
    expect(told).toEqual([])
    await vi.advanceTimersByTimeAsync(250)
    await vi.waitFor(() => expect(told).toHaveLength(1))
    expect(told).toEqual([{ run: run.id, answers: { fairness: 0.3, unsureBelow: 0.8 } }])
    await vi.waitFor(() => {
      const { state } = studio.results.getState()
      expect(state.phase === 'ready' ? state.evaluation.answers.fairness : null).toBe(0.3)
    })
  })

  it('goes back to what it was, with a sentence, where it cannot be stored', async () => {
    const { studio } = studioWith(() => {
      throw new AppError('not_found', 'The probe was not kept.')
    })
    const { open, choose } = studio.answers.getState()
    open(run)
    choose({ model: 'probe' })
    await vi.advanceTimersByTimeAsync(250)
    await vi.waitFor(() => expect(studio.answers.getState().problem).toBe('The probe was not kept.'))
    expect(studio.answers.getState().answers.model).toBe('trained')
  })

  it('belongs to its run: what was chosen last is stored before another is shown', async () => {
    const { studio, told } = studioWith()
    const { open, choose } = studio.answers.getState()
    open(run)
    expect(thresholdOf(studio.answers.getState())).toBe(usualThreshold)
    choose({ unsureBelow: 0.9 })
    open(run)
    expect(thresholdOf(studio.answers.getState())).toBe(0.9)
    open(runWith({ id: 'other', answers: { model: 'trained', fairness: 0, unsureBelow: 0.7 } }))
    expect(thresholdOf(studio.answers.getState())).toBe(0.7)
    await vi.waitFor(() => expect(told).toEqual([{ run: run.id, answers: { unsureBelow: 0.9 } }]))
  })

  it('forgets what was said before where it is said by others now', async () => {
    const { studio } = studioWith()
    await studio.use.getState().ask(run.folder, [new File(['x'], 'one.jpg')])
    const { open, choose } = studio.answers.getState()
    open(run)
    choose({ unsureBelow: 0.5 })
    await vi.advanceTimersByTimeAsync(250)
    expect(studio.use.getState().asked).toHaveLength(1)
    choose({ model: 'probe' })
    await vi.advanceTimersByTimeAsync(250)
    await vi.waitFor(() => expect(studio.use.getState().asked).toEqual([]))
  })
})
