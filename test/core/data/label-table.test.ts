import { describe, expect, it } from 'vitest'

import { createImageFinder } from '../../../core/data/image-finder.ts'
import { readLabelTable, type LabelTable } from '../../../core/data/label-table.ts'
import { inEnglish } from '../../../core/sentence.ts'

const photos = [{ root: '/photos', paths: ['IMG_1.JPG', 'IMG_2.jpg', 'trip/IMG_3.jpg', 'home/IMG_3.jpg'] }]

function labelsOf({ labels }: LabelTable): Readonly<Record<string, string>> {
  return Object.fromEntries(labels.map(({ path, label }) => [path, label]))
}

describe('an image', () => {
  const find = createImageFinder(photos)
  const pathOf = (cell: string): string => {
    const found = find(cell)
    return typeof found === 'string' ? found : found.path
  }

  it.each([
    ['IMG_1.JPG', 'IMG_1.JPG'],
    ['img_1.jpg', 'IMG_1.JPG'],
    ['IMG_1', 'IMG_1.JPG'],
    ['IMG_2.heic', 'IMG_2.jpg'],
    ['C:\\Users\\me\\trip\\IMG_3.jpg', 'trip/IMG_3.jpg'],
    ['./home/IMG_3', 'home/IMG_3.jpg'],
    ['/elsewhere/IMG_2.jpg', 'IMG_2.jpg'],
    ['IMG_3.jpg', 'several'],
    ['work/IMG_3.jpg', 'several'],
    ['IMG_4.jpg', 'none'],
    ['', 'none'],
    ['/', 'none'],
  ])('called %j is %s', (cell, path) => {
    expect(pathOf(cell)).toBe(path)
  })
})

describe('a table of labels', () => {
  it('has its columns recognised by headings, wherever they are', () => {
    const table = readLabelTable('date;Label;File name\n1.5.;cat;IMG_1.jpg\n1.5.;dog;IMG_2.jpg\n', photos, [])
    expect(table).toMatchObject({
      headings: ['date', 'Label', 'File name'],
      columns: { file: 2, label: 1 },
      rows: 2,
    })
    expect(labelsOf(table)).toEqual({ 'IMG_1.JPG': 'cat', 'IMG_2.jpg': 'dog' })
    expect(table.withoutRow).toEqual({ count: 2, examples: ['trip/IMG_3.jpg', 'home/IMG_3.jpg'] })
  })

  it('has its columns recognised by what is in them, without headings or with others', () => {
    const rows = 'IMG_1.jpg,0.31,cat\nIMG_2.jpg,0.42,cat\ntrip/IMG_3.jpg,0.77,dog\nhome/IMG_3.jpg,0.1,dog\n'
    const bare = readLabelTable(rows, photos, [])
    expect(bare).toMatchObject({ headings: ['1', '2', '3'], columns: { file: 0, label: 2 }, rows: 4 })
    const headed = readLabelTable(`was,ist,das\n${rows}`, photos, [])
    expect(headed).toMatchObject({ headings: ['was', 'ist', 'das'], columns: { file: 0, label: 2 }, rows: 4 })
    expect(labelsOf(headed)).toEqual(labelsOf(bare))
    expect(labelsOf(readLabelTable(rows, photos, [], { file: 0, label: 1 }))).toMatchObject({
      'IMG_2.jpg': '0.42',
    })
  })

  it('accounts for every row', () => {
    const table = readLabelTable(
      'file,label\nIMG_1.jpg,cat\nIMG_1.jpg,dog\nIMG_1.jpg,CAT\nIMG_2.jpg,\nIMG_3.jpg,cat\nIMG_9.jpg,cat\nhome/IMG_3.jpg,a/b\n',
      photos,
      ['Cat'],
    )
    expect(labelsOf(table)).toEqual({ 'IMG_1.JPG': 'Cat' })
    expect(table).toMatchObject({
      rows: 7,
      contradicting: { count: 1, examples: ['IMG_1.jpg'] },
      withoutLabel: { count: 1, examples: ['IMG_2.jpg'] },
      ambiguous: { count: 1, examples: ['IMG_3.jpg'] },
      withoutImage: { count: 1, examples: ['IMG_9.jpg'] },
      withoutRow: { count: 1, examples: ['trip/IMG_3.jpg'] },
      refused: [{ label: 'a/b', rows: 1 }],
    })
    expect(table.refused.map(({ reason }) => inEnglish(reason)).join()).toContain(
      'cannot be the name of a folder',
    )
  })

  it('calls labels that differ in case only the same', () => {
    const table = readLabelTable('file,label\nIMG_1,Rose\nIMG_2,rose\n', photos, [])
    expect(labelsOf(table)).toEqual({ 'IMG_1.JPG': 'Rose', 'IMG_2.jpg': 'Rose' })
  })

  it.each([
    ['just text', /one column or none/],
    ['', /one column or none/],
    ['a,b\n1,2\n', /No column of the table names images/],
    ['f\0i\0l\0e\0', /UTF-16/],
  ])('is refused where there is none: %j', (text, reason) => {
    expect(() => readLabelTable(text, photos, [])).toThrow(reason)
  })

  it('of a hundred thousand rows is read in a moment', () => {
    const paths = Array.from({ length: 100_000 }, (_, index) => `photo ${index}.jpg`)
    const rows = paths.map((path, index) => `${path},kind ${index % 300}`).join('\n')
    const start = performance.now()
    const table = readLabelTable(`file,label\n${rows}`, [{ root: '/many', paths }], [])
    expect(table.labels).toHaveLength(100_000)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
