/** @file A project with two short trainings, made through the studio's own calls. */
import { WebSocket } from 'ws'

import { askAdmission } from '../../core/api/admission.ts'
import { connect } from '../../core/api/client.ts'
import { contract, type Api } from '../../core/api/contract.ts'
import { socketPath, webSocketPort } from '../../core/api/port.ts'
import { starterFolder } from '../../core/studio/assets.ts'
import { keyIn } from '../core/host/server/served.ts'
import type { RunningStudio } from './studio-window.ts'

/** A project “Circles” over `photos` with two runs that differ in their seeds, “Run 0” and “Run 1”; gives its id. */
export async function trainTwice(studio: RunningStudio, photos: string): Promise<string> {
  const { api, close } = await connectTo(studio)
  const data = { folder: photos, validation: null, validationSplit: 0.4 }
  const { id: project } = await api.projects.create({ name: 'Circles', data, screen: 'results' })
  for (const seed of [0, 1]) await trainOnce(api, { project, photos, seed })
  close()
  return project
}

/** A short run of a project; gives its id. */
export async function trainOnce(
  api: Api,
  { project, photos, seed }: { readonly project: string; readonly photos: string; readonly seed: number },
): Promise<string> {
  const request = { project, model: starterFolder(), data: photos, validationSplit: 0.4, steps: 3, batch: 4 }
  let run = ''
  for await (const item of api.runs.start({ ...request, warmup: 1, seed, name: `Run ${seed}` })) {
    if (item.type !== 'done') continue
    run = item.run
    for await (const _ of api.runs.follow({ run })) continue
    await api.projects.update({ project, change: { run } })
  }
  return run
}

/** The studio's calls, as a window has them. */
export async function connectTo(studio: RunningStudio): Promise<{ api: Api; close: () => void }> {
  const address = await studio.address()
  const { origin, host } = new URL(address)
  const socket = new WebSocket(`ws://${host}${socketPath}`, { origin })
  await askAdmission(socket, { key: keyIn(address) })
  return { api: connect(webSocketPort(socket), contract), close: () => socket.terminate() }
}
