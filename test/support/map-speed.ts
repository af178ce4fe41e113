/** @file How smoothly the built window moves a map of 50,000 photos: a real browser, the real wire, a fake studio. */
import type { Browser, Page } from 'playwright'
import type * as z from 'zod'

import { contract, type ApiHandlers } from '../../core/api/contract.ts'
import type { CheckedData } from '../../core/api/contract/data.ts'
import { serve } from '../../core/api/server.ts'
import { listenOnLoopback, type Loopback } from '../../core/host/server/loopback.ts'
import { fakeMap } from './fake-map.ts'
import { fakeHandlers } from './fake-studio.ts'
import { longestTask, traced } from './window-speed.ts'

type CheckItem = z.output<(typeof contract)['data']['check']['item']>

/** What was measured, in milliseconds. */
export interface MapSpeed {
  /** Between two frames while the map is moved and zoomed. */
  readonly medianFrame: number
  /** Of the window's main thread, from the click on Map on; processor time, so that other work does not count. */
  readonly longestTask: number
}

const kinds = 10
const perKind = 5000
const photos = Array.from({ length: kinds * perKind }, (_, i) => ({
  path: `kind ${Math.floor(i / perKind)}/${i}.jpg`,
  label: Math.floor(i / perKind),
}))

/** Opens the map in the window built in `root`, then drags it and turns the wheel for a while. */
export async function measureMap(browser: Browser, root: string): Promise<MapSpeed> {
  const server = await serveMany(root)
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  try {
    await page.goto(server.url)
    await page.getByRole('button', { name: /sample pictures/ }).click()
    await page.getByText('50,000').first().waitFor()
    // What reading the photos takes is not the map's.
    await page.waitForTimeout(1500)
    await browser.startTracing(page, { categories: traced })
    await page.getByRole('button', { name: 'Map' }).click()
    await page.locator('.map-canvas').waitFor()
    await page.waitForTimeout(500)
    const medianFrame = await moveAbout(page)
    const trace = String(await browser.stopTracing())
    return { medianFrame, longestTask: longestTask(trace) }
  } finally {
    await page.close()
    await server.close()
  }
}

async function moveAbout(page: Page): Promise<number> {
  const box = await page.locator('.map-canvas').boundingBox()
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2]
  const frames = page.evaluate(timeFrames, 3000)
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (let step = 0; step < 60; step++) {
    await page.mouse.move(x + 120 * Math.sin(step / 8), y + 80 * Math.sin(step / 5))
    await page.waitForTimeout(12)
  }
  await page.mouse.up()
  for (let step = 0; step < 40; step++) {
    await page.mouse.wheel(0, step < 20 ? -60 : 60)
    await page.waitForTimeout(12)
  }
  return frames
}

/** Runs in the page: the median time between frames. */
async function timeFrames(ms: number): Promise<number> {
  const times: number[] = []
  await new Promise<void>((resolve) => {
    const next = (now: number): void => {
      times.push(now)
      if (now - (times[0] ?? now) < ms) requestAnimationFrame(next)
      else resolve()
    }
    requestAnimationFrame(next)
  })
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0))
  return gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? Number.NaN
}

async function serveMany(root: string): Promise<Loopback> {
  const handlers = fakeHandlers()
  const all: ApiHandlers = {
    ...handlers,
    data: { ...handlers.data, check: checkMany },
    map: fakeMap(photos),
  }
  return listenOnLoopback({
    root,
    port: 0,
    onAddress: () => undefined,
    onPort: (port) =>
      serve(port, contract, all, (_, error) => {
        throw error
      }),
  })
}

/** What the fake studio finds, with other images. */
async function* checkMany(
  ...asked: Parameters<ApiHandlers['data']['check']>
): AsyncGenerator<CheckItem, void, void> {
  for await (const item of fakeHandlers().data.check(...asked)) {
    if (item.type === 'done') yield { ...item, data: { ...item.data, ...many() } }
  }
}

function many(): Partial<CheckedData> {
  const sizes = Uint32Array.from({ length: 2 * photos.length }, (_, i) => (i % 2 === 0 ? 640 : 480))
  return {
    classes: Array.from({ length: kinds }, (_, kind) => ({
      name: `kind ${kind}`,
      images: perKind,
      validation: null,
    })),
    images: { paths: photos.map(({ path }) => path).join('//'), sizes: new Uint8Array(sizes.buffer) },
    groups: new Uint8Array(Uint32Array.from(photos.keys()).buffer),
    flags: new Uint8Array(photos.length),
    warnings: [],
    skipped: [],
  }
}
