/** @file A project with two trainings, made without a window, for tests of what comes after. */
import { WebSocket } from 'ws'

import { askAdmission } from '../../core/api/admission.ts'
import { connect } from '../../core/api/client.ts'
import { contract } from '../../core/api/contract.ts'
import { socketPath, webSocketPort } from '../../core/api/port.ts'
import { starterFolder } from '../../core/studio/assets.ts'
import { keyIn } from '../core/host/server/served.ts'
import type { RunningStudio } from './studio-window.ts'

/** Two short runs of one project, which differ in their seeds. */
export async function trainTwice(studio: RunningStudio, photos: string): Promise<void> {
  const address = await studio.address()
  const { origin, host } = new URL(address)
  const socket = new WebSocket(`ws://${host}${socketPath}`, { origin })
  await askAdmission(socket, { key: keyIn(address) })
  const api = connect(webSocketPort(socket), contract)
  const data = { folder: photos, validation: null, validationSplit: 0.4 }
  const { id: project } = await api.projects.create({ name: 'Circles', data, screen: 'results' })
  for (const seed of [0, 1]) {
    const request = {
      project,
      model: starterFolder(),
      data: photos,
      validationSplit: 0.4,
      steps: 3,
      batch: 4,
    }
    for await (const item of api.runs.start({ ...request, warmup: 1, seed, name: `Run ${seed}` })) {
      if (item.type !== 'done') continue
      for await (const _ of api.runs.follow({ run: item.run })) continue
      await api.projects.update({ project, change: { run: item.run } })
    }
  }
  socket.terminate()
}
