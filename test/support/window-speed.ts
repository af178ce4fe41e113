/**
 * @file How busy the built window is during training: a real browser, the real wire, and a fake run of 20,000 steps
 * that progresses quickly. Times are CPU times, so that other work on the machine does not count.
 */
import type { Browser, CDPSession, Page } from 'playwright'

import { contract } from '../../core/api/contract.ts'
import type { TrainEvent } from '../../core/api/contract/metrics.ts'
import type { ExamplesEvent } from '../../core/train/events.ts'
import { serve } from '../../core/api/server.ts'
import { listenOnLoopback, type Loopback } from '../../core/host/server/loopback.ts'
import { eventsOf, historyOf, fakeHandlers, runWith } from './fake-studio.ts'

/** What was measured; milliseconds of the window's main thread. */
export interface WindowSpeed {
  /** Script for one update of everything on the screen, charts, messages and figures together. */
  readonly scriptPerUpdate: number
  readonly updates: number
  /** The longest task from the opening of the run on. */
  readonly longestTask: number
}

const storedSteps = 20_000
const totalSteps = 24_000
const stepsPerSecond = 25
const watchedMs = 6000
/** What a trace has to record for `longestTask`. */
export const traced = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline']

/** Opens the run in the window built in `root`, and watches it for a while. */
export async function measureWindow(browser: Browser, root: string): Promise<WindowSpeed> {
  const server = await serveFake(root)
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  try {
    await page.goto(server.url)
    await walkToTrain(page)
    await browser.startTracing(page, { categories: traced })
    await page.getByRole('button', { name: 'Start training' }).click()
    await page.getByText('Curves', { exact: true }).click()
    await page.locator('.chart canvas').nth(4).waitFor()
    await page.waitForTimeout(1500)
    const live = await watchUpdates(page)
    const trace = String(await browser.stopTracing())
    return { ...live, longestTask: longestTask(trace) }
  } finally {
    await page.close()
    await server.close()
  }
}

async function serveFake(root: string): Promise<Loopback> {
  const handlers = fakeHandlers()
  const known = Array.from({ length: storedSteps }, (_, i) => i + 1).flatMap(eventsAt)
  return listenOnLoopback({
    root,
    port: 0,
    onAddress: () => undefined,
    onPort: (port) =>
      serve(
        port,
        contract,
        {
          ...handlers,
          runs: {
            ...handlers.runs,
            get: () => runWith({ status: 'training', step: storedSteps, steps: totalSteps }),
            history: () => historyOf(known),
            follow: goOn,
          },
        },
        (_, error) => {
          throw error
        },
      ),
  })
}

async function* goOn(): AsyncGenerator<TrainEvent> {
  yield* eventsOf(storedSteps, storedSteps)
  for (let step = storedSteps + 1; step <= totalSteps; step++) {
    await new Promise((resolve) => setTimeout(resolve, 1000 / stepsPerSecond))
    yield* eventsAt(step)
  }
}

/** A step, and an evaluation with examples every hundred. */
function eventsAt(step: number): TrainEvent[] {
  const noise = Math.abs(Math.sin(step * 12.9898))
  const told: TrainEvent = {
    type: 'step',
    step,
    loss: 1.1 * Math.exp(-step / 6000) + 0.2 * noise,
    accuracy: Math.min(1, 0.5 + step / 60_000 + 0.2 * noise),
    gradNorm: 1 + noise,
    learningRate: 0.01 * (1 - step / totalSteps),
    imagesPerSecond: 61,
    secondsLeft: totalSteps - step,
    memoryMB: 812,
  }
  if (step % 100 !== 0) return [told]
  const accuracyInterval = { low: 0.7, high: 0.9 }
  return [
    told,
    { type: 'evaluation', step, accuracy: 0.8, loss: 0.4, accuracyInterval, best: true },
    { type: 'examples', step, images: examples(noise) },
  ]
}

function examples(probability: number): ExamplesEvent['images'] {
  return Array.from({ length: 8 }, (_, i) => ({
    path: `ripe/${i}.jpg`,
    label: i % 3,
    probability,
    top: [
      { label: i % 3, probability },
      { label: (i + 1) % 3, probability: 1 - probability },
    ],
  }))
}

async function walkToTrain(page: Page): Promise<void> {
  await page.getByRole('button', { name: /sample pictures/ }).click()
  await page.getByRole('button', { name: 'Continue to Model' }).click()
  await page.getByRole('button', { name: 'Continue to Train' }).click()
  await page.getByRole('button', { name: 'Start training' }).and(page.locator(':enabled')).waitFor()
}

async function watchUpdates(page: Page): Promise<Pick<WindowSpeed, 'scriptPerUpdate' | 'updates'>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await scriptMs(session)
  const updates = await page.evaluate(countUpdates, watchedMs)
  const spent = (await scriptMs(session)) - before
  return { updates, scriptPerUpdate: spent / updates }
}

/** Runs in the page: how often the number of the round changes. */
async function countUpdates(ms: number): Promise<number> {
  let count = 0
  const shown = document.querySelector('.foot-note strong')
  if (shown === null) return 0
  new MutationObserver(() => count++).observe(shown, { characterData: true, subtree: true, childList: true })
  await new Promise((resolve) => setTimeout(resolve, ms))
  return count
}

async function scriptMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return 1000 * (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN)
}

interface TraceEvent {
  readonly pid: number
  readonly tid: number
  readonly name: string
  /** CPU microseconds. */
  readonly tdur?: number
}

/** Processor milliseconds of the longest task in a trace: the main thread of the page is the one that calls functions. */
export function longestTask(trace: string): number {
  const { traceEvents } = JSON.parse(trace) as { readonly traceEvents: readonly TraceEvent[] }
  const calls = traceEvents.filter(({ name }) => name === 'FunctionCall')
  const threads = new Set(calls.map(({ pid, tid }) => `${pid} ${tid}`))
  const tasks = traceEvents.filter(({ name, pid, tid }) => name === 'RunTask' && threads.has(`${pid} ${tid}`))
  if (tasks.length === 0) throw new Error('the trace names no task of the page')
  return Math.max(...tasks.map(({ tdur }) => tdur ?? 0)) / 1000
}
