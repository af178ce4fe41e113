/** @file PyTorch files whose pickles and archives are attacks. */
import { integer, type Random } from '../../../core/tensor/random.ts'
import { at } from '../../../core/tensor/shape.ts'
import { timmTensors, tinyModel } from '../../core/files/tiny-models.ts'
import { forgedZip, pickle, pickledTensor, stateDict, torchFile, type ForgedEntry } from './forged-files.ts'
import type { Forgery, Material } from './forgery.ts'
import type { ModelFolder } from './model-folder.ts'

const opened = 'weights.pth'
type Files = Pick<ModelFolder, 'files' | 'opened'>
const file = (content: Uint8Array): Files => ({ files: { [opened]: content }, opened })

const { whole, text, int, tuple, global, call, dict } = pickle
const pick = <T>(random: Random, items: readonly T[]): T => at(items, integer(random, items.length))
const latin = (value: string): Buffer => Buffer.from(value, 'latin1')

/** The tiny model, with something done to the pickle of its dictionary. */
function tiny(change: (body: string) => string, storages: Record<string, Uint8Array> = {}): Files {
  const sound = stateDict(timmTensors(tinyModel()))
  return file(torchFile(whole(change(sound.body)), { ...sound.storages, ...storages }))
}

/** What would run a command in Python, as `[module, name, arguments]`. */
const attacks = ({ canary }: Material): readonly (readonly [string, string, string])[] => [
  ['os', 'system', tuple([text(`touch ${canary}`)])],
  ['posix', 'system', tuple([text(`touch ${canary}`)])],
  ['nt', 'system', tuple([text(`echo > ${canary}`)])],
  ['subprocess', 'Popen', tuple([tuple([text('touch'), text(canary)])])],
  ['subprocess', 'check_output', tuple([tuple([text('touch'), text(canary)])])],
  ['builtins', 'exec', tuple([text(`open(${JSON.stringify(canary)}, "w")`)])],
  ['builtins', 'eval', tuple([text(`open(${JSON.stringify(canary)}, "w")`)])],
  ['__builtin__', 'eval', tuple([text(`open(${JSON.stringify(canary)}, "w")`)])],
  ['builtins', 'open', tuple([text(canary), text('w')])],
  ['io', 'open', tuple([text(canary), text('w')])],
  ['pathlib', 'Path.touch', tuple([text(canary)])],
  ['runpy', 'run_path', tuple([text(canary)])],
  ['importlib', 'import_module', tuple([text('os')])],
  ['torch', 'load', tuple([text(canary)])],
  ['torch.hub', 'load', tuple([text(canary), text('x')])],
  ['torch.storage', '_load_from_bytes', tuple([text(canary)])],
  ['numpy', 'save', tuple([text(canary), int(1)])],
  ['child_process', 'execSync', tuple([text(`touch ${canary}`)])],
  ['process', 'mainModule.require', tuple([text('child_process')])],
  ['constructor', 'constructor', tuple([text('return process')])],
  ['__proto__', 'x', tuple([])],
  ['operator', 'attrgetter', tuple([text('system')])],
  ['functools', 'partial', tuple([global('os', 'system'), text(`touch ${canary}`)])],
]

/** Ways to have a function called. */
const ways: readonly ((callee: string, args: string, module: string, name: string) => string)[] = [
  (callee, args) => call(callee, args),
  (callee, args) => `${callee}${args}\u0081`,
  (callee, args) => `${callee}${args}}\u0092`,
  (_, args, module, name) => `(${args}i${module}\n${name}\n`,
  (callee, args) => `(${callee}${args}o`,
  (_, args, module, name) => `${text(module)}${text(name)}\u0093${args}R`,
  (callee, args) => `${callee})\u0081${dict([[text('__setstate__'), callee]])}b${args}0`,
  (callee, args) => `${callee})\u0081${args}b`,
  (callee, args) => `\u0082\u0001${callee}${args}R`,
  (callee, args) => `Pos.system\n${callee}${args}R`,
  (callee, args) =>
    call(global('collections', 'OrderedDict'), tuple([tuple([tuple([text('a'), call(callee, args)])])])),
]

const view = (
  shape: number[],
  strides: number[],
  more: { offset?: number; key?: string; type?: string } = {},
): string => pickledTensor({ key: '0', shape, strides, ...more })

const storage = { '0': Buffer.alloc(4096) }
const one = (tensor: string): Files =>
  file(torchFile(whole(dict([[text('patch_embed.proj.weight'), tensor]])), storage))
const remembered = (index: number): string => `h${String.fromCharCode(index)}`
const many = (count: number, piece: string): Buffer => latin(`\u0080\u0002${piece.repeat(count)}.`)

export const forgedPickles: Readonly<Record<string, Forgery>> = {
  'a call to the system': (random, material) => {
    const [module, name, args] = pick(random, attacks(material))
    const attack = pick(random, ways)(global(module, name), args, module, name)
    return tiny((body) => (integer(random, 2) === 0 ? `${attack}0${body}` : `${body}${text('x')}${attack}s`))
  },
  'a bare pickle': (random, material) => {
    const [module, name, args] = pick(random, attacks(material))
    const protocol = pick(random, ['\u0080\u0002', '\u0080\u0003', '\u0080\u0004', '\u0080\u00ff', ''])
    return file(latin(`${protocol}${call(global(module, name), args)}.`))
  },
  'a pickle of protocol 0': (_, { canary }) =>
    file(torchFile(latin(`cos\nsystem\n(S'touch ${canary}'\ntR.`))),
  'a dictionary that contains itself': () => tiny((body) => `${body}q\u0001${text('self')}${remembered(1)}s`),
  'a list that contains itself': () =>
    tiny((body) => `]q\u0001${remembered(1)}a0${body}${text('l')}${remembered(1)}s`),
  'an object whose attributes are itself': () =>
    file(torchFile(whole(`${global('a', 'b')})\u0081q\u0001}q\u0002${text('x')}${remembered(1)}sb`))),
  'a module within itself': () =>
    file(
      torchFile(
        whole(
          `${global('a', 'b')})\u0081q\u0001${dict([[text('_modules'), dict([[text('m'), remembered(1)]])]])}b`,
        ),
      ),
    ),
  'lists in lists': () => file(torchFile(latin(`\u0080\u0002${']'.repeat(900_000)}${'a'.repeat(899_999)}.`))),
  'dictionaries in dictionaries': () =>
    file(torchFile(latin(`\u0080\u0002${`}${text('model')}`.repeat(400_000)}N${'s'.repeat(400_000)}.`))),
  'tuples of pairs, doubled forty times': () => tiny((body) => `N${'2\u0086'.repeat(40)}0${body}`),
  'modules that share one': () => {
    const shared = `${global('a', 'b')})\u0081${dict(Array.from({ length: 20_000 }, (_, i) => [text(`t${i}`), remembered(1)]))}bq\u0002`
    const users = Array.from({ length: 200_000 }, (_, i) => [text(`u${i}`), remembered(2)] as const)
    return file(torchFile(whole(`${view([1], [1])}q\u00010${shared}0${dict(users)}`), storage))
  },
  'modules that each hold one': () => {
    const shared = `${global('a', 'b')})\u0081${dict(Array.from({ length: 20_000 }, (_, i) => [text(`t${i}`), remembered(1)]))}bq\u0002`
    const user = `${remembered(3)})\u0081}${text('m')}${remembered(2)}sb`
    const users = Array.from({ length: 60_000 }, (_, i) => [text(`u${i}`), user] as const)
    return file(
      torchFile(
        whole(`${view([1], [1])}q\u00010${shared}0${global('a', 'c')}q\u00030${dict(users)}`),
        storage,
      ),
    )
  },
  'one tensor under a million names': (random) => {
    const end = pick(random, ['', '.patch_embed.proj.weight', '.blocks.0.norm1.weight'])
    const names = Array.from({ length: 1_000_000 }, (_, i) => `${text(`${i}${end}`)}${remembered(1)}`)
    return file(torchFile(whole(`${view([0], [1])}q\u00010}(${names.join('')}u`), storage))
  },
  'millions of empty bytes': () => file(torchFile(many(4_900_000, 'C\u0000'))),
  'millions of empty lists': () => file(torchFile(many(990_000, ']'))),
  'millions of empty dictionaries': () => file(torchFile(many(990_000, '}'))),
  'millions of empty sets': () => file(torchFile(many(990_000, '\u008f'))),
  'millions of words': () => file(torchFile(many(4_900_000, 'U\u0003abc'))),
  'millions of integers of 256 bytes': () =>
    file(torchFile(many(490_000, `\u008a\u00ff${'\u0055'.repeat(255)}`))),
  'millions of memories': () => file(torchFile(many(2_400_000, 'N\u0094'))),
  'millions of marks': () => file(torchFile(many(4_900_000, '('))),
  'millions of fractions': () =>
    file(torchFile(many(4_900_000, 'G\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008'))),
  'millions of objects with items': () => file(torchFile(many(330_000, `ca\nb\n)\u0081NNs`))),
  'a text of a hundred megabytes': () =>
    file(forgedZip([{ name: 'a/data.pkl', bytes: whole(text('é'.repeat(50_000_000))), deflate: true }])),
  'a pickle of a hundred megabytes': () =>
    file(forgedZip([{ name: 'a/data.pkl', bytes: Buffer.alloc(100_000_000, 'N'), deflate: true }])),
  'stride 0': (random) =>
    one(view([pick(random, [2 ** 20, 2 ** 21, 2 ** 31, 2 ** 52]), 3, 16, 16], [0, 0, 0, 0])),
  strides: (random) =>
    one(
      view(
        [16, 3, 4, 4],
        pick(random, [
          [-1, 1, 1, 1],
          [2 ** 52, 1, 1, 1],
          [1, 1, 1],
          [1, 1, 1, 1, 1],
        ]),
      ),
    ),
  offsets: (random) =>
    one(view([16, 3, 4, 4], [48, 16, 4, 1], { offset: pick(random, [-1, 2 ** 52, 4096, 257]) })),
  shapes: (random) =>
    one(
      pick(random, [
        view([0, 2 ** 52, 2 ** 52, 2 ** 52, 2 ** 52], [1, 1, 1, 1, 1]),
        view(
          Array.from({ length: 64 }, () => 2 ** 52),
          Array.from({ length: 64 }, () => 0),
        ),
        view(
          [...Array.from({ length: 63 }, () => 2 ** 52), 0],
          Array.from({ length: 64 }, () => 0),
        ),
        view(
          Array.from({ length: 65 }, () => 1),
          Array.from({ length: 65 }, () => 1),
        ),
        view([-16, 3, 4, 4], [48, 16, 4, 1]),
        view([], []),
      ]),
    ),
  storages: (random) =>
    one(
      view([16, 3, 4, 4], [48, 16, 4, 1], {
        key: pick(random, [
          '../../../etc/passwd',
          '/dev/zero',
          'x'.repeat(1_000_000),
          '',
          '__proto__',
          '\u0000',
        ]),
      }),
    ),
  'types of storages': (random) =>
    one(
      view([16, 3, 4, 4], [48, 16, 4, 1], {
        type: pick(random, ['ByteStorage', 'constructor', 'x'.repeat(1e6), '']),
      }),
    ),
  'a thousand repeated tensors': () =>
    file(
      torchFile(
        whole(dict(Array.from({ length: 1000 }, (_, i) => [text(`t${i}`), view([2 ** 20], [0])]))),
        storage,
      ),
    ),
  'tensors that share one storage': () => {
    const tensors = Array.from(
      { length: 20_000 },
      (_, i) => [text(`blocks.0.t${i}`), view([1024], [1])] as const,
    )
    return file(torchFile(whole(dict(tensors)), storage))
  },
}

const sound = (): { pkl: Buffer; storages: Record<string, Uint8Array> } => {
  const { body, storages } = stateDict(timmTensors(tinyModel()))
  return { pkl: whole(body), storages }
}

/** The tiny model as an archive, with something done to its entries. */
function archive(change: (entries: ForgedEntry[]) => readonly ForgedEntry[], count?: number): Files {
  const { pkl, storages } = sound()
  const data = Object.entries(storages).map(([key, bytes]) => ({ name: `archive/data/${key}`, bytes }))
  return file(forgedZip(change([{ name: 'archive/data.pkl', bytes: pkl }, ...data]), count))
}

export const forgedArchives: Readonly<Record<string, Forgery>> = {
  'an entry that is there twice': () => archive((entries) => [...entries, entries[1]!]),
  'two pickles': (_, { canary }) =>
    archive((entries) => [
      ...entries,
      {
        name: 'other/data.pkl',
        bytes: whole(call(global('os', 'system'), tuple([text(`touch ${canary}`)]))),
      },
    ]),
  'paths that lead out': (random, { canary }) =>
    archive((entries) => [
      ...entries,
      {
        name: pick(random, [
          `../..${canary}`,
          canary,
          `archive/../../../../../..${canary}`,
          'C:\\x',
          '..\\..\\x',
          'a\u0000b',
          '',
        ]),
        bytes: Buffer.from('x'),
      },
    ]),
  'a bomb': (random) =>
    file(
      forgedZip([
        { name: 'archive/data.pkl', bytes: Buffer.alloc(pick(random, [120e6, 200e6]), 'N'), deflate: true },
        { name: 'archive/data/0', bytes: Buffer.alloc(100e6), deflate: true },
      ]),
    ),
  'a bomb that says it is small': (random) =>
    archive(([first, ...rest]) => [
      {
        name: 'archive/data.pkl',
        bytes: Buffer.alloc(150e6, 'N'),
        deflate: true,
        states: { unpacked: pick(random, [10, 1e6, 0]) },
      },
      first!,
      ...rest,
    ]),
  'entries that share their bytes': () =>
    file(
      forgedZip([
        { name: 'archive/data.pkl', bytes: whole('N') },
        { name: 'archive/data/0', bytes: Buffer.alloc(1e6) },
        ...Array.from({ length: 50_000 }, (_, i) => ({
          name: `archive/data/${i + 1}`,
          bytes: Buffer.alloc(0),
          sharesWith: 1,
        })),
      ]),
    ),
  'a hundred thousand entries': () =>
    archive((entries) => [
      ...entries,
      ...Array.from({ length: 65_000 }, (_, i) => ({ name: `archive/x${i}`, bytes: Buffer.alloc(0) })),
    ]),
  'a wrong number of entries': (random) => archive((entries) => entries, pick(random, [0, 1, 1000, 65_535])),
  'what an entry states': (random) =>
    archive((entries) => {
      const place = integer(random, entries.length)
      const states = pick(random, [
        { crc: 1 },
        { packed: 4294967295 },
        { packed: 0 },
        { unpacked: 4294967295 },
        { unpacked: 0 },
        { flags: 1 },
        { flags: 8 },
        { flags: 65535 },
        { method: 8 },
        { method: 99 },
        { method: 1 },
        { offset: 4294967294 },
        { offset: 3 },
        { offset: 0 },
      ])
      return entries.map((entry, index) => (index === place ? { ...entry, states } : entry))
    }),
  'compressed weights': () => archive((entries) => entries.map((entry) => ({ ...entry, deflate: true }))),
  'no pickle': () => archive(([, ...rest]) => rest),
  'the byte order': (random) =>
    archive((entries) => [
      ...entries,
      { name: 'archive/byteorder', bytes: Buffer.from(pick(random, ['big', '', '\u0000', 'x'.repeat(1e6)])) },
    ]),
  nothing: () => file(forgedZip([])),
  'an end without a beginning': () =>
    file(
      Buffer.concat([
        latin('PK\u0003\u0004'),
        Buffer.alloc(5000),
        latin('PK\u0005\u0006'),
        Buffer.alloc(18, 255),
      ]),
    ),
}
