/** @file Malicious calls that fit the protocol: every method, with inputs that are wrong or lead to traps. */
import { contract } from '../../../core/api/contract.ts'
import { createRandom, integer, type Random } from '../../../core/tensor/random.ts'

/** One call. */
export interface HostileCall {
  readonly method: string
  readonly input: unknown
}

// Waits for a training or a menu, and ends only when it is cancelled.
const endless = ['shell.commands']

/** Every method of the contract by its path. */
export const methods = Object.entries(contract)
  .flatMap(([subject, all]) => Object.keys(all).map((name) => `${subject}.${name}`))
  .filter((method) => !endless.includes(method))

/** The call of a seed; the seeds go round all methods. */
export function callOf(seed: number, traps: string): HostileCall {
  const random = createRandom(seed)
  const method = methods[seed % methods.length] ?? ''
  const whole = fullInput(random, traps)
  const shape = integer(random, 10)
  if (shape === 0) return { method, input: wrongValue(random) }
  const names = Object.keys(whole)
  // One in three has a member of a wrong type.
  if (shape < 4) whole[pick(random, names)] = wrongValue(random)
  if (shape === 4) delete whole[pick(random, names)]
  return { method, input: whole }
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[integer(random, items.length)] as T
}

function wrongValue(random: Random): unknown {
  return pick<unknown>(random, [
    null,
    undefined,
    true,
    -1,
    0,
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    '',
    'x'.repeat(200_000),
    '\u0000',
    [],
    {},
    [[[[]]]],
    Array.from({ length: 5000 }, () => 'x'),
    new Uint8Array(50_000),
    { toString: 'x', __proto__: 5 },
    nested(200),
  ])
}

function nested(depth: number): unknown {
  let value: unknown = 'x'
  for (let level = 0; level < depth; level++) value = [value]
  return value
}

function hostilePath(random: Random, traps: string): string {
  const names = [
    'pipe',
    'pipe.jpg',
    'pipe.safetensors',
    'pipe.onnx',
    'pipe.vitstudio',
    'model',
    'model/model.safetensors',
    'photos',
    'photos/cat',
    'loop',
    'loop/again/loop',
    'noise.jpg',
    'noise.safetensors',
    'noise.pth',
    'noise.onnx',
    'noise.vitstudio',
    'deep.vitstudio',
    'zero.jpg',
    'zero.safetensors',
    'zero.vitstudio',
    'circle',
    'socket',
    'none',
    'photos/../pipe',
    '\u202Egpj.exe',
    'x'.repeat(300),
    'x/'.repeat(3000),
  ]
  // None that leads to the root of this machine: listing all of it would take too long.
  const others = [
    '/dev/zero',
    '/dev/full',
    '/dev/tty',
    '/proc/self/mem',
    '/proc/self/environ',
    '',
    '.',
    '~',
    '\u0000',
    `${traps}/pipe\u0000.jpg`,
    'C:\\',
    '\\\\server\\share',
    'file:///etc/passwd',
    '-rf',
    '--help',
    '${HOME}',
    '`id`',
  ]
  return integer(random, 4) === 0 ? pick(random, others) : `${traps}/${pick(random, names)}`
}

function hostileName(random: Random): string {
  return pick(random, [
    'deit-tiny-16',
    '..',
    '../..',
    '.',
    '',
    '/',
    'a/b',
    '__proto__',
    'constructor',
    'x'.repeat(1000),
    '\u0000',
    'con',
    '-',
    'A B',
    'run\n',
  ])
}

/** An object with all members that any method has; what a method does not know is ignored. */
function fullInput(random: Random, traps: string): Record<string, unknown> {
  const path = (): string => hostilePath(random, traps)
  const name = (): string => hostileName(random)
  const relative = (): string =>
    pick(random, ['pipe.jpg', '../pipe', '/etc/passwd', 'cat/0.jpg', 'cat/../../pipe', '\u0000', path()])
  const image = (): unknown =>
    integer(random, 2) === 0
      ? { folder: path(), path: relative(), root: path(), paths: relative() }
      : { name: name(), bytes: new Uint8Array(integer(random, 500)) }
  return {
    path: pick(random, [path(), relative()]),
    folder: path(),
    validation: pick(random, [undefined, path()]),
    root: path(),
    out: `${traps}/out`,
    data: pick<unknown>(random, [path(), { folder: path(), validation: null, validationSplit: 0.2 }]),
    file: path(),
    run: name(),
    runs: pick<unknown>(random, [true, [name()]]),
    project: pick(random, [undefined, name()]),
    model: pick(random, [name(), path()]),
    models: [path(), name()],
    drop: name(),
    name: name(),
    label: pick(random, [null, name()]),
    title: name(),
    content: pick(random, ['', '{', '{"format":1}', '{"format":9}', 'x'.repeat(1e6), '['.repeat(1e5)]),
    files: [{ root: path(), path: relative(), label: name() }],
    groups: [{ root: path(), paths: relative(), label: pick(random, [null, name()]) }],
    names: [name()],
    into: name(),
    to: name(),
    leftOut: true,
    heldBack: true,
    change: {
      name: name(),
      cover: { images: 1, classes: 1, pictures: [{ folder: path(), path: relative() }] },
    },
    parts: [{ path: relative(), offset: integer(random, 3) * 1e9, bytes: new Uint8Array(5) }],
    images: [image(), image()],
    image: image(),
    bytes: pick(random, [0, 10, 1e18]),
    size: 64,
    keep: integer(random, 2) === 0,
    paused: true,
    after: pick(random, [0, -1, 1e15]),
    mirror: pick(random, [null, 'http://127.0.0.1:9', 'file:///etc', 'javascript:1', name()]),
    overrides: pick<unknown>(random, [{}, { family: name() }]),
    formats: ['onnx', name()],
    resolution: pick<unknown>(random, [32, 224, 1e9, { height: 32, width: 1e9 }]),
    steps: pick(random, [1, 1e9]),
    batch: pick(random, [1, 1e9]),
    count: pick(random, [1, 1e9]),
    seed: integer(random, 100),
    augment: 'none',
    top: 5,
    fromRun: pick(random, [undefined, name()]),
  }
}
