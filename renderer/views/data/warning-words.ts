/** @file Findings in the language of the window, and the photos that each is about. */
import type { Finding } from '../../../core/data/finding.ts'
import { text } from '../../text/text.ts'
import type { Examples } from '../examples-dialog.tsx'
import { worded } from '../../text/sentences.ts'

/** Facts that need no action. */
export function isCalm({ kind }: Finding): boolean {
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

/** The photos it is about; null if it is about none. */
export function examplesOf(warning: Finding): Examples | null {
  if ('pairs' in warning) {
    const isLeak = warning.kind === 'leakedCopies' || warning.kind === 'leakedNearCopies'
    return { kind: 'pairs', pairs: warning.pairs, total: warning.images, isLeak }
  }
  if ('examples' in warning) return { kind: 'some', places: warning.examples, total: warning.images }
  return null
}

/** A finding in the language of the window. */
export function sentenceOf(warning: Finding): string {
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
  notRemembered: ({ reason }) => say.notRemembered(worded(reason)),
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
  leftOut: ({ files, total, groups: [most] }) =>
    say.leftOut(files, total, most?.files ?? 0, most === undefined ? '' : worded(most.reason)),
  note: ({ sentence }) => worded(sentence),
}
