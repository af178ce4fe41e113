/** @file .onnx files that say of themselves what exports say, with graphs and metadata of an attacker. */
import { frameAs } from '../../../core/data/preprocess.ts'
import { encodeModel } from '../../../core/onnx/bytes.ts'
import type { AttributeValue, OnnxNode, OnnxTensor } from '../../../core/onnx/model.ts'
import { integer, type Random } from '../../../core/tensor/random.ts'
import { at } from '../../../core/tensor/shape.ts'
import { floats, integers, node } from '../../support/onnx-parts.ts'
import { evilJson, evilValue } from './evil-values.ts'
import type { Forgery } from './forgery.ts'
import type { ModelFolder } from './model-folder.ts'

type Files = Pick<ModelFolder, 'files' | 'opened'>
const opened = 'model.onnx'
const pick = <T>(random: Random, items: readonly T[]): T => at(items, integer(random, items.length))

const int = (value: number): AttributeValue => ({ type: 'int', value })
const ints = (...value: number[]): AttributeValue => ({ type: 'ints', value })

interface Graph {
  readonly side?: number
  readonly nodes?: readonly OnnxNode[]
  readonly constants?: readonly OnnxTensor[]
  readonly labels?: string
  readonly preprocessing?: string
  readonly input?: readonly (number | string)[]
}

const toTwo = [node('Reshape', ['x', 'flat'], ['f']), node('Gemm', ['f', 'w'], ['y'], { transB: int(1) })]

/** A file for images of 4 × 4 pixels and two classes, with what is given instead. */
function forged({ side = 4, nodes = toTwo, constants = [], labels, preprocessing, input }: Graph): Files {
  const own = frameAs('squash', { height: side, width: side }, { mean: [0, 0, 0], std: [1, 1, 1] })
  const names = new Set(constants.map(({ name }) => name))
  const usual = side > 100 ? [] : [integers('flat', [-1, 3 * side * side]), floats('w', [2, 3 * side * side])]
  const bytes = encodeModel({
    name: 'forged',
    nodes,
    constants: [...constants, ...usual.filter(({ name }) => !names.has(name))],
    inputs: [{ name: 'x', type: 'float32', shape: input ?? ['batch', 3, side, side] }],
    outputs: [{ name: 'y', type: 'float32', shape: ['batch', 2] }],
    metadata: new Map([
      ['labels', labels ?? '["a","b"]'],
      ['preprocessing', preprocessing ?? JSON.stringify(own)],
    ]),
  })
  return { files: { [opened]: bytes }, opened }
}

/** The graph before the head: from `x` to `x2`, which is flat. */
const before = (nodes: readonly OnnxNode[], constants: readonly OnnxTensor[] = [], side = 4): Files =>
  forged({
    side,
    nodes: [...nodes, node('Reshape', ['x2', 'flat'], ['f']), toTwo[1]!],
    constants,
  })

const operators = [
  'Loop',
  'If',
  'Scan',
  'RandomNormal',
  'StringNormalizer',
  'NonZero',
  'Tile',
  'Range',
  'ConstantOfShape',
  'ImageDecoder',
  'Resize',
]
const known = [
  'Identity',
  'Exp',
  'Softmax',
  'Cast',
  'Add',
  'MatMul',
  'Conv',
  'Gemm',
  'Transpose',
  'Slice',
  'Pad',
  'Concat',
  'ReduceMax',
  'LayerNormalization',
  'Expand',
  'Reshape',
]

export const forgedOnnxFiles: Readonly<Record<string, Forgery>> = {
  'an operator': (random) => before([node(pick(random, operators), ['x'], ['x2'])]),
  'an operator without what it needs': (random) => {
    const inputs = pick(random, [[], [''], ['x', 'x', 'x', 'x'], ['x'], ['', 'x']])
    return before([node(pick(random, known), inputs, ['x2'])])
  },
  attributes: (random) => {
    const name = pick(random, [
      'perm',
      'axis',
      'to',
      'transA',
      'pads',
      'strides',
      'group',
      'dilations',
      'epsilon',
      'approximate',
    ])
    const value = pick(random, [
      int(-1),
      int(2 ** 40),
      ints(),
      ints(0, 0, 0, 0),
      ints(9, 9),
      ints(-1, 2 ** 40, 0, 3),
    ])
    return before([node(pick(random, known), ['x', 'w'], ['x2'], { [name]: value })])
  },
  'a cycle': () => before([node('Identity', ['x3'], ['x2']), node('Identity', ['x2'], ['x3'])]),
  'two nodes of one name': () => before([node('Identity', ['x'], ['x2']), node('Exp', ['x'], ['x2'])]),
  'no nodes': () => forged({ nodes: [] }),
  'a hundred thousand nodes': (random) => {
    const count = pick(random, [20_000, 90_000, 200_000])
    const chain = Array.from({ length: count }, (_, i) =>
      node('Exp', [i === 0 ? 'x' : `c${i}`], [i === count - 1 ? 'x2' : `c${i + 1}`]),
    )
    return before(chain)
  },
  sizes: (random) => {
    const sizes = pick(random, [
      [0, 0],
      [-1, -1],
      [-1, 0],
      [2 ** 40, -1],
      [-(2 ** 40)],
      [],
      [1e6, 1e6],
      [-1, 7],
    ])
    return before([node(pick(random, ['Reshape', 'Expand']), ['x', 's'], ['x2'])], [integers('s', sizes)])
  },
  borders: (random) => {
    const pads = pick(random, [
      [0, 0, 0, 0, 0, 0, 0, 2 ** 40],
      [0, 0, -9, -9, 0, 0, 0, 0],
      [1],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 2 ** 40],
    ])
    return before([node('Pad', ['x', 'p'], ['x2'])], [integers('p', pads)])
  },
  slices: (random) => {
    const value = (): number => pick(random, [0, 1, -1, 3, 2 ** 62, -(2 ** 62), 99])
    const constants = ['a', 'b', 'c', 'd'].map((name) => integers(name, [value()]))
    return before([node('Slice', ['x', 'a', 'b', 'c', 'd'], ['x2'])], constants)
  },
  'a convolution': (random) => {
    const [strides, pads] = pick(random, [
      [ints(0, 0), ints(0, 0, 0, 0)],
      [ints(-1, -1), ints(0, 0, 0, 0)],
      [ints(1, 1), ints(2 ** 20, 2 ** 20, 2 ** 20, 2 ** 20)],
      [ints(1, 1), ints(-9, -9, -9, -9)],
      [ints(1, 1, 1), ints(0, 0)],
    ] as const)
    return before([node('Conv', ['x', 'k'], ['x2'], { strides, pads })], [floats('k', [3, 3, 1, 1])])
  },
  'much memory': (random) => {
    const size = pick(random, [2 ** 20, 2 ** 24, 2 ** 26, 2 ** 28, 2 ** 30])
    const steps = Array.from({ length: 6 }, (_, i) => node('Expand', ['x0', 's'], [`big${i}`]))
    const sums = steps.map((_, i) => node('Add', [i === 0 ? 'big0' : `sum${i}`, `big${i}`], [`sum${i + 1}`]))
    return before(
      [
        node('Reshape', ['x', 'flat1'], ['x00']),
        node('ReduceSum', ['x00', 'axis'], ['x0']),
        ...steps,
        ...sums,
        node('ReduceMax', ['sum6', 'axis'], ['m']),
        node('Mul', ['m', 'x'], ['x2']),
      ],
      [integers('flat1', [-1]), integers('axis', [0]), integers('s', [size])],
    )
  },
  'much arithmetic': (random) => {
    const side = pick(random, [512, 2048, 8192])
    const products = Array.from({ length: 200 }, (_, i) =>
      node('MatMul', [i === 0 ? 'm' : `p${i}`, 'm'], [`p${i + 1}`]),
    )
    return before(
      [
        node('Expand', ['one', 's'], ['m']),
        ...products,
        node('ReduceMax', ['p200', 'axes'], ['t']),
        node('Mul', ['t', 'x'], ['x2']),
      ],
      [floats('one', [1, 1]), integers('s', [side, side]), integers('axes', [0, 1])],
    )
  },
  'many slow operators': () => {
    const chain = Array.from({ length: 2000 }, (_, i) =>
      node(pick2(i), [i === 0 ? 'e' : `c${i}`], [`c${i + 1}`]),
    )
    return before(
      [
        node('Expand', ['one', 's'], ['e']),
        ...chain,
        node('ReduceMax', ['c2000', 'axes'], ['t']),
        node('Mul', ['t', 'x'], ['x2']),
      ],
      [floats('one', [1, 1]), integers('s', [4096, 4096]), integers('axes', [0, 1])],
    )
  },
  'forty doublings': () => {
    const chain = Array.from({ length: 40 }, (_, i) =>
      node('Concat', [i === 0 ? 'x' : `c${i}`, i === 0 ? 'x' : `c${i}`], [`c${i + 1}`], { axis: int(1) }),
    )
    return before([...chain, node('Identity', ['c40'], ['x2'])])
  },
  images: (random) =>
    forged({
      side: pick(random, [2048, 3333, 5700, 8192, 30_000]),
      labels: '["a","b","c"]',
      nodes: [node('ReduceMax', ['x', 'axes'], ['m']), node('Reshape', ['m', 'three'], ['y'])],
      constants: [integers('axes', [2, 3]), integers('three', [-1, 3])],
    }),
  'an input': (random) =>
    forged({
      input: pick(random, [
        [],
        ['b'],
        [-1, -1, -1, -1],
        [1, 3, 4, 4],
        ['b', 3, 2 ** 40, 4],
        ['b', 3, 4, 4, 4],
      ]),
    }),
  labels: (random) => {
    const texts = [
      '[]',
      '["a"]',
      '5',
      'null',
      '[1,2]',
      'x',
      `["${'x'.repeat(19_000_000)}","b"]`,
      '["\\u001b[2J","\\u0000"]',
      `[${'"a",'.repeat(1_000_000)}"b"]`,
      `[${'5,'.repeat(5_000_000)}5]`,
    ]
    return forged({ labels: pick(random, texts) })
  },
  'labels of nested brackets': () => forged({ labels: '['.repeat(19_000_000) }),
  'any labels': (random) => forged({ labels: evilJson(evilValue(random)) }),
  'any preprocessing': (random) => forged({ preprocessing: evilJson(evilValue(random)) }),
  preprocessing: (random) => {
    const own = frameAs('squash', { height: 4, width: 4 }, { mean: [0, 0, 0], std: [1, 1, 1] })
    const changed = pick<unknown>(random, [
      { std: [1e-308, 1e-308, 1e-308] },
      { std: [0, 0, 0] },
      { mean: [1e308, 1e308, 1e308] },
      {
        resize: {
          cover: {
            height: 8192,
            width: 8192,
          },
        },
      },
      {
        resize: {
          squash: {
            height: 8192,
            width: 8192,
          },
        },
      },
      {
        resize: {
          cover: {
            height: 1,
            width: 8192,
          },
        },
      },
      { background: [-1, 0, 0] },
    ])
    return forged({ preprocessing: JSON.stringify({ ...own, ...(changed as object) }) })
  },
  'weights elsewhere': (random) => {
    const location = pick(random, [
      '../../../../etc/passwd',
      '/etc/passwd',
      '/dev/zero',
      'model.onnx',
      'model.onnx.data',
      '\u0000',
      '',
    ])
    const offset = pick(random, [0, 2 ** 40, -1])
    return forged({
      constants: [floats('w', [2, 48], { location, offset, length: pick(random, [384, 2 ** 40, -1, 0]) })],
    })
  },
  'weights beside it that are no file': (random) => {
    const { files } = forged({
      constants: [floats('w', [2, 48], { location: 'model.onnx.data', offset: 0, length: 384 })],
    })
    const content = pick(random, [
      { is: 'pipe' },
      { is: 'folder' },
      { is: 'link', to: '/dev/zero' },
      { is: 'link', to: 'model.onnx.data' },
      'short',
    ] as const)
    return { files: { ...files, 'model.onnx.data': content }, opened }
  },
  'constants of the wrong size': (random) =>
    forged({
      constants: [
        floats(
          'w',
          pick(random, [
            [2, 48],
            [2 ** 40, 48],
            [-2, 48],
            [2, 48, 0],
          ]),
          new Uint8Array(pick(random, [0, 4, 383])),
        ),
      ],
    }),
}

function pick2(index: number): string {
  return ['Exp', 'Tanh', 'Erf', 'Softmax'][index % 4] ?? 'Exp'
}
