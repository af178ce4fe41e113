/** @file The engine process's answers: thin joints between its contract and core/train. */
import { listDevices, type DeviceReport } from '../../engine/devices.ts'
import type { Device } from '../../api/contract/devices.ts'
import type { ExportFormat, ExportResult } from '../../api/contract/results.ts'
import type { Handlers } from '../../api/rpc.ts'
import { exportRun } from '../../train/export.ts'
import { createChannel } from './channel.ts'
import { chosenEngine } from './engine-choice.ts'
import type { engineContract } from './engine-contract.ts'
import { evaluateRun } from './evaluate-run.ts'
import { predictImages } from './predict-images.ts'
import type { Training } from './training.ts'

type ExportItem =
  | { readonly type: 'format'; readonly format: ExportFormat }
  | { readonly type: 'done'; readonly result: ExportResult }

/** Answers over one training. */
export function createEngineHandlers(training: Training): Handlers<typeof engineContract> {
  return {
    devices: { list: async () => (await listDevices()).map(toDevice) },
    training: {
      start: ({ request, folder }, { signal }) => training.start(request, folder, signal),
      resume: ({ folder }, { signal }) => training.resume(folder, signal),
      stop: () => training.stop(),
    },
    runs: {
      evaluate: ({ folder }, { signal }) => evaluateRun(folder, signal),
      export: ({ folder, formats, out }, { signal }) => exportItems(folder, formats, out, signal),
    },
    predict: {
      images: ({ model, images, top }, { signal }) => predictImages(model, images, { top, signal }),
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

async function* exportItems(
  folder: string,
  formats: readonly ExportFormat[],
  out: string,
  signal: AbortSignal,
): AsyncGenerator<ExportItem> {
  const { engine } = await chosenEngine('auto')
  const channel = createChannel<ExportItem>()
  const order = [...formats]
  const work = exportRun(folder, formats, out, {
    engine,
    signal,
    onProgress: () => {
      const format = order.shift()
      if (format !== undefined) channel.push({ type: 'format', format })
    },
  })
  yield* channel.until(work)
  const { exported, refused, verified } = await work
  yield {
    type: 'done',
    result: {
      out,
      exported: exported.map((one) => ({ ...one, files: [...one.files] })),
      refused: [...refused],
      images: verified.images,
    },
  }
}
