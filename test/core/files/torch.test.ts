/** @file PyTorch checkpoints: files of PyTorch itself, hand-made pickles, and everything that must not run. */
import { existsSync, rmSync } from 'node:fs'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { AppError } from '../../../core/errors.ts'
import { openTensorFile } from '../../../core/files/container.ts'
import { inEnglish } from '../../../core/sentence.ts'
import { PickleObject, unpickle, type PickleRules } from '../../../core/files/pickle.ts'
import type { TensorFile } from '../../../core/files/tensor-file.ts'
import { openTorch } from '../../../core/files/torch-read.ts'
import { openZip } from '../../../core/files/zip.ts'
import { floats } from '../../../core/tensor/tensor.ts'
import { fixture } from './tiny-models.ts'
import { zipFile } from './zips.ts'

const none = { functions: new Map(), refused: /(?!)/ }

async function withTorch<T>(path: string, work: (file: TensorFile) => Promise<T>): Promise<T> {
  const file = await openTorch(path)
  try {
    return await work(file)
  } finally {
    await file.close()
  }
}

const counting = Array.from({ length: 24 }, (_, index) => index)

describe('views.pt, made by PyTorch', () => {
  const expected = {
    base: floats([4, 6], counting),
    transposed: floats(
      [6, 4],
      counting.map((_, index) => (index % 4) * 6 + Math.floor(index / 4)),
    ),
    column: floats([4], [1, 7, 13, 19]),
    corner: floats([2, 3], [8, 9, 10, 14, 15, 16]),
    expanded: floats([2, 3], [7, 7, 7, 7, 7, 7]),
    half: floats([4, 6], counting),
    brain: floats([4, 6], counting),
    double: floats([4, 6], counting),
    parameter: floats([1, 6], [0, 1, 2, 3, 4, 5]),
    scalar: floats([], [2.5]),
    empty: floats([0, 4], []),
  }

  it.each(Object.entries(expected))('%s is read through its strides and offset', async (name, tensor) => {
    await withTorch(fixture('views.pt'), async (file) => expect(await file.read(name)).toEqual(tensor))
  })

  it('lists integers and refuses to read them as weights', async () => {
    await withTorch(fixture('views.pt'), async (file) => {
      expect(file.tensors.get('steps')).toMatchObject({ shape: [3], type: 'LongStorage' })
      await expect(file.read('steps')).rejects.toMatchObject({ code: 'unsupported' })
    })
  })
})

describe('nested.pth, a training checkpoint', () => {
  it('gives the weights under “model”, past namespaces, paths and NumPy scalars, and not those of the optimiser', async () => {
    await withTorch(fixture('nested.pth'), (file) => {
      expect([...file.tensors.keys()]).toContain('module.blocks.1.attn.qkv.weight')
      expect([...file.tensors.keys()].filter((name) => name.startsWith('exp_avg'))).toEqual([])
      expect(file.notes.map(inEnglish)).toEqual(['The weights come from “model” inside the file.'])
      return Promise.resolve()
    })
  })
})

describe('checkpoints as training programs leave them', () => {
  const plainWeights = { 'blocks.0.weight': floats([1, 2], [1, 2]), 'blocks.0.bias': floats([1], [3]) }
  const inModule = Object.fromEntries(
    Object.entries(plainWeights).map(([name, tensor]) => [`module.${name}`, tensor]),
  )
  const averaged = { 'blocks.0.weight': floats([1, 2], [2, 3]), 'blocks.0.bias': floats([1], [4]) }

  it.each([
    ['module-beside.pth', 'net', plainWeights],
    ['imagenet-example.pth', 'state_dict', inModule],
    ['tutorial.pth', 'model_state_dict', plainWeights],
    ['generator.pth', 'model', plainWeights],
    ['lightning.ckpt', 'state_dict', plainWeights],
    ['callbacks.ckpt', 'state_dict', plainWeights],
    ['omegaconf.ckpt', 'state_dict', plainWeights],
    ['mmengine.pth', 'state_dict', plainWeights],
    ['namespace.pth', 'model', plainWeights],
    ['attribute-dict.pth', 'state_dict', plainWeights],
    ['averages.pth', 'state_dict_ema', averaged],
    ['cycle.pth', 'model', plainWeights],
  ])('%s: the weights are found under “%s” among all else', async (name, key, expected) => {
    await withTorch(fixture(`training/${name}`), async (file) => {
      expect(file.notes.map(inEnglish)).toEqual([`The weights come from “${key}” inside the file.`])
      expect([...file.tensors.keys()]).toEqual(Object.keys(expected))
      for (const [tensor, values] of Object.entries(expected)) expect(await file.read(tensor)).toEqual(values)
    })
  })
})

describe('a whole module', () => {
  it.each(['whole-module.pth', 'torchscript.pt'])(
    '%s is read by the names of its state_dict()',
    async (name) => {
      await withTorch(fixture(`training/${name}`), async (file) => {
        const read = await Promise.all(
          [...file.tensors.keys()].map(async (key) => [key, await file.read(key)] as const),
        )
        expect(Object.fromEntries(read)).toEqual({
          'blocks.0.weight': floats([1, 2], [1, 2]),
          'blocks.0.bias': floats([1], [3]),
        })
      })
    },
  )
})

describe('a pickle that makes more than a checkpoint holds', () => {
  const text = (value: string): string =>
    `X${String.fromCharCode(value.length & 255, value.length >> 8)}\u0000\u0000${value}`
  const rules: PickleRules = { ...none, functions: new Map(), persistent: () => null }

  it.each([
    ['millions of containers', '}'.repeat(500_001)],
    ['millions of values', 'N'.repeat(2_000_001)],
    ['millions of empty bytes', 'C\u0000'.repeat(500_001)],
    ['millions of opaque objects', `ca\nb\n${')\u0081'.repeat(600_000)}`],
  ])('%s are refused', (_, body) => {
    expect(() => unpickle(Buffer.from(`\u0080\u0002${body}.`, 'latin1'), rules, 'the pickle')).toThrow(
      /millions of other values/,
    )
  })

  it('one long list handed over again and again is counted each time', async () => {
    const list = `](${'N'.repeat(100_000)}eq\u0000`
    const calls = `h\u0000\u0085q\u0001ccollections\nOrderedDict\nq\u0002${'h\u0002h\u0001R'.repeat(200)}`
    const pickle = Buffer.from(`\u0080\u0002${list}${calls}.`, 'latin1')
    await expect(openTorch(await zipFile('x.pth', { 'x/data.pkl': pickle }))).rejects.toThrow(
      /millions of other values/,
    )
  })

  it('modules that all hold one of twenty thousand entries are looked through once', async () => {
    const storage = `(${text('storage')}ctorch\nFloatStorage\n${text('0')}${text('cpu')}K\u0001tQ`
    const tensor = `ctorch._utils\n_rebuild_tensor_v2\n(${storage}K\u0000K\u0001\u0085K\u0001\u0085\u0089)tRq\u00010`
    const named = (count: number, value: string): string =>
      `}(${Array.from({ length: count }, (_, index) => text(`t${index}`) + value).join('')}u`
    const shared = `ca\nb\nq\u0003)\u0081${named(5000, 'h\u0001')}q\u0004bq\u00020`
    const start = performance.now()
    for (const user of ['h\u0002', `h\u0003)\u0081}${text('m')}h\u0002sb`, 'h\u0003)\u0081h\u0004b']) {
      const pickle = Buffer.from(`\u0080\u0002${tensor}${shared}${named(20_000, user)}.`, 'latin1')
      const path = await zipFile('x.pth', { 'x/data.pkl': pickle, 'x/data/0': new Uint8Array(4) })
      await withTorch(path, async (file) => {
        expect([...file.tensors.keys()].slice(0, 2).map((name) => name.replace('m.', ''))).toEqual([
          't0',
          't1',
        ])
        return Promise.resolve()
      })
    }
    // A hundred million entries each would take half a minute.
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  it('one tensor under ten thousand names more is too many', async () => {
    const storage = `(${text('storage')}ctorch\nFloatStorage\n${text('0')}${text('cpu')}K\u0001tQ`
    const tensor = `ctorch._utils\n_rebuild_tensor_v2\n(${storage}K\u0000K\u0000\u0085K\u0001\u0085\u0089)tRq\u00010`
    const names = Array.from(
      { length: 10_001 },
      (_, index) => `${text(`${index}.patch_embed.proj.weight`)}h\u0001`,
    )
    const pickle = Buffer.from(`\u0080\u0002${tensor}}(${names.join('')}u.`, 'latin1')
    const path = await zipFile('x.pth', { 'x/data.pkl': pickle, 'x/data/0': new Uint8Array(4) })
    await expect(openTorch(path)).rejects.toThrow('x.pth holds 10001 tensors, more than any model')
  })

  it('an integer of a million digits is not computed', () => {
    const body = `\u008b\u0000\u0000\u0010\u0000${'\u0001'.repeat(0x100000)}`
    expect(() => unpickle(Buffer.from(`\u0080\u0002${body}.`, 'latin1'), rules, 'a')).toThrow(
      /an integer has 1048576 bytes/,
    )
  })

  it('a tensor that repeats one number a billion times is refused', async () => {
    const size = 'J\u0000\u0080\u0000\u0000'
    const storage = `(${text('storage')}ctorch\nFloatStorage\n${text('0')}${text('cpu')}K\u0001tQ`
    const view = `ctorch._utils\n_rebuild_tensor_v2\n(${storage}K\u0000${size}${size}\u0086K\u0000K\u0000\u0086\u0089)tR`
    const pickle = Buffer.from(`\u0080\u0002}${text('a')}${view}s.`, 'latin1')
    const path = await zipFile('x.pth', { 'x/data.pkl': pickle, 'x/data/0': new Uint8Array(4) })
    await expect(openTorch(path)).rejects.toThrow(/of shape \[32768, 32768\] repeats the 4 bytes/)
  })
})

it('a file from before PyTorch 1.6 is refused with the way to convert it', async () => {
  await expect(openTensorFile(fixture('legacy.pth'))).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('torch.save(torch.load('),
  })
})

describe('a malicious pickle', () => {
  it('of Python itself is refused by name, and nothing runs', async () => {
    const witness = '/tmp/vit-studio-was-here'
    rmSync(witness, { force: true })
    await expect(openTorch(fixture('malicious.pth'))).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('“posix.system”'),
    })
    expect(existsSync(witness)).toBe(false)
  })

  const refused: [string, string, string][] = [
    ['GLOBAL and REDUCE', '\u0080\u0002cos\nsystem\nX\u0001\u0000\u0000\u0000a\u0085R.', 'os.system'],
    ['STACK_GLOBAL', '\u0080\u0004\u008c\u0008builtins\u008c\u0004eval\u0093.', 'builtins.eval'],
    ['NEWOBJ', '\u0080\u0002csubprocess\nPopen\n)\u0081.', 'subprocess.Popen'],
    ['a name merely mentioned', '\u0080\u0002}X\u0001\u0000\u0000\u0000acposix\nsystem\ns.', 'posix.system'],
    [
      'a way through another module',
      '\u0080\u0004\u008c\u0005torch\u008c\u0010serial.os.system\u0093.',
      'torch.serial.os.system',
    ],
  ]
  it.each(refused)('by %s is refused by name', async (_, pickle, name) => {
    const path = await zipFile('attack.pth', { 'archive/data.pkl': Buffer.from(pickle, 'latin1') })
    await expect(openTorch(path)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining(name),
    })
  })

  it.each([
    ['a whole module', '\u0080\u0002ctimm.models.vision_transformer\nVisionTransformer\n)\u0081.'],
    [
      'an attribute that is called',
      '\u0080\u0002c__builtin__\ngetattr\nX\u0001\u0000\u0000\u0000aX\u0001\u0000\u0000\u0000b\u0086R)R.',
    ],
    ['a dunder', '\u0080\u0002ccollections\n__builtins__\n)R.'],
  ])('by %s is an object without meaning', async (_, pickle) => {
    const path = await zipFile('odd.pth', { 'archive/data.pkl': Buffer.from(pickle, 'latin1') })
    await expect(openTorch(path)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('instead of a dictionary of weights'),
    })
  })

  it.each([
    ['extension registry', '\u0080\u0002\u0082\u0001.'],
    ['instance by INST', '\u0080\u0002(ios\nsystem\n.'],
    ['text persistent id', '\u0080\u0002Pos.system\n.'],
    ['out-of-band buffer', '\u0080\u0005\u0097.'],
  ])('by the instruction for %s is not understood', async (_, pickle) => {
    const path = await zipFile('attack.pth', { 'archive/data.pkl': Buffer.from(pickle, 'latin1') })
    await expect(openTorch(path)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(/instruction 0x[0-9a-f]+ is unknown/),
    })
  })

  it('cannot reach the prototype of JavaScript objects', () => {
    const bytes = Buffer.from('\u0080\u0002}X\u0009\u0000\u0000\u0000__proto__K\u0001s.', 'latin1')
    const value = unpickle(bytes, { ...none, persistent: () => null }, 'a')
    expect(value).toEqual(new Map([['__proto__', 1]]))
    expect(({} as Record<string, unknown>)['K']).toBeUndefined()
  })
})

describe('unpickle', () => {
  const rules: PickleRules = {
    ...none,
    functions: new Map([['collections.OrderedDict', () => new Map()]]),
    persistent: (id) => ({ id }),
  }
  const read = (text: string): unknown => unpickle(Buffer.from(text, 'latin1'), rules, 'the pickle')

  it('reads numbers of every width', () => {
    const text =
      '\u0080\u0002(K\u00ffM\u0001\u0002J\u00fe\u00ff\u00ff\u00ffG\u003f\u00f8\u0000\u0000\u0000\u0000\u0000\u0000\u008a\u0002\u00ff\u00fft.'
    expect(read(text)).toEqual([255, 513, -2, 1.5, -1])
    expect(read('\u0080\u0002\u008a\u0009\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001.')).toBe(
      2n ** 64n,
    )
    expect(read('\u0080\u0002\u008a\u0000.')).toBe(0)
  })

  it('builds containers, shares values through the memo and ignores object state', () => {
    expect(read('\u0080\u0002](K\u0001K\u0002eq\u0000h\u0000\u0086.')).toEqual([
      [1, 2],
      [1, 2],
    ])
    expect(
      read('\u0080\u0004\u0095\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u008f(K\u0001\u0090.'),
    ).toEqual(new Set([1]))
    expect(read('\u0080\u0002ccollections\nOrderedDict\n)R(K\u0001\u0088K\u0002\u0089u}b.')).toEqual(
      new Map([
        [1, true],
        [2, false],
      ]),
    )
    expect(read('\u0080\u0002(K\u0001Nd.')).toEqual(new Map([[1, null]]))
    expect(read('\u0080\u0002K\u0007Q.')).toEqual({ id: 7 })
  })

  it.each([
    ['\u0080\u0007.', 'its protocol is 7'],
    ['\u0080\u0002R.', 'its stack runs empty'],
    ['\u0080\u0002e.', 'a mark is missing'],
    ['\u0080\u0002h\u0005.', 'refers to value 5 before it exists'],
    ['\u0080\u0002K\u0001)R.', 'calls what is not a function'],
    ['\u0080\u0002K\u0001K\u0002a.', 'appends to what is not a list'],
    ['\u0080\u0002K\u0001K\u0002K\u0003s.', 'sets items of what is not a dict'],
    ['\u0080\u0002X\u00ff\u00ff\u00ff\u007fab', 'it ends too early'],
    ['\u0080\u0002cno end of line', 'it ends too early'],
  ])('%j is damaged', (text, message) => {
    expect(() => read(text)).toThrow(message)
  })

  it('ends with a value or an AppError on any bytes', () => {
    const opcodes = fc.constantFrom(
      ...Buffer.from(
        '().]}NKMJXqhrjtlueasdbRQ012\u0080\u0081\u0085\u0086\u0087\u0088\u008a\u0090\u0093\u0094',
        'latin1',
      ),
    )
    const byte = fc.oneof(opcodes, fc.integer({ min: 0, max: 255 }))
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 60 }), (bytes) => {
        try {
          unpickle(Uint8Array.from(bytes), rules, 'a')
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('is an error wherever a real pickle is cut off', async () => {
    const archive = await openZip(fixture('malicious.pth'))
    const whole = await archive.readAll('archive/data.pkl')
    await archive.close()
    const permissive: PickleRules = { ...none, persistent: () => null }
    expect(unpickle(whole, permissive, 'a')).toEqual(new Map([['model', new PickleObject('posix.system')]]))
    for (let length = 0; length < whole.byteLength; length++) {
      expect(() => unpickle(whole.subarray(0, length), permissive, 'a')).toThrow(AppError)
    }
  })
})

describe('a damaged checkpoint', () => {
  // {'a': a float tensor [2, 2] in storage '0'}, as torch.save writes it.
  const short = (text: string): string => `X${String.fromCharCode(text.length)}\u0000\u0000\u0000${text}`
  const tensor =
    `ctorch._utils\n_rebuild_tensor_v2\n((${short('storage')}ctorch\nFloatStorage\n${short('0')}${short('cpu')}K\u0004tQ` +
    'K\u0000K\u0002K\u0002\u0086K\u0002K\u0001\u0086\u0089ccollections\nOrderedDict\n)RtR'
  const pickle = Buffer.from(`\u0080\u0002}${short('a')}${tensor}s.`, 'latin1')
  const values = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer)

  it('is read when it is whole', async () => {
    const path = await zipFile('whole.pth', {
      'x/data.pkl': pickle,
      'x/data/0': values,
      'x/byteorder': 'little',
    })
    await withTorch(path, async (file) => expect(await file.read('a')).toEqual(floats([2, 2], [1, 2, 3, 4])))
  })

  it.each([
    ['a missing storage', { 'x/data.pkl': pickle }, '“a” in'],
    [
      'a short storage',
      { 'x/data.pkl': pickle, 'x/data/0': values.subarray(4) },
      '[2, 2] needs 16 bytes of storage “0”, which has 12',
    ],
    ['no pickle', { 'x/data/0': values }, 'holds no data.pkl'],
    ['no tensors', { 'x/data.pkl': Buffer.from('\u0080\u0002}.', 'latin1') }, 'holds no weights'],
    [
      'another persistent id',
      { 'x/data.pkl': Buffer.from('\u0080\u0002K\u0001Q.', 'latin1') },
      'in an unknown way',
    ],
  ])('with %s is reported', async (_, entries, message) => {
    await expect(
      openTorch(await zipFile('x.pth', entries as Record<string, Uint8Array>)),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining(message),
    })
  })

  it('of another byte order is refused', async () => {
    const path = await zipFile('big.pth', { 'x/data.pkl': pickle, 'x/data/0': values, 'x/byteorder': 'big' })
    await expect(openTorch(path)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('“big”'),
    })
  })

  it('with packed storages is refused rather than misread', async () => {
    const path = await zipFile('packed.pth', { 'x/data.pkl': pickle, 'x/data/0': new Uint8Array(4000) }, true)
    await withTorch(path, (file) => expect(file.read('a')).rejects.toThrow('compressed where it must not be'))
  })
})
