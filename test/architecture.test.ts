/** @file Who may import whom: one table, and the few rules about files that a linter cannot state. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

interface Rule {
  /** Other modules of core/, each a folder or a file without its extension; true for all of them. */
  readonly core: true | readonly string[]
  readonly packages?: readonly string[]
  /** True for every module of Node. */
  readonly node?: true | readonly string[]
}

/** Schemas, tables and rules that the window shares with the program, each in the layer it belongs to. */
const shared = [
  'vit/config',
  'files/export-formats',
  'catalogue/progress',
  'data/augmentation',
  'data/balance',
  'data/correction',
  'data/finding',
  'data/framing-choice',
  'data/held-out',
  'data/image-names',
  'data/labels',
  'optim/optimiser-kind',
  'train/evaluation/answering',
  'train/choices',
  'train/events',
  'train/schedule',
  'train/search/search-record',
]

/** Lowest layer first: a folder imports from itself and from rows above its own. */
const rules: Readonly<Record<string, Rule>> = {
  'core/sentence.ts': { core: [], packages: ['zod'] },
  // Who may throw errors may say sentences.
  'core/errors.ts': { core: ['sentence'] },
  'core/csv.ts': { core: [] },
  'core/csv-rows.ts': { core: ['csv'] },
  'core/tensor': { core: ['errors'] },
  'core/graph': { core: ['errors', 'tensor'] },
  'core/onnx': { core: ['errors', 'tensor', 'graph'], packages: ['@bufbuild/protobuf'] },
  'core/vit': { core: ['errors', 'tensor', 'graph'] },
  'core/optim': { core: ['errors', 'tensor', 'graph'], packages: ['zod'] },
  'core/files': {
    core: ['errors', 'tensor', 'vit/config', 'vit/hybrid-config', 'vit/forward-cost'],
    packages: ['yauzl', 'yazl', 'zod'],
    node: true,
  },
  'core/catalogue': { core: ['errors', 'files'], packages: ['undici', 'zod'], node: true },
  'core/data': {
    core: [
      'errors',
      'csv-rows',
      'tensor',
      'vit/config',
      'files/atomic',
      'files/make-folder',
      'files/regular-file',
    ],
    packages: ['sharp', 'zod', 'libheif-js'],
    node: true,
  },
  'core/engine': {
    core: ['errors', 'tensor', 'graph', 'onnx'],
    packages: ['onnxruntime-node', 'systeminformation', '@tensorflow/tfjs-core'],
    node: true,
  },
  'core/inspect': { core: ['errors', 'tensor', 'graph', 'vit'] },
  'core/map': {
    core: ['errors', 'tensor', 'graph', 'engine'],
    packages: ['umap-js'],
    node: ['node:timers/promises', 'node:worker_threads'],
  },
  'core/train': {
    core: ['errors', 'tensor', 'graph', 'onnx', 'vit', 'optim', 'files', 'data', 'engine', 'inspect'],
    packages: ['zod'],
    node: true,
  },
  'core/pretrain': {
    core: ['errors', 'tensor', 'vit', 'optim', 'files', 'data', 'engine', 'train'],
    node: true,
  },
  'core/api': { core: ['errors', ...shared], packages: ['zod'] },
  'core/studio': {
    core: [
      'errors',
      'tensor',
      'graph',
      'vit',
      'optim',
      'files',
      'catalogue',
      'data',
      'engine',
      'inspect',
      'map',
      'train',
      'pretrain',
      'api',
    ],
    packages: ['zod'],
    node: true,
  },
  'core/host': { core: true, packages: ['commander', 'ws', 'zod'], node: true },

  electron: { core: ['errors', 'api', 'studio', 'host'], packages: ['electron'], node: true },
  renderer: {
    core: ['errors', 'csv', 'api', ...shared],
    packages: [
      'react',
      'react-dom',
      'zustand',
      'zod',
      'uplot',
      'lucide-react',
      '@tanstack/react-virtual',
      '@fontsource-variable/inter',
    ],
  },
}

interface Import {
  readonly file: string
  /** As written, or for a file of the project its path from the root. */
  readonly target: string
}

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const files = ['core', 'electron', 'renderer'].flatMap(sourcesIn)
const imports = files.flatMap(importsOf)

describe('the source tree', () => {
  it.each(Object.entries(rules))('%s imports only what it may', (folder, rule) => {
    const wrong = imports.filter((one) => folderOf(one.file) === folder && !allows(rule, one))
    expect(wrong).toEqual([])
  })

  it('gives the window nothing that needs Node', () => {
    const reached = reachedFrom(files.filter((file) => folderOf(file) === 'renderer'))
    const foreign = imports.filter(
      (one) => reached.has(one.file) && !isOurs(one.target) && !allows(ruleOf('renderer/main.tsx'), one),
    )
    expect(reached.has('core/train/events.ts')).toBe(true)
    expect(foreign).toEqual([])
  })

  it('has a row in the table for every folder', () => {
    expect(files.filter((file) => folderOf(file) === undefined)).toEqual([])
  })

  it('has no cycles between files', () => {
    expect(findCycle()).toEqual([])
  })

  it('has no barrels and no drawers for anything', () => {
    const vague = /(^|\/)(index|utils?|helpers?|common|misc)(\/|\.tsx?$)/
    expect(files.filter((file) => vague.test(file))).toEqual([])
  })

  it('opens every file with its role', () => {
    const silent = files.filter((file) => !/^\/\*\*[\s*]*@file\s/.test(readSource(file)))
    expect(silent).toEqual([])
  })
})

// They read what the program itself has written or brought, in folders that are for its user alone.
const ownReaders = [
  'core/catalogue/digest.ts',
  'core/data/cache-usage.ts',
  'core/data/check-store.ts',
  'core/data/sample-set.ts',
  'core/files/process-identity.ts',
  'core/host/server/static-files.ts',
  'core/studio/assets.ts',
  'core/studio/data/thumbnails.ts',
  'core/studio/map/map-store.ts',
  'core/studio/runs/step-speeds.ts',
  'core/train/probe/few-shot-features.ts',
  'core/train/step/front-batches.ts',
  'electron/window-state.ts',
]

describe('long lists', () => {
  it('are never spread into the arguments of a call, which takes some hundred thousand at most', () => {
    const spread = files.filter((file) => /\.(?:push|unshift)\(\.\.\./.test(readSource(file)))
    expect(spread).toEqual([])
  })
})

describe('files of strangers', () => {
  it('are opened in one place, where a pipe or a device is refused', () => {
    const readers = files.filter((file) =>
      /\b(readFile|readFileSync|createReadStream)\(/.test(withoutHandles(file)),
    )
    expect(readers).toEqual(ownReaders)
  })
})

/** A source without what is called on a file that is open already. */
function withoutHandles(file: string): string {
  return readSource(file).replaceAll(/\bhandle\.\w+\(/g, '')
}

describe('the table', () => {
  it('lets a layer import only from those above it', () => {
    const folders = Object.keys(rules)
    for (const [row, { core }] of Object.values(rules).entries()) {
      const above = folders.slice(0, row)
      const named = core === true ? [] : core.map((name) => folderOf(`core/${name}.ts`) ?? `core/${name}`)
      expect(above).toEqual(expect.arrayContaining(named))
    }
  })

  it('would notice a wrong import', () => {
    const file = 'core/vit/model.ts'
    const allowed = (target: string): boolean => allows(ruleOf(file), { file, target })
    expect(['core/graph/ir.ts', 'core/vit/block.ts', 'core/errors.ts'].map(allowed)).toEqual([
      true,
      true,
      true,
    ])
    expect(['core/engine/engine.ts', 'zod', 'node:fs', 'core/errors-too.ts'].map(allowed)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })

  it('lets a single file of a folder be named', () => {
    const file = 'core/files/layout.ts'
    const allowed = (target: string): boolean => allows(ruleOf(file), { file, target })
    expect(['core/vit/config.ts', 'core/vit/model.ts', 'yauzl', 'node:fs/promises'].map(allowed)).toEqual([
      true,
      false,
      true,
      true,
    ])
  })

  it('sees every way of importing', () => {
    const source = [
      "import { a } from './a.ts'",
      "import type { B } from '../b.ts'",
      "import './c.ts'",
      "export { d } from 'd'",
      "import {\n  e,\n  f,\n} from '@scope/e/f'",
      "const g = await import('g')",
      "type H = typeof import('node:h')",
    ].join('\n')
    expect(specifiersIn(source)).toEqual(['./a.ts', '../b.ts', './c.ts', 'd', '@scope/e/f', 'g', 'node:h'])
  })
})

function sourcesIn(folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => posix.join(folder, file.replaceAll('\\', '/')))
    .toSorted()
}

function readSource(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

function importsOf(file: string): Import[] {
  return specifiersIn(readSource(file)).map((specifier) => ({
    file,
    target: specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier,
  }))
}

function specifiersIn(source: string): string[] {
  const statement = /^(?:import|export)\b(?:[^'"`;]*?\bfrom)?\s*'([^']+)'/.source
  const expression = /\bimport\(\s*'([^']+)'/.source
  const found = source.matchAll(new RegExp(`${statement}|${expression}`, 'gm'))
  return Array.from(found, ([, first, second]) => first ?? second ?? '')
}

function folderOf(file: string): string | undefined {
  return Object.keys(rules).find((folder) => file === folder || file.startsWith(`${folder}/`))
}

function ruleOf(file: string): Rule {
  return rules[folderOf(file) ?? ''] ?? { core: [] }
}

function isOurs(target: string): boolean {
  return /^(core|electron|renderer)\//.test(target)
}

function allows(rule: Rule, { file, target }: Import): boolean {
  if (isOurs(target)) {
    return folderOf(target) === folderOf(file) || mayUse(rule, target)
  }
  if (target.startsWith('node:')) {
    return rule.node === true || (rule.node ?? []).includes(target)
  }
  return (rule.packages ?? []).some((name) => target === name || target.startsWith(`${name}/`))
}

function mayUse({ core }: Rule, target: string): boolean {
  if (core === true) return target.startsWith('core/')
  if (target === 'core/sentence.ts') return core.includes('errors') || core.includes('sentence')
  return core.some((name) => isWithin(target, `core/${name}`))
}

function isWithin(target: string, name: string): boolean {
  return target === `${name}.ts` || target.startsWith(`${name}/`)
}

/** These files and everything they import, directly or not; types count as well. */
function reachedFrom(start: readonly string[]): ReadonlySet<string> {
  const reached = new Set(start)
  for (const file of reached) {
    for (const one of imports) if (one.file === file && isOurs(one.target)) reached.add(one.target)
  }
  return reached
}

/** The files of one import cycle in order, or none. */
function findCycle(): string[] {
  const finished = new Set<string>()
  const visit = (file: string, trail: readonly string[]): string[] => {
    if (trail.includes(file)) return trail.slice(trail.indexOf(file))
    if (finished.has(file)) return []
    const targets = imports.filter((one) => one.file === file && isOurs(one.target))
    const cycle = targets
      .map(({ target }) => visit(target, [...trail, file]))
      .find(({ length }) => length > 0)
    finished.add(file)
    return cycle ?? []
  }
  return files.map((file) => visit(file, [])).find(({ length }) => length > 0) ?? []
}
