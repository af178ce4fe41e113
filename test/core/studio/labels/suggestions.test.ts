/** @file Suggested labels for photos of flowers, from real features; the photos are looked at once. */
import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import {
  SuggestRequest,
  type SuggestItem,
  type Suggestions,
} from '../../../../core/api/contract/suggestions.ts'
import { createImageFolders } from '../../../../core/studio/labels/image-folders.ts'
import { historyFile } from '../../../../core/studio/labels/label-history.ts'
import { createProjectLabels, type ProjectLabels } from '../../../../core/studio/labels/project-labels.ts'
import { createSuggestions, type Suggester } from '../../../../core/studio/labels/suggestions.ts'
import { labelImages } from '../../../../core/studio/labels/wanted-changes.ts'
import { createProjects } from '../../../../core/studio/projects/projects.ts'
import { sharedFile, sharedFolder, withoutShared } from '../../../support/shared.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { useWorkplace } from '../../host/cli/studio.ts'

const never = new AbortController().signal

/** A project of unsorted photos, with the kind of each. */
interface Unsorted {
  readonly project: string
  readonly root: string
  readonly labels: ProjectLabels
  readonly kindOf: ReadonlyMap<string, string>
}

async function unsortedFlowers(perKind: number): Promise<Unsorted> {
  const root = temporaryFolder()
  const kindOf = new Map<string, string>()
  const source = sharedFile('data/flowers5/train')
  const kinds = await readdir(source)
  await mkdir(root, { recursive: true })
  for (const kind of kinds) {
    for (const [index, name] of (await readdir(join(source, kind))).sort().slice(0, perKind).entries()) {
      const path = `IMG_${String(index * kinds.length + kinds.indexOf(kind)).padStart(4, '0')}.jpg`
      await copyFile(join(source, kind, name), join(root, path))
      kindOf.set(path, kind)
    }
  }
  const projects = createProjects()
  const data = { folder: root, validation: null, validationSplit: 0.2 }
  const { id: project } = await projects.create('Flowers', { data })
  const labels = createProjectLabels({ projects, folders: createImageFolders(), historyOf: historyFile })
  return { project, root, labels, kindOf }
}

/** Labels the first so many of each kind that have no label yet. */
async function labelSome({ project, root, labels, kindOf }: Unsorted, perKind: number): Promise<void> {
  const groups = [...new Set(kindOf.values())].map((kind) => {
    const paths = [...kindOf].flatMap(([path, own]) => (own === kind ? [path] : [])).slice(0, perKind)
    return { root, paths, label: kind }
  })
  await labels.change(project, labelImages(groups))
}

interface Told {
  readonly items: readonly SuggestItem[]
  readonly suggestions: Suggestions | null
}

async function ask(suggester: Suggester, project: string, more: Partial<SuggestRequest> = {}): Promise<Told> {
  const items: SuggestItem[] = []
  const model = sharedFile('models/deit-tiny-timm')
  const request = SuggestRequest.parse({ project, model, device: 'cpu', ...more })
  for await (const item of suggester.items(request, never)) items.push(item)
  const last = items.at(-1)
  if (last?.type !== 'done') throw new Error('not done')
  return { items, suggestions: last.suggestions }
}

function shareRight({ paths, labels, classes }: Suggestions, kindOf: Unsorted['kindOf']): number {
  const view = new DataView(labels.buffer)
  const all = paths.split('//')
  return all.filter((path, i) => classes[view.getInt32(4 * i, true)] === kindOf.get(path)).length / all.length
}

describe.skipIf(sharedFolder === null)(`suggested labels${withoutShared}`, () => {
  it('wait for three of two kinds, then get better with every label; photos are looked at once', async () => {
    useWorkplace()
    const flowers = await unsortedFlowers(24)
    const suggester = createSuggestions()
    expect(await ask(suggester, flowers.project)).toEqual({
      items: [{ type: 'done', suggestions: null }],
      suggestions: null,
    })
    const ahead = await ask(suggester, flowers.project, { ahead: true })
    expect(ahead.suggestions).toBeNull()
    expect(new Set(ahead.items.flatMap((item) => (item.type === 'progress' ? [item.stage] : [])))).toEqual(
      new Set(['checking', 'looking']),
    )

    await labelSome(flowers, 3)
    const three = await ask(suggester, flowers.project)
    expect(three.items.map(({ type }) => type)).toEqual(['done'])
    if (three.suggestions === null) throw new Error('nothing is suggested')
    const { classes, paths, probabilities, labels, remaining, judged } = three.suggestions
    expect(classes).toEqual(['daisy', 'dandelion', 'rose', 'sunflower', 'tulip'])
    expect(paths.split('//')).toHaveLength(5 * 21)
    expect(labels).toHaveLength(4 * 5 * 21)
    expect(remaining).toBe(0)
    expect(judged.images).toBe(15)
    const first = shareRight(three.suggestions, flowers.kindOf)
    expect(first).toBeGreaterThan(0.5)
    const sure = new Float32Array(probabilities.slice().buffer)
    expect(sure.every((one) => one >= 0.2 && one <= 1)).toBe(true)
    expect(sure.subarray(0, 20).reduce((a, b) => a + b)).toBeLessThan(
      sure.subarray(-20).reduce((a, b) => a + b),
    )

    await labelSome(flowers, 10)
    const ten = (await ask(suggester, flowers.project)).suggestions
    if (ten === null) throw new Error('nothing is suggested')
    expect(shareRight(ten, flowers.kindOf)).toBeGreaterThan(first)
    expect(shareRight(ten, flowers.kindOf)).toBeGreaterThan(0.7)
  })

  it('come for a part first where there are many, and go on after a stop', async () => {
    useWorkplace()
    const flowers = await unsortedFlowers(54)
    await labelSome(flowers, 3)
    const suggester = createSuggestions()
    const stop = new AbortController()
    const model = sharedFile('models/deit-tiny-timm')
    const request = SuggestRequest.parse({ project: flowers.project, model, device: 'cpu' })
    const early: Suggestions[] = []
    const work = async (): Promise<void> => {
      for await (const item of suggester.items(request, stop.signal)) {
        if (item.type !== 'some') continue
        early.push(item.suggestions)
        stop.abort()
      }
    }
    await expect(work()).rejects.toMatchObject({ code: 'cancelled' })
    expect(early[0]?.paths.split('//')).toHaveLength(256 - 15)
    expect(early[0]?.remaining).toBe(270 - 256)
    const { items, suggestions } = await ask(suggester, flowers.project)
    const first = items.find((item) => item.type === 'progress')
    expect(first).toMatchObject({ stage: 'looking', total: 270 })
    expect(first?.type === 'progress' && first.done).toBeGreaterThanOrEqual(256)
    expect(suggestions?.paths.split('//')).toHaveLength(270 - 15)
    expect(suggestions === null ? 0 : shareRight(suggestions, flowers.kindOf)).toBeGreaterThan(0.5)
  })
})
