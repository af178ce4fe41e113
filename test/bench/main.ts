/**
 * @file Benchmarks that need more than this program: `npm run bench` runs all but the longest, `npm run bench epoch`
 * one; arguments that begin with -- are passed to them.
 */
import { benchEngines } from './engines.ts'
import { benchEpoch } from './epoch.ts'
import { benchTimeToAccuracy } from './time-to-accuracy.ts'
import { benchPyTorch } from './versus-pytorch.ts'
import { benchWindow } from './window.ts'

const benchmarks: Readonly<Record<string, (options: readonly string[]) => Promise<void>>> = {
  engines: benchEngines,
  pytorch: benchPyTorch,
  epoch: benchEpoch,
  window: benchWindow,
  'time-to-accuracy': benchTimeToAccuracy,
}
// An hour of training runs only on request.
const longest = 'time-to-accuracy'

const options = process.argv.slice(2).filter((word) => word.startsWith('--'))
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const unknown = chosen.filter((name) => !(name in benchmarks))
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}.`,
  )
  process.exitCode = 2
} else {
  for (const [name, run] of Object.entries(benchmarks)) {
    if (chosen.includes(name) || (chosen.length === 0 && name !== longest)) await run(options)
  }
}
