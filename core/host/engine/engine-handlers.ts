/** @file The engine process's answers: one line for each of its methods. */
import { listDevices, type DeviceReport } from '../../engine/devices.ts'
import type { Device } from '../../api/contract/devices.ts'
import type { Handlers } from '../../api/rpc.ts'
import type { engineContract } from './engine-contract.ts'
import { exportItems } from '../../studio/runs/export-run.ts'
import { evaluateRun } from '../../studio/runs/evaluate-run.ts'
import { fewShotItems } from '../../studio/runs/few-shot.ts'
import { positionMaps } from '../../studio/models/position-maps.ts'
import { createSuggestions } from '../../studio/labels/suggestions.ts'
import { blockAttentions, headDistances, modelFigures } from '../../studio/inspect/look-inside.ts'
import { mapItems } from '../../studio/map/map-items.ts'
import { predictFolder } from '../../studio/predict/folder.ts'
import { attentionIn, predictImages } from '../../studio/predict/images.ts'
import { typicalItems } from '../../studio/runs/typical-images.ts'
import { similarItems } from '../../studio/predict/similar.ts'
import { folderOf } from '../../studio/runs/runs.ts'
import { timeStep } from '../../studio/runs/time-step.ts'
import type { Training } from '../../studio/runs/training.ts'

/** The answers, sharing one training. */
export function createEngineHandlers(training: Training): Handlers<typeof engineContract> {
  const suggestions = createSuggestions()
  return {
    devices: { list: async () => (await listDevices()).map(toDevice) },
    training: {
      start: ({ run, request }, { signal }) => training.start(request, run, signal),
      resume: ({ run }, { signal }) => training.resume(folderOf(run), signal),
      stop: () => training.stop(),
      pause: ({ paused }) => training.pause(paused),
    },
    timing: { step: timeStep },
    results: {
      evaluate: ({ run }, { signal }) => evaluateRun(folderOf(run), signal),
      typical: ({ run }, { signal }) => typicalItems(folderOf(run), signal),
      export: (request, { signal }) => exportItems(request, signal),
    },
    models: {
      positions: async (request) => positionMaps(request),
      fewShot: (request, { signal }) => fewShotItems(request, signal),
    },
    labels: { suggest: (request, { signal }) => suggestions.items(request, signal) },
    inspect: {
      figures: async (request) => modelFigures(request),
      distances: (request, { signal }) => headDistances(request, signal),
      attention: async (request) => blockAttentions(request),
    },
    map: { place: (request, { signal }) => mapItems(request, signal) },
    predict: {
      images: ({ model, images, top }, { signal }) => predictImages(model, images, { top, signal }),
      folder: ({ model, folder, top }, { signal }) => predictFolder(model, folder, { top, signal }),
      similar: ({ run, image, count }, { signal }) => similarItems(folderOf(run), image, count, signal),
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
