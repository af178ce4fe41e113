/** @file A served studio in a folder of its own, and windows that connect to it as a browser does. */
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { onTestFinished, vi } from 'vitest'
import { WebSocket } from 'ws'

import { bundlePath, ensureBundled } from '../../../../build/bundle.mjs'
import { connect } from '../../../../core/api/client.ts'
import { contract, type Api } from '../../../../core/api/contract.ts'
import { socketPath, webSocketPort } from '../../../../core/api/port.ts'
import { serveStudio, type ServedStudio } from '../../../../core/host/server/serve-studio.ts'

/** Serves a studio whose data are in `home`, with the real engine; it is closed when the test ends. */
export async function openStudio(home: string): Promise<ServedStudio> {
  await ensureBundled()
  vi.stubEnv('VIT_STUDIO_HOME', home)
  const window = join(home, 'window')
  await mkdir(window, { recursive: true })
  await writeFile(join(window, 'index.html'), '<!doctype html><title>ViT Studio</title>')
  const studio = await serveStudio({ window, engine: bundlePath('engine'), port: 0 })
  onTestFinished(async () => studio.close())
  return studio
}

/** The cookie that the first address gives. */
export async function cookieOf(url: string): Promise<string> {
  const response = await fetch(url, { redirect: 'manual' })
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** A window: the contract over a WebSocket of its own. Closing it is what a reload does. */
export async function openWindow({ url }: { readonly url: string }): Promise<Api & { close: () => void }> {
  const { origin, host } = new URL(url)
  const socket = new WebSocket(`ws://${host}${socketPath}`, {
    headers: { Cookie: await cookieOf(url) },
    origin,
  })
  onTestFinished(() => socket.terminate())
  await once(socket, 'open')
  return { ...connect(webSocketPort(socket), contract), close: () => socket.terminate() }
}
