/** @file What the check found: what is worth knowing, the classes with their numbers, the wall of images, what was left out. */
import { useCallback, useMemo, useRef, useState, type JSX, type RefObject } from 'react'

import { correctedLabel } from '../../store/corrections.ts'
import type { CheckedData, DataState } from '../../store/data.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Fold } from '../../ui/fold.tsx'
import { Notice } from '../../ui/notice.tsx'
import { CorrectionsNote } from './corrections.tsx'
import { DataImageDialog } from './image.tsx'
import { DataClasses } from './classes.tsx'
import { DataSplit } from './split.tsx'
import { DataWarnings } from './warnings.tsx'
import { ThumbnailWall, type WallHandle, type WallPicture } from './thumbnail-wall.tsx'

type Ready = Extract<DataState, { phase: 'ready' }>

/** All of it; the wall and the list of classes are side by side if there is room. */
export function DataReport({ checked, copied }: Ready): JSX.Element {
  const wall = useRef<WallHandle>(null)
  return (
    <>
      {copied === null ? null : (
        <Notice kind="info">
          {text.data.isCopy} {copied.left === 0 ? '' : text.data.left(copied.left)}
        </Notice>
      )}
      <DataWarnings checked={checked} />
      <CorrectionsNote />
      <div className="data-parts">
        <div className="stack wide">
          <DataClasses checked={checked} onShow={(label) => wall.current?.showSection(label)} />
          <DataSplit checked={checked} />
        </div>
        <Wall checked={checked} handle={wall} />
      </div>
      <Skipped checked={checked} />
    </>
  )
}

interface WallProps {
  readonly checked: CheckedData
  readonly handle: RefObject<WallHandle | null>
}

function Wall({ checked, handle }: WallProps): JSX.Element {
  const { root, images, classes } = checked
  const { corrections } = useSubject('corrections', 'corrections')
  const [open, setOpen] = useState<number | null>(null)
  const sections = useMemo(
    () =>
      classes.map(({ name, images: count }, label) => ({
        name,
        note: text.data.countOf(count),
        start: images.starts[label] ?? 0,
        count,
      })),
    [classes, images],
  )
  const pictureAt = useCallback(
    (index: number): WallPicture | undefined => {
      const image = images.at(index)
      if (image === undefined) return undefined
      const { path, label } = image
      const name = text.data.picture(classes[label]?.name ?? '', fileName(path))
      const wanted = correctedLabel(corrections, root, path)
      return { folder: root, path, name, mark: wanted === null ? null : text.data.correctedMark(wanted) }
    },
    [classes, corrections, images, root],
  )
  return (
    <section className="stack tight" aria-labelledby="images">
      <div className="row apart">
        <h2 id="images">{text.data.images}</h2>
        <span className="small soft">{text.data.keys}</span>
      </div>
      <ThumbnailWall
        label={text.data.wall}
        handle={handle}
        sections={sections}
        pictureAt={pictureAt}
        onOpen={setOpen}
      />
      {open === null ? null : (
        <DataImageDialog
          checked={checked}
          index={open}
          onGo={setOpen}
          onClose={() => {
            setOpen(null)
            handle.current?.focus(open)
          }}
        />
      )}
    </section>
  )
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

const mostSkipped = 500

function Skipped({ checked: { skipped } }: { readonly checked: CheckedData }): JSX.Element | null {
  if (skipped.length === 0) return null
  const shown = skipped.slice(0, mostSkipped)
  return (
    <Fold title={text.data.skipped(skipped.length)}>
      <p className="soft small">{text.data.skippedHint}</p>
      <table>
        <tbody>
          {shown.map(({ path, reason }) => (
            <tr key={path}>
              <th scope="row" className="path">
                {path}
              </th>
              <td className="small">{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === skipped.length ? null : (
        <p className="small soft">{text.data.moreSkipped(skipped.length - shown.length)}</p>
      )}
    </Fold>
  )
}
