/** @file Many steps as one array of bytes: as objects, twenty thousand of them would block a window for a while. */
import type { StepMetric } from '../../train/events.ts'

const columns = ['step', 'loss', 'accuracy', 'gradNorm', 'learningRate'] as const
const rowBytes = 8 * columns.length

/** Rows of five little-endian float64: step, loss, accuracy, gradient norm, learning rate. */
export function packSteps(steps: readonly StepMetric[]): Uint8Array<ArrayBuffer> {
  const table = new DataView(new ArrayBuffer(rowBytes * steps.length))
  steps.forEach((step, row) => {
    columns.forEach((name, column) => table.setFloat64(rowBytes * row + 8 * column, step[name], true))
  })
  return new Uint8Array(table.buffer)
}

/** The steps that `packSteps` packed. */
export function unpackSteps({ buffer, byteOffset, byteLength }: Uint8Array): StepMetric[] {
  const table = new DataView(buffer, byteOffset, byteLength)
  const steps: StepMetric[] = []
  for (let row = 0; row + rowBytes <= byteLength; row += rowBytes) {
    steps.push({
      type: 'step',
      step: table.getFloat64(row, true),
      loss: table.getFloat64(row + 8, true),
      accuracy: table.getFloat64(row + 16, true),
      gradNorm: table.getFloat64(row + 24, true),
      learningRate: table.getFloat64(row + 32, true),
    })
  }
  return steps
}
