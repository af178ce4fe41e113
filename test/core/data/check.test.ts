import { readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import sharp from 'sharp'
import { describe, expect, it } from 'vitest'

import { checkData, checkFolder, requireTwoClasses } from '../../../core/data/check.ts'
import { sentencesOf } from '../../../core/data/finding-sentences.ts'
import type { CheckProgress } from '../../../core/data/examine.ts'
import { scanValidationFolder } from '../../../core/data/scan.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { writeBadFiles } from './bad-files.ts'
import { writeDataSet, writeFiles, writeImage } from './folders.ts'
import { inEnglish } from '../../../core/sentence.ts'

describe('a folder with 30 kinds of bad files', () => {
  it('lists all of them, each with a reason, and keeps the good images', async () => {
    const [root, cacheDirectory] = [temporaryFolder(), temporaryFolder()]
    await writeDataSet(root, ['cat', 'dog'], 4)
    const names = await writeBadFiles(join(root, 'cat'))
    const progress: CheckProgress[] = []
    const data = await checkData(root, { cacheDirectory, onProgress: (report) => progress.push(report) })
    expect(names).toHaveLength(30)
    expect(data.bad.map(({ path }) => path).sort()).toEqual(names.map((name) => `cat/${name}`).sort())
    for (const { reason } of data.bad) expect(inEnglish(reason)).toMatch(/^[A-Z].{10,}\.$/)
    expect(data.images.map(({ path }) => path)).toEqual(
      ['cat', 'dog'].flatMap((name) => [0, 1, 2, 3].map((index) => `${name}/00${index}.png`)),
    )
    expect(data.counts).toEqual([4, 4])
    expect(progress.at(-1)).toMatchObject({ done: progress.length, total: progress.length })
    expect(progress.at(-1)?.bad).toBeGreaterThan(15)
    expect(() => requireTwoClasses(data)).not.toThrow()
  })

  it('tells the kinds apart', async () => {
    const root = temporaryFolder()
    await writeDataSet(root, ['a', 'b'], 2)
    await writeBadFiles(join(root, 'a'))
    const { bad } = await checkData(root, { cacheDirectory: temporaryFolder() })
    const reasonOf = (name: string): string | undefined =>
      bad.filter(({ path }) => path === `a/${name}`).map(({ reason }) => inEnglish(reason))[0]
    expect(reasonOf('zero-bytes.jpg')).toBe('The file is empty (0 bytes).')
    expect(reasonOf('cut-off.jpg')).toMatch(/cut off/)
    expect(reasonOf('rotten.jpg')).toMatch(/damaged/)
    expect(reasonOf('bomb.png')).toMatch(/20000 × 20000 pixels/)
    expect(reasonOf('folder.png')).toMatch(/folder/)
    expect(reasonOf('pipe.jpg')).toMatch(/pipe/)
    expect(reasonOf('dangling-link.jpg')).toMatch(/no longer exists/)
    expect(reasonOf('link-to-itself.jpg')).toMatch(/back to itself/)
    expect(reasonOf('iphone.heic')).toMatch(/cut off/)
    expect(reasonOf('iphone.jpg')).toMatch(/cut off/)
    expect(reasonOf('document.jpg')).toMatch(/PDF/)
    expect(reasonOf('floating-point.tiff')).toMatch(/float/)
  })
})

describe('classes', () => {
  it('without a good image are left out, and the labels follow', async () => {
    const root = temporaryFolder()
    await writeDataSet(root, ['a', 'c', 'd'], 2)
    await writeFiles(root, ['b/1.jpg'], 'no photo')
    const data = await checkData(root, { cacheDirectory: temporaryFolder() })
    expect(data.classes).toEqual(['a', 'c', 'd'])
    expect(data.images.map(({ label }) => label)).toEqual([0, 0, 1, 1, 2, 2])
    expect(sentencesOf(data.findings)).toContain(`"b" in ${root} contains no usable images and is left out.`)
  })

  it('of which only one is left are reported, and refused for training', async () => {
    const root = temporaryFolder()
    await writeDataSet(root, ['a'], 2)
    await writeFiles(root, ['b/1.jpg'], 'no photo')
    const data = await checkData(root, { cacheDirectory: temporaryFolder() })
    expect(data.bad).toHaveLength(1)
    expect(() => requireTwoClasses(data)).toThrow(/Two classes.*has 1; 1 files.*b\/1\.jpg: A text file/)
  })
})

describe('warnings', () => {
  it('about few images, imbalance, small and flat images', async () => {
    const root = temporaryFolder()
    await writeDataSet(root, ['many'], 40)
    await writeDataSet(root, ['few'], 3)
    await writeImage(root, 'one/x.png', [90, 9, 9], 500, 400)
    const flat = sharp({ create: { width: 300, height: 300, channels: 3, background: '#080808' } })
    await flat.png().toFile(join(root, 'few', 'flat.png'))
    const { findings } = await checkData(root, { cacheDirectory: temporaryFolder(), resolution: 224 })
    expect(sentencesOf(findings)).toEqual([
      expect.stringMatching(/^"one" has only 1 image/),
      expect.stringMatching(/^"few" has fewer than 10 images/),
      expect.stringMatching(/"many" \(40\) against "one" \(1\)/),
      expect.stringMatching(/^43 images are much smaller than the 224 pixels.*40 × 30/),
      expect.stringMatching(/^1 image is almost a single colour, such as few\/flat\.png/),
    ])
  })

  it('about 16 bits of which some are left unused, and about pages that are', async () => {
    const root = temporaryFolder()
    await writeDataSet(root, ['a', 'b'], 12)
    const dark = Uint16Array.from({ length: 300 * 300 }, (_, index) => (index * 31) % 4096)
    const light = dark.map((value) => value * 16)
    for (const [name, values] of Object.entries({ dark, light })) {
      const raw = { raw: { width: 300, height: 300, channels: 1 } } as const
      await sharp(values, raw)
        .toColourspace('grey16')
        .png()
        .toFile(join(root, 'a', `${name}.png`))
    }
    const frames = await Promise.all(['a/000.png', 'b/011.png'].map((path) => readFile(join(root, path))))
    await sharp(frames, { join: { animated: true } })
      .gif()
      .toFile(join(root, 'b/moving.gif'))
    const all = sentencesOf((await checkData(root, { cacheDirectory: temporaryFolder() })).findings).join(
      '\n',
    )
    expect(all).toMatch(
      /1 image has 16 bits.*no further than 12 of them, such as a\/dark\.png: it comes out nearly/,
    )
    expect(all).toMatch(/1 file holds more than one page or frame, such as b\/moving\.gif/)
    expect(all).not.toMatch(/single colour/)
  })

  it('about exact copies within a class, across classes and across training and validation', async () => {
    const root = temporaryFolder()
    await writeDataSet(root, ['train/a', 'train/b', 'val/a', 'val/b'], 2)
    const original = await readFile(join(root, 'train/a/000.png'))
    for (const copy of ['train/a/copy.png', 'train/b/copy.png', 'val/a/copy.png'])
      await writeFile(join(root, copy), original)
    const data = await checkData(root, { cacheDirectory: temporaryFolder() })
    const all = sentencesOf(data.findings).join('\n')
    expect(all).toMatch(/The same image is in two classes: a\/000\.png \("a"\) and b\/copy\.png \("b"\)/)
    expect(all).toMatch(
      /1 image is an exact copy of another in the same class, such as a\/copy\.png of a\/000\.png/,
    )
    expect(all).toMatch(/1 validation image is an exact copy of a training image, such as a\/copy\.png of/)
    expect(data.images.find(({ path }) => path === 'a/copy.png')?.duplicateOf).toBe('a/000.png')
    expect(data.images.find(({ path }) => path === 'a/000.png')?.duplicateOf).toBeUndefined()
  })
})

describe('validation', () => {
  it('takes a separate folder with the same classes', async () => {
    const [root, other] = [temporaryFolder(), temporaryFolder()]
    await writeDataSet(root, ['a', 'b'], 2)
    await writeDataSet(other, ['b'], 3)
    await writeFiles(other, ['b/bad.png'], 'x')
    const data = await checkData(root, { cacheDirectory: temporaryFolder(), validationDirectory: other })
    expect(data.validation?.root).toBe(other)
    expect(data.validation?.counts).toEqual([0, 3])
    expect(data.validation?.bad.map(({ path }) => path)).toEqual(['b/bad.png'])
    expect(sentencesOf(data.findings).join(' ')).toMatch(/has no images of "a"/)
  })

  it('evaluation data are checked with the labels of a model', async () => {
    const root = temporaryFolder()
    await writeDataSet(root, ['b', 'a'], 2)
    const folder = await scanValidationFolder(root, ['b', 'x', 'a'])
    const checked = await checkFolder(folder, { cacheDirectory: temporaryFolder() })
    expect(checked.classes).toEqual(['b', 'x', 'a'])
    expect(checked.counts).toEqual([2, 0, 2])
  })
})

describe('a second check', () => {
  it('opens only new and changed files', async () => {
    const [root, cacheDirectory] = [temporaryFolder(), temporaryFolder()]
    await writeDataSet(root, ['a', 'b'], 3)
    const path = join(root, 'a/000.png')
    await utimes(path, 1e9, 1e9)
    const first = await checkData(root, { cacheDirectory })
    // Damaged behind the check's back: same size, same time.
    await writeFile(path, (await readFile(path)).fill(0, 50))
    await utimes(path, 1e9, 1e9)
    expect(await checkData(root, { cacheDirectory })).toEqual(first)
    await utimes(path, 1e9 + 1, 1e9 + 1)
    expect((await checkData(root, { cacheDirectory })).bad.map((file) => file.path)).toEqual(['a/000.png'])
  })

  it('repeats everything where the memory is damaged, and works where nothing can be remembered', async () => {
    const [root, cacheDirectory] = [temporaryFolder(), temporaryFolder()]
    await writeDataSet(root, ['a', 'b'], 2)
    await checkData(root, { cacheDirectory })
    const [store] = await readdir(join(cacheDirectory, 'checks'))
    await writeFile(join(cacheDirectory, 'checks', store ?? ''), '{"path":"a/000.png"}\n{{{')
    expect((await checkData(root, { cacheDirectory })).images).toHaveLength(4)
    // The first versions called the thumbnail otherwise.
    const known = join(cacheDirectory, 'checks', store ?? '')
    await writeFile(known, (await readFile(known, 'utf8')).replaceAll('"thumbnail":', '"look":'))
    expect((await checkData(root, { cacheDirectory })).images).toHaveLength(4)
    expect(await readFile(known, 'utf8')).not.toContain('"look"')
    const file = join(temporaryFolder(), 'file')
    await writeFile(file, '')
    const data = await checkData(root, { cacheDirectory: file })
    expect(data.images).toHaveLength(4)
    expect(sentencesOf(data.findings).join(' ')).toMatch(/results of this check could not be saved/)
  })

  it('continues where a stopped one ended', async () => {
    const [root, cacheDirectory] = [temporaryFolder(), temporaryFolder()]
    await writeDataSet(root, ['a', 'b'], 6)
    const stop = new AbortController()
    const onProgress = ({ done }: CheckProgress): void => {
      if (done === 5) stop.abort()
    }
    await expect(checkData(root, { cacheDirectory, signal: stop.signal, onProgress })).rejects.toMatchObject({
      code: 'cancelled',
    })
    const [store] = await readdir(join(cacheDirectory, 'checks'))
    const lines = (await readFile(join(cacheDirectory, 'checks', store ?? ''), 'utf8')).trim().split('\n')
    expect(lines.length).toBeGreaterThanOrEqual(5)
    expect(lines.length).toBeLessThan(12)
  })
})

it('a link to a file that vanishes during the check is just a bad file', async () => {
  const [root, store] = [temporaryFolder(), temporaryFolder()]
  await writeDataSet(root, ['a', 'b'], 2)
  await writeImage(store, 'x.png')
  await symlink(join(store, 'x.png'), join(root, 'a', 'x.png'))
  const onProgress = ({ done }: CheckProgress): void => {
    if (done === 1) void rm(join(store, 'x.png'), { force: true })
  }
  const { images, bad } = await checkData(root, { cacheDirectory: temporaryFolder(), onProgress })
  expect(images.length + bad.length).toBe(5)
})
