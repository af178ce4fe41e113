/**
 * @file The example pictures of a training: empty places before the first are known, then framed as soon as they are right.
 * @vitest-environment happy-dom
 */
import { createElement as h } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, describe, expect, it } from 'vitest'

import type { ExamplesEvent } from '../../../../core/train/events.ts'
import { createStudio, StudioContext, type Studio } from '../../../../renderer/studio.ts'
import { TrainExamples } from '../../../../renderer/views/train/examples.tsx'
import { connectedTo, fakeHandlers, runWith } from '../../../support/fake-studio.ts'

const patience = { timeout: 10_000 }
const roots: Root[] = []

afterEach(() => {
  for (const root of roots.splice(0)) root.unmount()
  document.body.replaceChildren()
})

async function shown(status: 'training' | 'finished'): Promise<Studio> {
  const handlers = fakeHandlers()
  const run = runWith({ status })
  const studio = createStudio(connectedTo({ ...handlers, runs: { ...handlers.runs, get: () => run } }))
  void studio.training.getState().open(run.id)
  await expect.poll(() => studio.training.getState().state.phase).toBe('run')
  studio.training.setState(({ history }) => ({ history: { ...history, examples: [] } }))
  const root = createRoot(document.body.appendChild(document.createElement('div')))
  roots.push(root)
  root.render(h(StudioContext, { value: studio }, h(TrainExamples, { run })))
  return studio
}

function judged(step: number, probability: number): ExamplesEvent {
  const top = [
    { label: 1, probability },
    { label: 0, probability: 1 - probability },
  ].toSorted((a, b) => b.probability - a.probability)
  return { type: 'examples', step, images: [{ path: 'ripe/1.jpg', label: 1, probability, top }] }
}

describe('the examples of a training', () => {
  it('have their places before they are known, and turn right in the colour of their kind', async () => {
    const studio = await shown('training')
    await expect.poll(() => document.querySelectorAll('.example.waiting').length, patience).toBeGreaterThan(0)
    const tell = (event: ExamplesEvent): void =>
      studio.training.setState(({ history }) => ({
        history: { ...history, examples: [...history.examples, event] },
      }))
    tell(judged(0, 0.3))
    const card = (): HTMLElement | null => document.querySelector('article.example')
    await expect.poll(() => card()?.dataset['right'], patience).toBe('false')
    expect(document.querySelectorAll('.example.waiting')).toHaveLength(0)
    expect(card()?.dataset['kind']).toBe('1')
    expect(card()?.textContent).toContain('30%')
    tell(judged(10, 0.9))
    await expect.poll(() => card()?.dataset['right'], patience).toBe('true')
    expect(card()?.textContent).toContain('Recognised')
  })

  it('have no places in a finished training that has none', async () => {
    await shown('finished')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(document.querySelectorAll('.example, h2')).toHaveLength(0)
  })
})
