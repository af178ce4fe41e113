/** @file A served studio in a separate folder, and windows that connect to it as a browser does. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'

import { bundlePath, ensureBundled } from '../../../../build/bundle.mjs'
import { askAdmission, keyName } from '../../../../core/api/admission.ts'
import { connect } from '../../../../core/api/client.ts'
import { contract, type Api } from '../../../../core/api/contract.ts'
import { socketPath, webSocketPort } from '../../../../core/api/port.ts'
import { serveStudio, type ServedStudio } from '../../../../core/host/server/serve-studio.ts'

/** A studio, and what the storage of its origin holds. */
interface TestStudio extends ServedStudio {
  secret: string | null
}

/** Serves a studio whose data are in `home`, with the real engine; it is closed when the test ends. */
export async function openStudio(home: string): Promise<TestStudio> {
  await ensureBundled()
  vi.stubEnv('VIT_STUDIO_HOME', home)
  const window = join(home, 'window')
  await mkdir(window, { recursive: true })
  await writeFile(join(window, 'index.html'), '<!doctype html><title>ViT Studio</title>')
  const studio = await serveStudio({
    window,
    engine: bundlePath('engine'),
    port: 0,
    onAddress: () => undefined,
  })
  onTestFinished(async () => studio.close())
  return { ...studio, secret: null }
}

/** A window: the contract over its own WebSocket. Closing it is what a reload does. */
export async function openWindow(
  studio: Pick<TestStudio, 'url' | 'secret'>,
): Promise<Api & { close: () => void }> {
  const { origin, host } = new URL(studio.url)
  const socket = new WebSocket(`ws://${host}${socketPath}`, { origin })
  onTestFinished(() => socket.terminate())
  const shown = studio.secret === null ? { key: keyIn(studio.url) } : { secret: studio.secret }
  studio.secret = await askAdmission(socket, shown)
  if (studio.secret === null) throw new Error('The window was not let in.')
  return { ...connect(webSocketPort(socket), contract), close: () => socket.terminate() }
}

/** The key in an address. */
export function keyIn(url: string): string {
  return new URLSearchParams(new URL(url).hash.slice(1)).get(keyName) ?? ''
}
