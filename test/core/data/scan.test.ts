import { execFileSync } from 'node:child_process'
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { getuid } from 'node:process'

import { describe, expect, it } from 'vitest'

import type { DataFolder } from '../../../core/data/classes.ts'
import { sentencesOf } from '../../../core/data/finding-sentences.ts'
import { scanFolder, scanValidationFolder } from '../../../core/data/scan.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { writeFiles } from './folders.ts'
import { inEnglish } from '../../../core/sentence.ts'

async function scanned(paths: readonly string[]): Promise<DataFolder> {
  const root = temporaryFolder()
  await writeFiles(root, paths)
  return scanFolder(root)
}

async function refusal(paths: readonly string[]): Promise<string> {
  const root = temporaryFolder()
  await writeFiles(root, paths)
  return scanFolder(root).then(
    () => 'nothing was refused',
    (error: Error) => error.message.replaceAll(root, 'DATA'),
  )
}

const pathsOf = (folder: DataFolder): string[] => folder.images.map(({ path }) => path)
const skippedOf = (folder: DataFolder): Record<string, string> =>
  Object.fromEntries(folder.skipped.map(({ path, reason }) => [path, inEnglish(reason)]))

describe('scanFolder', () => {
  it('takes the subfolders as classes by code point, and images at any depth', async () => {
    const folder = await scanned([
      'b/2.JPG',
      'b/1.jpeg',
      'B/x/y/z.png',
      'a/k.webp',
      'Ä/i.bmp',
      'a/k/deep.tif',
    ])
    expect(folder.classes).toEqual(['B', 'a', 'b', 'Ä'])
    expect(folder.images).toEqual([
      { path: 'B/x/y/z.png', label: 0 },
      { path: 'a/k.webp', label: 1 },
      { path: 'a/k/deep.tif', label: 1 },
      { path: 'b/1.jpeg', label: 2 },
      { path: 'b/2.JPG', label: 2 },
      { path: 'Ä/i.bmp', label: 3 },
    ])
    expect(folder.skipped).toEqual([])
    expect(folder.findings).toEqual([])
  })

  it('skips hidden and system files in silence', async () => {
    const folder = await scanned([
      'a/1.png',
      'b/1.png',
      '.DS_Store',
      'a/.DS_Store',
      'a/Thumbs.db',
      'b/desktop.ini',
      'a/._1.png',
      '__MACOSX/a/1.png',
      '.git/x.png',
      'a/@eaDir/1.png',
    ])
    expect(pathsOf(folder)).toEqual(['a/1.png', 'b/1.png'])
    expect(folder.skipped).toEqual([])
  })

  it('names every other file with its reason', async () => {
    const folder = await scanned([
      'a/1.png',
      'b/1.png',
      'a/notes.txt',
      'a/README',
      'b/x.psd',
      'stray.jpg',
      'labels.csv',
    ])
    expect(skippedOf(folder)).toEqual({
      'a/README': 'Not known as an image: its name has no ending. If it is one, save it as JPEG or PNG.',
      'a/notes.txt': 'Not known as an image: its name ends in .txt. If it is one, save it as JPEG or PNG.',
      'b/x.psd': 'Photoshop files cannot be read here. Export it as PNG or JPEG.',
      'labels.csv': 'Not known as an image: its name ends in .csv. If it is one, save it as JPEG or PNG.',
      'stray.jpg': 'It is outside the class folders. Move it into the folder of its class.',
    })
  })

  it('leaves out a class without images, and says so', async () => {
    const folder = await scanned(['a/1.png', 'b/1.png', 'c/readme.md'])
    expect(folder.classes).toEqual(['a', 'b'])
    expect(folder.findings).toEqual([{ kind: 'emptyClass', root: folder.root, name: 'c' }])
  })

  it('stops on request', async () => {
    const root = temporaryFolder()
    await writeFiles(root, ['a/1.png', 'b/1.png'])
    await expect(scanFolder(root, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    })
  })

  it('copes with thousands of files', async () => {
    const root = temporaryFolder()
    await Promise.all(['a', 'b'].map((name) => mkdir(join(root, name))))
    const paths = Array.from({ length: 2000 }, (_, index) => `${index % 2 === 0 ? 'a' : 'b'}/${index}.png`)
    await Promise.all(paths.map((path) => writeFile(join(root, path), '')))
    const reports: number[] = []
    const folder = await scanFolder(root, { onProgress: (found) => reports.push(found) })
    expect(folder.images).toHaveLength(2000)
    expect(reports).toEqual([1000, 2000])
  })
})

describe('plain sentences', () => {
  it('for a folder that is missing or a file', async () => {
    const root = temporaryFolder()
    await writeFiles(root, ['file.jpg'])
    await expect(scanFolder(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'not_found' })
    await expect(scanFolder(join(root, 'file.jpg'))).rejects.toThrow(/is a file\. Choose the folder/)
  })

  it('for folders that cannot be trained on', async () => {
    expect(await refusal([])).toMatch(
      /^DATA contains no class folders and no images\. Make one folder per class/,
    )
    expect(await refusal(['1.jpg', '2.png', 'x.txt'])).toMatch(
      /^DATA contains 2 images but no class folders\./,
    )
    expect(await refusal(['a/x.txt', 'b/y.txt'])).toMatch(
      /\("a" and "b"\) contain only files that are not images \(2\)/,
    )
    expect(await refusal(['rose/1.jpg', 'rose/2.jpg'])).toMatch(/only one class, "rose"/)
  })
})

describe('links', () => {
  it('are followed to files and folders, also as classes', async () => {
    const [root, store] = [temporaryFolder(), temporaryFolder()]
    await writeFiles(store, ['cats/1.png', 'cats/more/2.png', 'one.png'])
    await writeFiles(root, ['dog/1.png'])
    await symlink(join(store, 'cats'), join(root, 'cat'))
    await symlink(join(store, 'one.png'), join(root, 'dog', '2.png'))
    const folder = await scanFolder(root)
    expect(folder.classes).toEqual(['cat', 'dog'])
    expect(pathsOf(folder)).toEqual(['cat/1.png', 'cat/more/2.png', 'dog/1.png', 'dog/2.png'])
  })

  it('never count a file twice, and its location decides its class', async () => {
    const root = temporaryFolder()
    await writeFiles(root, ['b/1.png', 'b/2.png', 'a/own.png'])
    await symlink('../b', join(root, 'a', 'all'))
    await symlink('../b/1.png', join(root, 'a', 'one.png'))
    const folder = await scanFolder(root)
    expect(pathsOf(folder)).toEqual(['a/own.png', 'b/1.png', 'b/2.png'])
    expect(skippedOf(folder)).toEqual({
      'a/all': 'The same folder as "b", which is already counted.',
      'a/one.png': 'A link to "b/1.png", which is already counted.',
    })
  })

  it('two links to one file outside count once, the first by name', async () => {
    const [root, store] = [temporaryFolder(), temporaryFolder()]
    await writeFiles(store, ['x/1.png'])
    await writeFiles(root, ['a/own.png', 'b/own.png'])
    await symlink(join(store, 'x', '1.png'), join(root, 'a', 'l.png'))
    await symlink(join(store, 'x', '1.png'), join(root, 'b', 'l.png'))
    await symlink(join(store, 'x'), join(root, 'b', 'z'))
    const folder = await scanFolder(root)
    expect(pathsOf(folder)).toEqual(['a/l.png', 'a/own.png', 'b/own.png'])
    expect(Object.keys(skippedOf(folder))).toEqual(['b/l.png', 'b/z/1.png'])
  })

  it('that lead round in circles or nowhere are named', async () => {
    const root = temporaryFolder()
    await writeFiles(root, ['a/1.png', 'b/1.png'])
    await symlink('..', join(root, 'a', 'up'))
    await symlink('.', join(root, 'a', 'here'))
    await symlink('loop', join(root, 'a', 'loop'))
    await symlink('missing.png', join(root, 'b', 'gone.png'))
    await symlink('notes.txt', join(root, 'b', 'link.txt'))
    await writeFiles(root, ['b/notes.txt'])
    const folder = await scanFolder(root)
    expect(pathsOf(folder)).toEqual(['a/1.png', 'b/1.png'])
    expect(skippedOf(folder)).toMatchObject({
      'a/here': 'The same folder as "a", which is already counted.',
      'a/loop': 'A link that leads back to itself.',
      'a/up': 'A link that leads back to a folder that contains this one.',
      'b/gone.png': 'A link to something that no longer exists.',
      'b/link.txt': 'Not known as an image: its name ends in .txt. If it is one, save it as JPEG or PNG.',
    })
  })
})

describe('odd entries', () => {
  it('a pipe is named, not opened; a folder named like an image is entered', async () => {
    const root = temporaryFolder()
    await writeFiles(root, ['a/1.png', 'b/1.png', 'b/album.png/2.png'])
    await mkdir(join(root, 'a', 'empty.png'))
    execFileSync('mkfifo', [join(root, 'a', 'pipe.jpg')])
    const folder = await scanFolder(root)
    expect(pathsOf(folder)).toEqual(['a/1.png', 'b/1.png', 'b/album.png/2.png'])
    expect(skippedOf(folder)).toEqual({
      'a/empty.png': 'A folder, although its name ends like that of an image.',
      'a/pipe.jpg': 'A pipe, socket or device, not a file.',
    })
  })

  it.skipIf(getuid?.() === 0)('a folder that may not be read is named (not as root, who may)', async () => {
    const root = temporaryFolder()
    await writeFiles(root, ['a/1.png', 'b/1.png', 'b/secret/2.png'])
    await chmod(join(root, 'b', 'secret'), 0)
    const folder = await scanFolder(root)
    await chmod(join(root, 'b', 'secret'), 0o700)
    expect(skippedOf(folder)['b/secret']).toMatch(/cannot be read/)
  })
})

describe('train and validation folders', () => {
  it('inside the folder are used as such, and a warning says so', async () => {
    const folder = await scanned([
      'train/b/1.png',
      'train/a/1.png',
      'val/b/2.png',
      'val/a/2.png',
      'test/a/3.png',
    ])
    expect(folder.root).toMatch(/train$/)
    expect(pathsOf(folder)).toEqual(['a/1.png', 'b/1.png'])
    expect(folder.validation?.root).toMatch(/val$/)
    expect(folder.validation?.images).toEqual([
      { path: 'a/2.png', label: 0 },
      { path: 'b/2.png', label: 1 },
    ])
    expect(sentencesOf(folder.findings).join(' ')).toMatch(
      /"train" is used for training and "val" for validation/,
    )
    expect(sentencesOf(folder.findings).join(' ')).toMatch(/"test" is not used: evaluate on it/)
  })

  it.each<[string, string[], string, string | null]>([
    [
      'training_set and test_set',
      ['training_set/a/1.png', 'training_set/b/1.png', 'test_set/a/2.png', 'test_set/b/2.png'],
      'training_set',
      'test_set',
    ],
    [
      'one folder too many in each part',
      [
        'seg_train/seg_train/a/1.png',
        'seg_train/seg_train/b/1.png',
        'seg_test/seg_test/a/2.png',
        'seg_test/seg_test/b/2.png',
        'seg_pred/seg_pred/3.png',
      ],
      'seg_train/seg_train',
      'seg_test/seg_test',
    ],
    [
      'a test folder without classes',
      ['train/a/1.png', 'train/b/1.png', 'test/2.png', 'test/3.png'],
      'train',
      null,
    ],
    [
      'something else beside them',
      ['train/a/1.png', 'train/b/1.png', 'val/a/2.png', 'sample_images/3.png'],
      'train',
      'val',
    ],
    [
      'years and capitals',
      ['Train2017/a/1.png', 'Train2017/b/1.png', 'Val2017/a/2.png'],
      'Train2017',
      'Val2017',
    ],
    [
      'a name in common',
      ['flowers-train/a/1.png', 'flowers-train/b/1.png', 'flowers-valid/b/2.png'],
      'flowers-train',
      'flowers-valid',
    ],
    [
      'words written together',
      ['trainset/a/1.png', 'trainset/b/1.png', 'testset/b/2.png'],
      'trainset',
      'testset',
    ],
  ])('with %s are recognised', async (_what, paths, training, validation) => {
    const folder = await scanned(paths)
    expect(folder.classes).toEqual(['a', 'b'])
    expect(folder.findings[0]).toMatchObject({ kind: 'layout', training, validation })
    expect(folder.validation?.classes ?? null).toEqual(validation === null ? null : ['a', 'b'])
  })

  it('whatever is not used is said', async () => {
    const folder = await scanned([
      'train/a/1.png',
      'train/b/1.png',
      'val/a/2.png',
      'test/b/3.png',
      'docs/x.txt',
    ])
    const unused = folder.findings.filter(({ kind }) => kind === 'unusedFolder')
    expect(unused).toMatchObject([
      { name: 'docs', isLabelled: false },
      { name: 'test', isLabelled: true },
    ])
  })

  it('test stands in where there is no val', async () => {
    const folder = await scanned(['Train/a/1.png', 'Train/b/1.png', 'Test/a/2.png'])
    expect(folder.validation?.images).toEqual([{ path: 'a/2.png', label: 0 }])
    expect(sentencesOf(folder.validation?.findings ?? []).join(' ')).toMatch(/no images of "b"/)
  })

  it('classes that are merely called so stay classes', async () => {
    const vehicles = await scanned(['train/1.png', 'test/1.png', 'car/1.png'])
    expect(vehicles.classes).toEqual(['car', 'test', 'train'])
    expect(vehicles.findings).toEqual([])
    expect((await scanned(['train/1.png', 'test/1.png'])).classes).toEqual(['test', 'train'])
    const kinds = await scanned(['train station/old/1.png', 'train station/new/1.png', 'bus station/1.png'])
    expect(kinds.classes).toEqual(['bus station', 'train station'])
  })

  it('a folder around the classes, or around the parts, is gone through', async () => {
    for (const around of ['flowers', 'archive/flowers']) {
      const folder = await scanned([`${around}/rose/1.jpg`, `${around}/tulip/1.jpg`])
      expect(folder.classes).toEqual(['rose', 'tulip'])
      expect(folder.root.endsWith(around)).toBe(true)
      expect(folder.findings).toMatchObject([{ kind: 'innerFolder', folder: around }])
    }
    const parts = await scanned(['x/train/a/1.png', 'x/train/b/1.png', 'x/test/a/1.png'])
    expect(parts.findings.map(({ kind }) => kind)).toEqual(['innerFolder', 'layout'])
    expect(parts.validation?.images).toHaveLength(1)
  })

  it('what may be parts of a split, or hold the classes, is never learned in silence', async () => {
    const lonely = await scanned(['train/a/1.png', 'train/b/1.png', 'sample_images/1.png'])
    expect(sentencesOf(lonely.findings)).toEqual([
      expect.stringMatching(
        /^"train" is taken for a class.*"a" and "b".*like a part of a split.*choose .*train instead/,
      ),
    ])
    const folds = await scanned(['one/a/1.png', 'one/b/1.png', 'two/a/1.png', 'two/b/1.png'])
    expect(folds.findings).toMatchObject([
      { kind: 'nestedClasses', folders: ['one', 'two'], inside: ['a', 'b'] },
    ])
    const inside = await scanned(['a/train/1.png', 'a/test/2.png', 'b/train/1.png', 'b/test/2.png'])
    expect(inside.findings.map(({ kind }) => kind)).toEqual(['nestedClasses', 'splitInside'])
  })

  it('a part is found for evaluation too, or asked for where there are several', async () => {
    const root = temporaryFolder()
    await writeFiles(root, ['around/a/1.png', 'around/b/1.png'])
    expect((await scanValidationFolder(root, ['a', 'b'])).images).toHaveLength(2)
    const parts = temporaryFolder()
    await writeFiles(parts, ['train/a/1.png', 'train/b/1.png', 'test/a/1.png'])
    await expect(scanValidationFolder(parts, ['a', 'b'])).rejects.toThrow(
      /parts of a data set.*such as .*test\./,
    )
  })

  it('a separate folder is read in the order of the classes given', async () => {
    const root = temporaryFolder()
    await writeFiles(root, ['a/1.png', 'b/1.png'])
    const folder = await scanValidationFolder(root, ['b', 'a'])
    expect(folder.images).toEqual([
      { path: 'b/1.png', label: 0 },
      { path: 'a/1.png', label: 1 },
    ])
    await expect(scanValidationFolder(root, ['a'])).rejects.toThrow(/"b"/)
  })
})
