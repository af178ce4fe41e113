/**
 * @file The Train screen: advice for uneven classes before a run, and what is said about a run while and after it trains.
 * @vitest-environment happy-dom
 */
import { createElement as h } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { ApiHandlers } from '../../../../core/api/contract.ts'
import type { RunNote } from '../../../../core/train/events.ts'
import { createStudio, StudioContext, type Studio } from '../../../../renderer/studio.ts'
import { TrainView } from '../../../../renderer/views/train/train-view.tsx'
import { connectedTo, fakeHandlers, runWith } from '../../../support/fake-studio.ts'

// A chart needs a canvas, which there is none of.
vi.mock('../../../../renderer/charts/line-chart.tsx', () => ({ LineChart: () => null }))

// A busy machine may take a moment.
const patience = { timeout: 10_000 }

const roots: Root[] = []

afterEach(() => {
  for (const root of roots.splice(0)) root.unmount()
  document.body.replaceChildren()
})

function show(studio: Studio): void {
  const root = createRoot(document.body.appendChild(document.createElement('div')))
  roots.push(root)
  root.render(h(StudioContext, { value: studio }, h(TrainView)))
}

const page = (): string => document.body.textContent
const buttonNamed = (name: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name)

/** Opens the curves, which are folded away. */
async function unfoldCurves(): Promise<void> {
  const fold = (): HTMLDetailsElement | undefined =>
    [...document.querySelectorAll('details')].find(
      (one) => one.querySelector('summary')?.textContent === 'Curves',
    )
  await expect.poll(fold, patience).toBeDefined()
  fold()!.open = true
  fold()!.dispatchEvent(new Event('toggle'))
}

/** A studio with a model, whose classes have this many images, 90 together. */
async function readyStudio(counts: readonly number[]): Promise<{ studio: Studio; plans: unknown[] }> {
  const handlers = fakeHandlers()
  const plans: unknown[] = []
  const check: ApiHandlers['data']['check'] = async function* (request, context) {
    for await (const item of handlers.data.check(request, context)) {
      if (item.type !== 'done') yield item
      else {
        const classes = item.data.classes.map((one, i) => ({ ...one, images: counts[i] ?? 0 }))
        const indices = Uint32Array.from(
          { length: counts.reduce((sum, n) => sum + n, 0) },
          (_, index) => index,
        )
        yield { type: 'done', data: { ...item.data, classes, groups: new Uint8Array(indices.buffer) } }
      }
    }
  }
  const studio = createStudio(
    connectedTo({
      ...handlers,
      data: { ...handlers.data, check },
      runs: {
        ...handlers.runs,
        plan: (request, context) => {
          plans.push(request)
          return handlers.runs.plan(request, context)
        },
      },
    }),
  )
  await studio.project.getState().begin({ kind: 'folder', folder: '/photos/fruit' })
  await studio.model.getState().load()
  expect(studio.data.getState().state.phase).toBe('ready')
  return { studio, plans }
}

describe('the chosen length', () => {
  it('says the same time as the foot, whatever the details are', async () => {
    const { studio } = await readyStudio([30, 30, 30])
    show(studio)
    const chosen = (): string =>
      document.querySelector('.choice:has(input:checked) .preset-cost')?.textContent ?? ''
    await expect.poll(chosen, patience).toMatch(/about .* rounds/)
    const before = chosen()
    const others = (): string[] =>
      [...document.querySelectorAll('.choice:not(:has(input:checked)) .preset-cost')].map(
        ({ textContent }) => textContent,
      )
    const beside = others()
    const steps = [...document.querySelectorAll<HTMLInputElement>('input.input')].find(
      ({ labels }) => labels?.[0]?.textContent === 'Rounds (steps)',
    )
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(steps, '1000')
    steps?.dispatchEvent(new Event('input', { bubbles: true }))
    await expect.poll(chosen, patience).not.toBe(before)
    const about = /about (.*?)\d+,?\d* rounds/.exec(chosen().replace('1,000', ' 1000'))?.[1]?.trim()
    expect(chosen()).toContain('1,000 rounds')
    await expect.poll(() => document.querySelector('.foot')?.textContent, patience).toContain(about)
    // Choosing another would put its own length in place of this one.
    expect(others()).toEqual(beside)
  })
})

describe('before a run', () => {
  it('small classes can be shown more often with one click, and not', async () => {
    const { studio } = await readyStudio([70, 15, 5])
    show(studio)
    await expect.poll(page, patience).toContain('“ripe” has 56 images to learn from, “rotten” only 4.')
    const balance = (): string | undefined =>
      [...document.querySelectorAll('select')].find((one) => one.textContent.includes('All classes equally'))
        ?.value
    buttonNamed('Show small classes more often')!.click()
    await expect.poll(() => buttonNamed('Show all images equally often'), patience).toBeDefined()
    await expect.poll(balance, patience).toBe('sqrt')
    buttonNamed('Show all images equally often')!.click()
    await expect.poll(() => buttonNamed('Show small classes more often'), patience).toBeDefined()
    await expect.poll(balance, patience).toBe('none')
  })

  it('classes that are even enough are not spoken of', async () => {
    const { studio } = await readyStudio([40, 30, 20])
    show(studio)
    await expect.poll(page, patience).toContain('Start training')
    expect(page()).not.toContain('images to learn from')
  })

  it('the plan is for the optimiser that is chosen', async () => {
    const { studio, plans } = await readyStudio([40, 30, 20])
    show(studio)
    await expect.poll(() => document.querySelectorAll('select').length, patience).toBeGreaterThan(4)
    const select = [...document.querySelectorAll('select')].find((one) => one.textContent.includes('AdamW'))!
    select.value = 'adamw'
    select.dispatchEvent(new Event('change', { bubbles: true }))
    await expect.poll(() => plans.at(-1), patience).toMatchObject({ optimiser: 'adamw' })
  })
})

describe('a run', () => {
  it('says why its loss starts low, what it was made from and how it answers', async () => {
    const handlers = fakeHandlers()
    const run = runWith({
      status: 'finished',
      bestAccuracy: 0.9,
      temperature: 1.23,
      answers: { model: 'probe', fairness: 0.5, unsureBelow: 0.8 },
      probe: { accuracy: 0.91, accuracyInterval: { low: 0.8, high: 1 }, loss: 0.2, fiveFold: null },
    })
    const studio = createStudio(connectedTo({ ...handlers, runs: { ...handlers.runs, get: () => run } }))
    await studio.training.getState().open('fruit')
    show(studio)
    await unfoldCurves()
    await expect.poll(page, patience).toContain('ln K = 1.10')
    expect(page()).toContain('The probe alone is right about 91%')
    const facts = [...document.querySelectorAll('.facts dd')].map(({ textContent }) => textContent)
    for (const fact of ['91%', '1.2', 'The linear probe', '0.5', '80%']) expect(facts).toContain(fact)
  })

  it('that keeps a mixture gives the accuracy of that, and not of a step', async () => {
    const handlers = fakeHandlers()
    const run = runWith({
      status: 'finished',
      bestAccuracy: 0.97,
      mixed: 0.4,
      accuracyInterval: { low: 0.9, high: 0.99 },
    })
    const studio = createStudio(connectedTo({ ...handlers, runs: { ...handlers.runs, get: () => run } }))
    await studio.training.getState().open('fruit')
    show(studio)
    await expect.poll(page, patience).toContain('The best model is right about 97%')
    expect(page()).toContain('expect between 90% and 99%')
    expect(page()).toContain('40% of the way from the start to the last step')
    expect(page()).not.toContain('It was best after')
  })

  it('says what was found when it was resumed, and keeps it among its details', async () => {
    const handlers = fakeHandlers()
    const recovery: RunNote[] = [{ type: 'imagesChanged', images: 2, example: 'ripe/1.jpg' }]
    const run = runWith({ status: 'finished', bestAccuracy: 0.9, recovery })
    const studio = createStudio(connectedTo({ ...handlers, runs: { ...handlers.runs, get: () => run } }))
    await studio.training.getState().open('fruit')
    show(studio)
    const facts = (): (string | null)[] =>
      [...document.querySelectorAll('.facts dd')].map(({ textContent }) => textContent)
    const sentence = expect.stringMatching(/^2 images have changed since this run began, such as ripe\/1.jpg/)
    await expect.poll(facts, patience).toContainEqual(sentence)
    expect([...document.querySelectorAll('.notice')].map((one) => one.textContent)).not.toContainEqual(
      sentence,
    )
    studio.training.setState(({ state }) =>
      state.phase === 'run' ? { state: { ...state, found: recovery } } : {},
    )
    await expect
      .poll(() => [...document.querySelectorAll('.notice')].map((one) => one.textContent), patience)
      .toContainEqual(sentence)
  })

  it('that began with zeros says nothing of a probe’s loss', async () => {
    const handlers = fakeHandlers()
    const { settings } = runWith({})
    const run = runWith({ status: 'finished', settings: { ...settings, head: 'zero' } })
    const studio = createStudio(connectedTo({ ...handlers, runs: { ...handlers.runs, get: () => run } }))
    await studio.training.getState().open('fruit')
    show(studio)
    await unfoldCurves()
    await expect.poll(page, patience).toContain('Compute on')
    expect(page()).not.toContain('ln K')
  })

  it('shows the images that the probe looks at before the first round', async () => {
    const handlers = fakeHandlers()
    const studio = createStudio(
      connectedTo({
        ...handlers,
        runs: {
          ...handlers.runs,
          get: () => runWith({}),
          follow: async function* (_, { signal }) {
            yield { type: 'probing', done: 30, total: 90 }
            await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
          },
        },
      }),
    )
    void studio.training.getState().open('fruit')
    await expect.poll(() => studio.training.getState().probing, patience).not.toBeNull()
    show(studio)
    await expect.poll(page, patience).toContain('30 of 90 images looked at')
    studio.training.getState().leave()
  })
})
