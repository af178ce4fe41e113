/** @file The training step here and in PyTorch, alternately on the same idle machine. */
import { availableParallelism } from 'node:os'
import { median } from '../../core/studio/bench.ts'
import { at } from '../../core/tensor/shape.ts'
import { startPyTorch } from './pytorch.ts'
import { createSubject } from './subject.ts'

const models = [
  { name: 'ViT-Ti/16', width: 192, batch: 8, rounds: 12 },
  { name: 'ViT-S/16', width: 384, batch: 8, rounds: 8 },
  { name: 'ViT-B/16', width: 768, batch: 8, rounds: 5 },
]

/** Prints images per second of both and the median of their ratios. */
export async function benchPyTorch(): Promise<void> {
  for (const { name, width, batch, rounds } of models) {
    const subject = await createSubject(width, batch)
    const { depth, heads, classes } = subject.config
    const size = { width, depth, heads, classes, batch, resolution: 224 }
    const torch = await startPyTorch(size, availableParallelism())
    if (torch === null) {
      console.log('PyTorch: skipped, there is no torch; set PYTHON to a Python that has it.')
      await subject.dispose()
      return
    }
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = -1; round < rounds; round++) {
      const [a, b] = [await subject.step(), await torch.step()]
      // The first round warms up both.
      if (round >= 0) ours.push(a)
      if (round >= 0) theirs.push(b)
    }
    const ratio = median(theirs.map((ms, index) => ms / at(ours, index)))
    const speed = (times: number[]): string => ((1000 * batch) / median(times)).toFixed(2)
    console.log(
      `${name}, batch ${batch}: ${speed(ours)} images/s here, ${speed(theirs)} in PyTorch ${torch.version}; ` +
        `${ratio.toFixed(2)} times as fast (median of ${rounds} rounds in turns)`,
    )
    torch.close()
    await subject.dispose()
  }
}
