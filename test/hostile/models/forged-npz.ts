/** @file npz files whose arrays are not what they say, and the JSON file beside one. */
import { bigVisionScannedLayout, jaxLayout } from '../../../core/files/layout-jax.ts'
import { tensorsToWrite } from '../../../core/files/model-to-export.ts'
import { integer, type Random } from '../../../core/tensor/random.ts'
import { at } from '../../../core/tensor/shape.ts'
import { tinyConfig, tinyModel } from '../../core/files/tiny-models.ts'
import { evilJson, evilValue } from './evil-values.ts'
import { forgedNpy, forgedZip, pickle, type ForgedEntry } from './forged-files.ts'
import type { Forgery } from './forgery.ts'
import type { ModelFolder } from './model-folder.ts'

const opened = 'weights.npz'
type Files = Pick<ModelFolder, 'files' | 'opened'>
const archive = (entries: readonly ForgedEntry[], more: ModelFolder['files'] = {}): Files => ({
  files: { [opened]: forgedZip(entries), ...more },
  opened,
})
const pick = <T>(random: Random, items: readonly T[]): T => at(items, integer(random, items.length))

const described = (shape: string, type = '<f4', order = 'False'): string =>
  `{'descr': '${type}', 'fortran_order': ${order}, 'shape': (${shape}), }`

function tiny(): ForgedEntry[] {
  return tensorsToWrite(jaxLayout, tinyModel()).map(({ name, shape, load }) => {
    const { buffer, byteOffset, byteLength } = load().data
    const text = described(shape.map((size) => `${size},`).join(''))
    return { name: `${name}.npy`, bytes: forgedNpy(text, new Uint8Array(buffer, byteOffset, byteLength)) }
  })
}

/** The tiny model with one of its arrays made otherwise. */
function withArray(random: Random, bytes: Uint8Array): Files {
  const entries = tiny()
  const place = integer(random, entries.length)
  return archive(entries.map((entry, index) => (index === place ? { ...entry, bytes } : entry)))
}

const data = Buffer.alloc(64)

export const forgedNpzFiles: Readonly<Record<string, Forgery>> = {
  shapes: (random) => {
    const shapes = [
      '-1,',
      '-4, -4',
      '0, 9007199254740991, 9007199254740991',
      '9'.repeat(400),
      '1e3,',
      '16L,',
      'None,',
      '16,'.repeat(100),
    ]
    return withArray(random, forgedNpy(described(pick(random, shapes)), data))
  },
  types: (random) => {
    const types = ['>f4', '<c16', '|S9', '<U9', '|O', 'O', 'constructor', '', '<f4'.repeat(50), '|V999999999']
    return withArray(random, forgedNpy(described('16,', pick(random, types)), data))
  },
  'an array of objects': (random, { canary }) => {
    const body = pickle.whole(
      pickle.call(pickle.global('os', 'system'), pickle.tuple([pickle.text(`touch ${canary}`)])),
    )
    return withArray(random, forgedNpy(described('1,', '|O'), body))
  },
  records: (random) =>
    withArray(random, forgedNpy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", data)),
  'length of a header': (random) =>
    withArray(
      random,
      forgedNpy(
        described('16,'),
        data,
        pick(random, [1, 2, 3, 4, 0, 255]),
        pick(random, [0, 1, 65_535, 0xffff_ffff]),
      ),
    ),
  'words in a header': (random) => {
    const texts = [
      "__import__('os').system('x')",
      '',
      "'shape': (1,)".repeat(30),
      "{'descr': '<f4', ".repeat(20),
      '\u0000',
    ]
    return withArray(random, forgedNpy(pick(random, texts), data))
  },
  'memory order': (random) => withArray(random, forgedNpy(described('4, 4', '<f4', 'True'), data)),
  'a name that is there twice': () => archive([...tiny(), tiny()[0]!]),
  'paths that lead out': (_, { canary }) =>
    archive([...tiny(), { name: `../../..${canary}.npy`, bytes: data }]),
  'twenty thousand arrays': (random) => {
    const end = pick(random, ['x', 'embedding/kernel'])
    const bytes = forgedNpy(described('0,'), Buffer.alloc(0))
    return archive(
      Array.from({ length: 19_999 }, (_, i) => ({ name: `${i}/${end}.npy`, bytes, deflate: true })),
    )
  },
  'fifty thousand arrays': () => {
    const bytes = forgedNpy(described('0,'), Buffer.alloc(0))
    return archive(Array.from({ length: 50_000 }, (_, i) => ({ name: `${i}.npy`, bytes })))
  },
  'a bomb': () =>
    archive([
      ...tiny(),
      { name: 'x.npy', bytes: forgedNpy(described('30000000,'), Buffer.alloc(120e6)), deflate: true },
    ]),
  'a bomb as a weight': () => {
    const zeros = forgedNpy(described('9000000, 3,'), Buffer.alloc(108e6))
    const entries = tiny().map((entry) =>
      entry.name === 'head/kernel.npy' ? { ...entry, bytes: zeros, deflate: true } : entry,
    )
    return archive([
      ...entries,
      { name: 'pad.npy', bytes: forgedNpy(described('4000000,'), Buffer.alloc(16e6, 1)) },
    ])
  },
  'blocks in one array': (random) => {
    const depth = pick(random, [0, 1000, 1001, 1e9])
    const config = tinyConfig({ depth: 1 })
    const arrays = bigVisionScannedLayout.entries(config).map(({ name, shape }) => {
      const stacked = name.startsWith('Transformer/encoderblock/')
        ? [depth > 1e6 ? 1 : depth, ...shape.slice(1)]
        : shape
      const size = stacked.reduce((product, length) => product * length, 1)
      const text = described(stacked.map((length) => `${length},`).join(''))
      return { name: `${name}.npy`, bytes: forgedNpy(text, Buffer.alloc(4 * size)), deflate: true }
    })
    return archive(arrays)
  },
  'blocks that are numbered far': () =>
    archive([
      ...tiny(),
      {
        name: 'Transformer/encoderblock_1000000000/LayerNorm_0/scale.npy',
        bytes: forgedNpy(described('0,'), Buffer.alloc(0)),
      },
    ]),
  'the file beside it': (random) => archive(tiny(), { 'weights.npz.json': evilJson(evilValue(random)) }),
  'a fact beside it': (random) => {
    const fact = pick(random, [
      'gelu',
      'layerNormEpsilon',
      'image',
      'normalisation',
      'positionResize',
      'pooling',
      'labels',
      'framing',
    ])
    return archive(tiny(), { 'weights.npz.json': `{${JSON.stringify(fact)}:${evilJson(evilValue(random))}}` })
  },
  'framing beside it': (random) => {
    const huge = { height: 1e6, width: 1e6 }
    const resize = pick<unknown>(random, [
      { squash: huge },
      { cover: huge },
      { cover: { height: 1, width: 1e6 } },
      'letterbox',
    ])
    const framing = {
      resize,
      kernel: 'cubic',
      frame: pick(random, [huge, { height: 1, width: 1 }, { height: 1, width: 1e6 }]),
    }
    return archive(tiny(), { 'weights.npz.json': JSON.stringify({ framing }) })
  },
}
