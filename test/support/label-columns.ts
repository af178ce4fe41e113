/** @file What the contract says of labels, readable in a test. */
import { imageFlags, type LabelColumns } from '../../core/api/contract/labels.ts'

/** Path → label, with marks: `-` is left out, `*` held back, `!` labelled by a person; `none` is no label. */
export function readLabels(
  classes: readonly string[],
  columns: readonly LabelColumns[],
): Readonly<Record<string, string>> {
  const entries = columns.flatMap(({ paths, labels, flags }) => {
    const view = new DataView(labels.buffer, labels.byteOffset, labels.byteLength)
    return paths.split('//').map((path, index): [string, string] => {
      const has = (flag: number): boolean => ((flags[index] ?? 0) & flag) !== 0
      const name = classes[view.getInt32(4 * index, true)] ?? 'none'
      const marks = [
        has(imageFlags.leftOut) ? '-' : '',
        has(imageFlags.heldBack) ? '*' : '',
        has(imageFlags.labelled) ? '!' : '',
      ]
      return [path, `${name}${marks.join('')}`]
    })
  })
  return Object.fromEntries(entries)
}
