/** @file The engine process's answers: thin joints between its contract and core/train. */
import { listDevices, type DeviceReport } from '../../engine/devices.ts'
import type { Device } from '../../api/contract/devices.ts'
import type { Handlers } from '../../api/rpc.ts'
import type { engineContract } from './engine-contract.ts'
import { exportItems } from './export-run.ts'
import { evaluateRun } from './evaluate-run.ts'
import { fewShotItems } from './few-shot.ts'
import { positionMaps } from './position-maps.ts'
import { predictFolder } from './predict-folder.ts'
import { attentionIn, predictImages } from './predict-images.ts'
import type { Training } from './training.ts'

/** Answers over one training. */
export function createEngineHandlers(training: Training): Handlers<typeof engineContract> {
  return {
    devices: { list: async () => (await listDevices()).map(toDevice) },
    training: {
      start: ({ request, folder }, { signal }) => training.start(request, folder, signal),
      resume: ({ folder }, { signal }) => training.resume(folder, signal),
      stop: () => training.stop(),
      pause: ({ paused }) => training.pause(paused),
    },
    results: {
      evaluate: ({ folder }, { signal }) => evaluateRun(folder, signal),
      export: ({ folder, formats, out }, { signal }) => exportItems(folder, formats, out, signal),
    },
    models: {
      positions: async (request) => positionMaps(request),
      fewShot: (request, { signal }) => fewShotItems(request, signal),
    },
    predict: {
      images: ({ model, images, top }, { signal }) => predictImages(model, images, { top, signal }),
      folder: ({ model, folder, top }, { signal }) => predictFolder(model, folder, { top, signal }),
      attention: ({ model, image }) => attentionIn(model, image),
    },
  }
}

function toDevice(report: DeviceReport): Device {
  const { kind, name, memoryMB } = report
  return {
    kind,
    name,
    memoryMB,
    gflops: report.usable ? report.gflops : null,
    reason: report.usable ? null : report.reason,
  }
}
