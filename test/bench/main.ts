/** @file Benchmarks that need more than this program: `npm run bench` runs them all, `npm run bench epoch` one. */
import { benchEpoch } from './epoch.ts'
import { benchPyTorch } from './versus-pytorch.ts'

const benchmarks: Readonly<Record<string, () => Promise<void>>> = { pytorch: benchPyTorch, epoch: benchEpoch }

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !(name in benchmarks))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}.`)
  process.exitCode = 2
} else {
  for (const [name, run] of Object.entries(benchmarks)) {
    if (chosen.length === 0 || chosen.includes(name)) await run()
  }
}
