/**
 * @file What is rendered again when a training reports many steps at once: what counts the steps, and no whole screen.
 * @vitest-environment happy-dom
 */
import { createElement as h, Profiler, type ComponentType } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, expect, it, vi } from 'vitest'

import type { TrainEvent } from '../../core/api/contract/metrics.ts'
import { createFeed } from '../../core/api/feed.ts'
import { App } from '../../renderer/app.tsx'
import { createStudio, StudioContext, type Studio } from '../../renderer/studio.ts'
import { DataView } from '../../renderer/views/data/data-view.tsx'
import { ModelView } from '../../renderer/views/model/model-view.tsx'
import { Rail } from '../../renderer/views/rail.tsx'
import { ResultsView } from '../../renderer/views/results/results-view.tsx'
import { TrainExamples } from '../../renderer/views/train/examples.tsx'
import { TrainView } from '../../renderer/views/train/train-view.tsx'
import { UseView } from '../../renderer/views/use/use-view.tsx'
import { connectedTo, eventsOf, fakeHandlers, runWith } from '../support/fake-studio.ts'

const open = vi.hoisted(() => ({ renders: 0 }))

vi.mock('../../renderer/views/results/results-view.tsx', async (importOriginal) => {
  const original = await importOriginal<{ ResultsView: ComponentType }>()
  return {
    ResultsView: () => {
      open.renders++
      return h(original.ResultsView)
    },
  }
})

// A chart needs a canvas, which there is none of.
vi.mock('../../renderer/charts/line-chart.tsx', () => ({ LineChart: () => null }))

/** A run of 1000 steps that learns now, and a way to let it report more steps. */
async function trainingStudio() {
  const run = runWith({ status: 'training', steps: 1000, bestAccuracy: 0.9 })
  const feed = createFeed<TrainEvent>('unread')
  const handlers = fakeHandlers()
  const api = connectedTo({
    ...handlers,
    runs: { ...handlers.runs, get: () => run, follow: (_, { signal }) => feed.follow(signal) },
  })
  const studio = createStudio(api)
  void studio.training.getState().open(run.id)
  await expect.poll(() => studio.training.getState().state.phase).toBe('run')
  const report = async (from: number, to: number): Promise<void> => {
    const steps = eventsOf(from, to).filter(({ type }) => type === 'step')
    for (const event of steps) feed.push(event)
    await expect.poll(() => studio.training.getState().latest?.step, { timeout: 5000 }).toBe(to)
  }
  return { studio, run, report }
}

/** Renders a view and counts how often anything in it is rendered. */
function mount(studio: Studio, View: ComponentType): { renders: number } {
  const count = { renders: 0 }
  const root = createRoot(document.body.appendChild(document.createElement('div')))
  roots.push(root)
  const counted = h(Profiler, { id: 'view', onRender: () => void count.renders++ }, h(View))
  root.render(h(StudioContext, { value: studio }, counted))
  return count
}

/** Waits until everything was rendered, and nothing is any more. */
async function settle(counts: readonly { readonly renders: number }[]): Promise<void> {
  const rendered = (): number[] => counts.map(({ renders }) => renders)
  await expect.poll(rendered, { timeout: 20_000 }).not.toContain(0)
  for (let [before, quiet] = [rendered(), 0]; quiet < 3;) {
    await new Promise((resolve) => setTimeout(resolve, 150))
    quiet = String(rendered()) === String(before) ? quiet + 1 : 0
    before = rendered()
  }
}

const roots: Root[] = []

afterEach(() => {
  for (const root of roots.splice(0)) root.unmount()
})

it('leaves the other screens alone, and renders what counts steps once for each batch', async () => {
  const { studio, run, report } = await trainingStudio()
  await report(0, 1)
  const screens = [DataView, ModelView, ResultsView, UseView, () => h(TrainExamples, { run })]
  const others = screens.map((View) => mount(studio, View))
  const [train, rail] = [mount(studio, TrainView), mount(studio, Rail)]
  const all = [...others, train, rail]
  await settle(all)
  const before = all.map(({ renders }) => renders)
  let batches = 0
  studio.training.subscribe(() => batches++)
  await report(1, 39)
  await settle(all)
  const renders = all.map((one, index) => one.renders - (before[index] ?? 0))
  expect(batches).toBeGreaterThan(0)
  expect(batches).toBeLessThan(4)
  expect(renders).toEqual([0, 0, 0, 0, 0, batches, batches])
})

it('does not render the open screen because of what the rail says', async () => {
  const { studio, report } = await trainingStudio()
  studio.navigation.getState().go('results')
  mount(studio, App)
  await settle([open])
  const { renders } = open
  expect(renders).toBeGreaterThan(0)
  await report(0, 39)
  await expect.poll(() => document.body.textContent).toContain('3.9%')
  expect(open.renders).toBe(renders)
})
