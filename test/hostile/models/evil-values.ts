/** @file JSON values that nobody expects, and trees of JSON with some of them. */
import { integer, type Random } from '../../../core/tensor/random.ts'
import { at } from '../../../core/tensor/shape.ts'

/** Text that stands in a JSON file as it is: JSON.stringify could not write it. */
class Raw {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Values for any place. */
const values: readonly unknown[] = [
  0,
  -1,
  1,
  0.5,
  2,
  3,
  7,
  255,
  4096,
  65_536,
  1e6,
  1e9,
  2 ** 31,
  2 ** 53,
  1e15,
  1e308,
  1e-308,
  -1e308,
  ...['NaN', 'Infinity', '-Infinity', '1e999', '-0', '9'.repeat(400), 'undefined'].map(
    (text) => new Raw(text),
  ),

  '',
  'constructor',
  '__proto__',
  'toString',
  'hasOwnProperty',
  '\u0000',
  '\u001b[2J',
  '\uD800',
  '../..',
  '☃',
  'x'.repeat(100_000),
  '/dev/zero',
  'gelu',
  'relu',
  'token',
  'map',
  'squash',
  '\n at x (y.ts:1:1)',

  null,
  true,
  false,
  [],
  {},
  [[]],
  [0],
  [0, 0, 0],
  [1e308, 1e308, 1e308],
  [1e-9, 1, 1],
  [1e6, 1e6],
  [-1, -1],
  [1000, 1, 1e6],
  { height: 1e6, width: 1e6 },
  { height: 1, width: 1e6 },
  { shortest_edge: 1e6 },
  { squash: { height: 1e6, width: 1e6 } },
  { cover: { height: 1e6, width: 1e6 } },
  new Raw('{"__proto__":{"width":5}}'),
  new Raw('{"constructor":{"prototype":{"width":5}}}'),
  new Raw(`${'['.repeat(5000)}${']'.repeat(5000)}`),
  new Raw(`[${'0,'.repeat(50_000)}0]`),
]

/** A value for any place of a JSON file. */
export function evilValue(random: Random): unknown {
  const value = at(values, integer(random, values.length))
  return value instanceof Raw ? value : structuredClone(value)
}

/** A tree with `count` of its values replaced, removed or joined by others. */
export function evilTree(tree: unknown, random: Random, count: number): unknown {
  let changed = structuredClone(tree)
  for (let index = 0; index < count; index++) changed = change(changed, random)
  return changed
}

function change(tree: unknown, random: Random): unknown {
  if (tree instanceof Raw || typeof tree !== 'object' || tree === null || integer(random, 12) === 0)
    return evilValue(random)
  const keys = Object.keys(tree)
  if (keys.length === 0) return evilValue(random)
  const key = at(keys, integer(random, keys.length))
  const entries = tree as Record<string, unknown>
  const how = integer(random, 10)
  if (how === 0) delete entries[key]
  else if (how === 1) entries[at(names, integer(random, names.length))] = entries[key]
  else entries[key] = change(entries[key], random)
  return tree
}

const names = [
  'constructor',
  'toString',
  '',
  'blocks.1000000000.x',
  '__metadata__',
  'x'.repeat(10_000),
  '\u001b[0m',
]

/** As JSON.stringify, and what it cannot write. */
export function evilJson(value: unknown): string {
  if (value instanceof Raw) return value.text
  if (Array.isArray(value)) return `[${Array.from(value as unknown[], evilJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, one]) => `${JSON.stringify(key)}:${evilJson(one)}`)
    .join(',')}}`
}
