/** @file What is worth knowing about the images, most important first, each with the images it is about. */
import { useMemo, useState, type JSX } from 'react'

import type { Finding } from '../../../core/data/finding.ts'
import { warningsFor, type CheckedData } from '../../store/data.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ExamplesDialog, type Examples } from '../examples-dialog.tsx'

const mostOpen = 2

/** A few are open, the others are folded away. */
export function DataWarnings({ checked }: { readonly checked: CheckedData }): JSX.Element {
  const { state: model } = useSubject('model', 'state')
  const resolution = model.phase === 'ready' ? model.resolution : null
  const warnings = useMemo(() => warningsFor(checked, resolution), [checked, resolution])
  if (warnings.length === 0) return <Notice kind="done">{text.data.allGood}</Notice>
  const rest = warnings.slice(mostOpen)
  return (
    <div className="stack tight">
      {warnings.slice(0, mostOpen).map((warning) => (
        <Warning key={keyOf(warning)} warning={warning} />
      ))}
      {rest.length === 0 ? null : (
        <Fold title={text.data.moreWarnings(rest.length)}>
          <div className="stack tight">
            {rest.map((warning) => (
              <Warning key={keyOf(warning)} warning={warning} />
            ))}
          </div>
        </Fold>
      )}
    </div>
  )
}

function keyOf(warning: Finding): string {
  return JSON.stringify([warning.kind, sentenceOf(warning)])
}

function Warning({ warning }: { readonly warning: Finding }): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  const examples = examplesOf(warning)
  return (
    <>
      <Notice
        kind={isCalm(warning) ? 'info' : 'warning'}
        action={
          examples === null ? null : (
            <Button look="quiet" className="inline" onClick={() => setOpen(true)}>
              {text.data.show}
            </Button>
          )
        }
      >
        <p>{sentenceOf(warning)}</p>
      </Notice>
      {isOpen && examples !== null ? (
        <ExamplesDialog examples={examples} sentence={sentenceOf(warning)} onClose={() => setOpen(false)} />
      ) : null}
    </>
  )
}

/** Facts that need no action. */
function isCalm({ kind }: Finding): boolean {
  return (
    kind === 'layout' ||
    kind === 'unusedFolder' ||
    kind === 'innerFolder' ||
    kind === 'copies' ||
    kind === 'nearCopies' ||
    kind === 'notRemembered' ||
    kind === 'morePages' ||
    kind === 'note'
  )
}

function examplesOf(warning: Finding): Examples | null {
  if ('pairs' in warning) {
    const isLeak = warning.kind === 'leakedCopies' || warning.kind === 'leakedNearCopies'
    return { kind: 'pairs', pairs: warning.pairs, total: warning.images, isLeak }
  }
  if ('examples' in warning) return { kind: 'some', places: warning.examples, total: warning.images }
  return null
}

function sentenceOf(warning: Finding): string {
  const sentence = sentences[warning.kind] as (warning: Finding) => string
  return sentence(warning)
}

const say = text.data.warning

const sentences: {
  readonly [Kind in Finding['kind']]: (warning: Extract<Finding, { kind: Kind }>) => string
} = {
  layout: ({ training, validation }) =>
    validation === null ? say.onlyTraining(training) : say.layout(training, validation),
  innerFolder: ({ folder }) => say.innerFolder(folder),
  nestedClasses: ({ folders, inside }) => say.nestedClasses(folders, inside),
  splitInside: ({ folders }) => say.splitInside(folders),
  unusedFolder: ({ name }) => say.unusedFolder(name),
  emptyClass: ({ root, name }) => say.emptyClass(name, root),
  missingClasses: ({ classes }) => say.missingClasses(classes),
  onlyValidation: ({ images }) => say.onlyValidation(images),
  unknownCorrection: ({ images, label }) => say.unknownCorrection(images, label),
  notRemembered: ({ reason }) => say.notRemembered(reason),
  singleImage: ({ classes }) => say.singleImage(classes),
  fewImages: ({ classes, fewest }) => say.fewImages(classes, fewest),
  imbalance: ({ most, least }) => say.imbalance(most.name, most.images, least.name, least.images),
  sameInTwoClasses: ({ images }) => say.sameInTwoClasses(images),
  nearInTwoClasses: ({ images }) => say.nearInTwoClasses(images),
  copies: ({ images }) => say.copies(images),
  nearCopies: ({ images }) => say.nearCopies(images),
  leakedCopies: ({ images }) => say.leakedCopies(images),
  leakedNearCopies: ({ images }) => say.leakedNearCopies(images),
  small: ({ images, resolution }) => say.small(images, resolution),
  flat: ({ images }) => say.flat(images),
  narrowRange: ({ images, bits }) => say.narrowRange(images, bits),
  morePages: ({ images }) => say.morePages(images),
  note: ({ sentence }) => sentence,
}
