/** @file Benchmarks that need more than this program: `npm run bench` runs them all, `npm run bench epoch` one. */
import { benchEngines } from './engines.ts'
import { benchEpoch } from './epoch.ts'
import { benchPyTorch } from './versus-pytorch.ts'
import { benchWindow } from './window.ts'

const benchmarks: Readonly<Record<string, () => Promise<void>>> = {
  engines: benchEngines,
  pytorch: benchPyTorch,
  epoch: benchEpoch,
  window: benchWindow,
}

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !(name in benchmarks))
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}.`,
  )
  process.exitCode = 2
} else {
  for (const [name, run] of Object.entries(benchmarks)) {
    if (chosen.length === 0 || chosen.includes(name)) await run()
  }
}
