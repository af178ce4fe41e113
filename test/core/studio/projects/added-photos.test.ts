/** @file Photos added to a project: copied, labelled, checked with all others, and learned from. */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { checkData } from '../../../../core/data/check.ts'
import { toSaid, type Mark } from '../../../../core/data/labels.ts'
import { loadForEvaluation } from '../../../../core/data/load.ts'
import { addedPhotos, keepPhoto } from '../../../../core/studio/projects/added-photos.ts'
import { createProjects } from '../../../../core/studio/projects/projects.ts'
import { imageInside } from '../../../../core/studio/path-inside.ts'
import { startRun } from '../../../../core/train/start.ts'
import { writeDataSet, writeImage } from '../../data/folders.ts'
import { tinyRequest } from '../../../support/tiny-run.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

describe('a photo added to a project', () => {
  let photos = ''
  let elsewhere = ''
  let project = ''
  beforeEach(async () => {
    const place = temporaryFolder()
    vi.stubEnv('VIT_STUDIO_HOME', join(place, 'home'))
    photos = join(place, 'photos')
    elsewhere = join(place, 'elsewhere')
    await writeDataSet(photos, ['ant', 'bee'], 4)
    await writeImage(elsewhere, 'new.png')
    const data = { folder: photos, validation: null, validationSplit: 0.2 }
    project = (await createProjects().create('Bugs', { data })).id
  })
  afterEach(() => vi.unstubAllEnvs())

  const addAs = async (label: string): Promise<string> => {
    const path = await keepPhoto(project, { folder: elsewhere, path: 'new.png' })
    const marks = new Map([[photos, new Map<string, Mark>([[path, { label }]])]])
    await createProjects().changeLabels(project, (labels) => ({ ...labels, images: toSaid(marks) }))
    return path
  }

  it('is a copy in the project’s own folder; the original stays', async () => {
    const path = await keepPhoto(project, { folder: elsewhere, path: 'new.png' })
    expect(await addedPhotos(project)).toEqual([path])
    expect(path.startsWith(join(process.env['VIT_STUDIO_HOME']!, 'projects', project))).toBe(true)
    expect(await readFile(path)).toEqual(await readFile(join(elsewhere, 'new.png')))
    const bytes = new Uint8Array(await readFile(path))
    const dropped = await keepPhoto(project, { name: '../../evil.png', bytes })
    expect(dropped.startsWith(join(process.env['VIT_STUDIO_HOME']!, 'projects', project, 'photos'))).toBe(
      true,
    )
    expect(await addedPhotos(project)).toHaveLength(2)
  })

  it('is refused, and not kept, where it is no image', async () => {
    const torn = { name: 'torn.jpg', bytes: new Uint8Array([1, 2, 3]) }
    await expect(keepPhoto(project, torn)).rejects.toMatchObject({ code: 'unsupported' })
    expect(await addedPhotos(project)).toEqual([])
  })

  it('reaches checks and trainings with its label, and can be shown', async () => {
    const path = await addAs('bee')
    const labels = await createProjects().labels(project)
    const checked = await checkData(photos, { labels })
    const found = checked.images.find((image) => image.path === path)!
    expect(checked.classes[found.label]).toBe('bee')
    expect(checked.counts).toEqual([4, 5])
    const request = await tinyRequest({ data: photos, labels, validationSplit: 0.2 })
    const { data, record } = await startRun(request, {
      engine: 'cpu',
      cacheDirectory: `${request.out}-cache`,
    })
    const used = [...data.training, ...data.validation].filter((image) => image.path === path)
    expect(used.map(({ label }) => record.classes[label])).toEqual(['bee'])
    const { preprocessing } = record
    expect((await loadForEvaluation(found, { root: photos, preprocessing })).data.length).toBeGreaterThan(0)
    expect(imageInside(photos, path)).toBe(path)
    expect(() => imageInside(photos, join(elsewhere, 'new.png'))).toThrow('is not inside')
  })

  it('has no label of its own, whatever its folder is called', async () => {
    const path = await keepPhoto(project, { folder: elsewhere, path: 'new.png' })
    const { aside, counts } = await checkData(photos, { labels: await createProjects().labels(project) })
    expect(aside.map((image) => [image.path, image.className])).toEqual([[path, null]])
    expect(counts).toEqual([4, 4])
  })

  it('goes with the project, and leaves the data set alone', async () => {
    const path = await addAs('ant')
    const before = await readdir(photos, { recursive: true })
    await createProjects().remove(project)
    expect(existsSync(path)).toBe(false)
    expect(await readdir(photos, { recursive: true })).toEqual(before)
    expect(existsSync(join(elsewhere, 'new.png'))).toBe(true)
  })
})
