/** @file The training step here and in PyTorch, alternately on the same idle machine. */
import { availableParallelism } from 'node:os'
import { median } from '../../core/studio/bench.ts'
import { at } from '../../core/tensor/shape.ts'
import { startPyTorch, type PyTorchStep, type StepSize } from './pytorch.ts'
import { torchModes, type TorchMode } from './pytorch-finetune.ts'
import { createSubject, type Subject } from './subject.ts'

const models = [
  { name: 'ViT-Ti/16', width: 192, batch: 8, rounds: 12 },
  { name: 'ViT-S/16', width: 384, batch: 8, rounds: 8 },
  { name: 'ViT-B/16', width: 768, batch: 8, rounds: 5 },
]

/** Prints images per second here and in each of PyTorch's modes, all in turns, and the medians of their ratios. */
export async function benchPyTorch(): Promise<void> {
  for (const { name, width, batch, rounds } of models) {
    const subject = await createSubject(width, batch)
    const { depth, heads, classes } = subject.config
    const size = { width, depth, heads, classes, batch, resolution: 224 }
    const others = await startModes(size)
    if (others.length > 0) await compare(`${name}, batch ${batch}`, batch, rounds, subject, others)
    await subject.dispose()
    for (const { torch } of others) torch.close()
    if (others.length > 0) continue
    console.log('PyTorch: skipped, there is no torch; set PYTHON to a Python that has it.')
    return
  }
}

interface Mode {
  readonly mode: TorchMode
  readonly torch: PyTorchStep
}

async function startModes(size: StepSize): Promise<Mode[]> {
  const started: Mode[] = []
  for (const mode of torchModes) {
    const torch = await startPyTorch(size, availableParallelism(), mode)
    if (torch !== null) started.push({ mode, torch })
  }
  return started
}

async function compare(
  title: string,
  batch: number,
  rounds: number,
  subject: Subject,
  others: readonly Mode[],
): Promise<void> {
  const ours: number[] = []
  const theirs = others.map((): number[] => [])
  for (let round = -1; round < rounds; round++) {
    const own = await subject.step()
    const times: number[] = []
    for (const { torch } of others) times.push(await torch.step())
    // The first round warms up all, and compiles.
    if (round < 0) continue
    ours.push(own)
    times.forEach((ms, index) => theirs[index]?.push(ms))
  }
  const speed = (times: readonly number[]): string => ((1000 * batch) / median(times)).toFixed(2)
  console.log(`${title}: ${speed(ours)} images/s here`)
  for (const [index, { mode, torch }] of others.entries()) {
    const times = theirs[index] ?? []
    const ratio = median(times.map((ms, round) => ms / at(ours, round)))
    console.log(
      `  PyTorch ${torch.version}, ${mode}: ${speed(times)} images/s; here ${ratio.toFixed(2)} times as fast ` +
        `(median of ${rounds} rounds in turns)`,
    )
  }
}
