/**
 * @file What a person can choose among the results: the probe's head, fairness to rare classes, what counts as unsure.
 * @vitest-environment happy-dom
 */
import { createElement as h } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, describe, expect, it } from 'vitest'

import type { Evaluation } from '../../../../core/api/contract/results.ts'
import type { RunDetails } from '../../../../core/api/contract/runs.ts'
import { createStudio, StudioContext, type Studio } from '../../../../renderer/studio.ts'
import { ResultsView } from '../../../../renderer/views/results/results-view.tsx'
import { connectedTo, evaluation, fakeHandlers, runWith } from '../../../support/fake-studio.ts'

const probe = {
  accuracy: 0.9583,
  accuracyInterval: { low: 0.9, high: 0.98 },
  loss: 0.2,
  fiveFold: { images: 90, accuracy: 0.944, accuracyInterval: { low: 0.88, high: 0.97 } },
}
const uneven = evaluation().perClass.map((one, i) => ({ ...one, trained: [60, 20, 6][i] ?? 0 }))

// A busy machine may take a moment.
const patience = { timeout: 10_000 }

const roots: Root[] = []

afterEach(() => {
  for (const root of roots.splice(0)) root.unmount()
  document.body.replaceChildren()
})

/** The Results screen of a finished run. */
async function screenOf(known: Partial<Evaluation>, run: Partial<RunDetails> = {}): Promise<Studio> {
  const handlers = fakeHandlers()
  const answers = { ...evaluation().answers }
  const balancedAt = (fairness: number): number => 0.6 + 0.2 * fairness
  const studio = createStudio(
    connectedTo({
      ...handlers,
      runs: { ...handlers.runs, get: () => runWith({ status: 'finished', bestAccuracy: 0.935, ...run }) },
      results: {
        ...handlers.results,
        stored: ({ fairness }) => ({
          ...evaluation(),
          ...known,
          answers: { ...answers },
          balancedAccuracy: balancedAt(fairness ?? answers.fairness),
        }),
        choose: (request) => void Object.assign(answers, request.answers),
      },
    }),
  )
  await studio.training.getState().open('fruit')
  const root = createRoot(document.body.appendChild(document.createElement('div')))
  roots.push(root)
  root.render(h(StudioContext, { value: studio }, h(ResultsView)))
  await expect.poll(() => document.querySelector('.confusion, #confusion'), patience).not.toBeNull()
  return studio
}

const page = (): string => document.body.textContent
const buttonNamed = (name: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name)

describe('the results', () => {
  it('begin with a sentence and what is mixed up most, then give the usual figures', async () => {
    await screenOf({})
    const sentence = document.querySelector('.summary-sentence')!.textContent
    expect(sentence).toBe(
      'Of 18 photos it never learned from, it names 12 correctly. That is 66.7%; for new photos expect 43.7% to 83.7%.',
    )
    expect(page()).toContain('What it mixes up most: ripe mistaken for unripe, in 2 photos.')
    const terms = [...document.querySelectorAll('.terms > div')].map((one) => one.textContent)
    expect(terms.map((one) => /^.+?[\d.]+%/.exec(one)?.[0])).toEqual([
      'Accuracy66.7%',
      'Balanced accuracy60%',
      'F1 score (macro)66.7%',
      'Calibration error (ECE)5%',
    ])
  })

  it('put each mix-up beside what it was taken for', async () => {
    await screenOf({})
    const pairs = [...document.querySelectorAll('.mix-up')].map((one) => one.getAttribute('aria-label'))
    expect(pairs).toEqual([
      'ripe mistaken for unripe: 2 images',
      'unripe mistaken for rotten: 2 images',
      'rotten mistaken for ripe: 2 images',
    ])
  })

  it('say that the probe does better, and let it answer until that is taken back', async () => {
    const studio = await screenOf({ probe })
    expect(page()).toContain('95.8% of the held-back images, the trained model about 93.5%')
    buttonNamed('Use the probe instead')!.click()
    await expect.poll(() => buttonNamed('Use the trained model again'), patience).toBeDefined()
    expect(studio.answers.getState().answers.model).toBe('probe')
    buttonNamed('Use the trained model again')!.click()
    await expect.poll(() => buttonNamed('Use the probe instead'), patience).toBeDefined()
  })

  it('say nothing of the probe where training was worth it, or it is not known', async () => {
    await screenOf({ probe: { ...probe, accuracy: 0.935, fiveFold: null } })
    expect(page()).not.toContain('probe')
  })

  it('give the estimate on all images where few were held back, and the calibration error', async () => {
    await screenOf({ probe })
    expect(page()).toContain('all 90 images in five turns: it is right about 94.4%')
    expect(page()).toContain('differ by 5% on average (expected calibration error), and by 12% before')
  })

  it('offer fairness, with what it does, only where classes are uneven', async () => {
    await screenOf({})
    expect(document.querySelector('.fairness')).toBeNull()
  })

  it('show what fairness does beside what was learned', async () => {
    await screenOf({ perClass: uneven })
    const slider = document.querySelector<HTMLInputElement>('.fairness input')!
    const cells = (): string[] => [...document.querySelectorAll('.effect td')].map((one) => one.textContent)
    await expect.poll(cells, patience).toEqual(['', '66.7%', '60%', '66.7%', '60%'])
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!
    set.call(slider, '0.5')
    slider.dispatchEvent(new Event('input', { bubbles: true }))
    await expect.poll(cells, patience).toEqual(['', '66.7%', '70%', '66.7%', '60%'])
  })

  it('do not offer fairness where training itself drew all classes alike', async () => {
    const { settings } = runWith({})
    await screenOf({ perClass: uneven }, { settings: { ...settings, balance: 'full' } })
    expect(page()).toContain('Balanced accuracy')
    expect(document.querySelector('.fairness')).toBeNull()
  })

  it('suggest from which probability on an answer counts, and keep what was chosen', async () => {
    const thresholds = [
      { precision: 0.9, probability: 0.62, answered: 0.92 },
      { precision: 0.95, probability: 0.62, answered: 0.92 },
      { precision: 0.99, probability: 0.9, answered: 0.5 },
    ]
    const studio = await screenOf({ thresholds })
    const options = [...document.querySelectorAll<HTMLLabelElement>('.options label')]
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'As usual (unsure below 60%)',
      'Right in 95% of its answers: leaves 8 of 100 unanswered. (unsure below 62%)',
      'Right in 99% of its answers: leaves 50 of 100 unanswered. (unsure below 90%)',
    ])
    options[1]!.click()
    await expect.poll(() => studio.answers.getState().answers.unsureBelow, patience).toBe(0.62)
    await expect
      .poll(
        () => document.querySelector<HTMLInputElement>('.options input:checked')?.parentElement?.textContent,
        patience,
      )
      .toContain('95%')
  })
})
