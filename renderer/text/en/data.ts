/** @file The Data step. */
import { count, countOf, megabytes, percent } from '../format.ts'

const images = (n: number): string => countOf(n, 'image')
const one = (n: number, single: string, many: string): string => (n === 1 ? single : many)

/** `“a”, “b” and “c”`; long lists are cut. */
function listed(names: readonly string[]): string {
  const quoted = names.slice(0, 6).map((name) => `“${name}”`)
  if (names.length > 6) return `${quoted.join(', ')} and ${count(names.length - 6)} more`
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`
}

export const data = {
  title: 'Data',
  lead: 'The photos to learn from. Every folder inside the one you choose is one kind; its name is the name of the kind.',
  choose: 'Choose a folder…',
  change: 'Choose another folder…',
  sample: 'Use the sample pictures',
  dropTitle: 'Drop a folder of photos here',
  dropLead: 'with one folder inside it for each kind:',
  dropExample: ['fruit', 'ripe', 'unripe'] as readonly [string, string, string],
  checking: 'Looking at every image…',
  checked: (done: number, total: number) => `${count(done)} of ${images(total)}`,
  making: 'Preparing the sample pictures…',
  copying: 'Copying the dropped images…',
  copied: (done: number, total: number) => `${megabytes(done / 1e6)} of ${megabytes(total / 1e6)}`,
  copyHint:
    'A browser does not tell where a dropped folder lies, so its images are copied into the studio’s own folder. Your files stay as they are.',
  isCopy: 'A copy made inside the studio’s folder, from what you dropped.',
  left: (n: number) => `${countOf(n, 'other file')} in it ${one(n, 'was', 'were')} not copied.`,
  again: 'Check again',
  againHint: 'Look for images that were added, changed or removed since.',
  classes: 'Kinds',
  findClass: 'Find a kind',
  jump: 'Show the images of this kind',
  moreClasses: (n: number) => `${countOf(n, 'more kind')}. Type a part of a name to find it.`,
  noClass: 'No kind is called so.',
  summary: (total: number, kinds: number) => `${images(total)} in ${countOf(kinds, 'kind')}`,
  splitTitle: 'Held back for checking',
  split: (training: number, validation: number) =>
    `${count(training)} to learn from, ${count(validation)} held back`,
  splitWhy:
    'The model never learns from the images held back. They show how well it does on photos it has not seen.',
  splitHow: 'From each kind the same share is taken, by chance. Images that look alike stay together.',
  splitAlt: (held: number) => `${percent(held)} of the images are held back`,
  held: 'Share held back',
  countOf: images,
  ownFolder: 'Hold back another folder instead…',
  ownFolderHint: 'It needs folders with the same names.',
  usesFolder: 'The images of this folder are held back:',
  noOwnFolder: 'Hold back a share instead',
  images: 'Images',
  wall: 'All images by kind',
  picture: (label: string, file: string) => `${label}, ${file}`,
  correctedMark: (label: string) => `put into ${label}`,
  keys: 'Arrow keys move, Enter opens an image.',
  skipped: (n: number) => `${countOf(n, 'file')} left out`,
  skippedHint: 'These are not used. Your files stay as they are.',
  moreSkipped: (n: number) => `and ${countOf(n, 'more file')}`,
  allGood: 'Nothing to worry about in these images.',
  moreWarnings: (n: number) => `${count(n)} more worth knowing`,
  show: 'Show them',
  alikeTitle: 'Images that look alike',
  someTitle: 'The images concerned',
  shownOf: (shown: number, total: number) => `The first ${count(shown)} of ${count(total)}`,
  learnedFrom: 'learned from',
  heldBack: 'held back',
  trainWith: (model: string) => `Train with “${model}”`,
  next: 'Continue to Model',
  tooSingle:
    'These are single images. Drop the folder that holds them, with one folder inside it for each kind.',
  manyFolders: 'Dropped folders',
  image: {
    position: (place: number, total: number) => `${count(place)} of ${count(total)}`,
    previous: 'Previous',
    next: 'Next',
    file: 'File',
    kind: 'Kind',
    size: 'Size',
    pixels: (width: number, height: number) => `${count(width)} × ${count(height)} pixels`,
    wrong: 'Is this the wrong kind? Choose the right one',
    asFolder: (label: string) => `${label} (as its folder says)`,
    wrongHint:
      'Only this project remembers it; the file stays where it is. It counts from the next check and the next training on.',
  },
  corrections: (n: number) => `${images(n)} put into another kind by you.`,
  correctionsHint: 'The next check shows them there.',
  moveFiles: 'Move the files as well…',
  moveTitle: 'Move the files into their right folders?',
  moveLead: (n: number) =>
    `${countOf(n, 'file')} ${one(n, 'is', 'are')} moved on your disk, each into the folder of the kind you chose. No file is overwritten: where a name is taken, the moved file gets a number.`,
  moveNow: 'Move the files',
  moving: 'Moving the files…',
  moved: (n: number) => `${countOf(n, 'file')} moved.`,
  notMoved: (n: number) => `${countOf(n, 'file')} stayed where ${one(n, 'it was', 'they were')}:`,
  warning: {
    layout: (training: string, validation: string) =>
      `“${training}” is learned from and “${validation}” is held back, because the folder is made of these two.`,
    unusedFolder: (name: string) => `“${name}” is left alone.`,
    emptyClass: (name: string) => `“${name}” holds no usable image and is left out.`,
    missingClasses: (classes: readonly string[]) =>
      `Nothing of ${listed(classes)} is held back, so nothing can be said about how well ${one(classes.length, 'it is', 'they are')} recognised.`,
    onlyValidation: (n: number) =>
      `${images(n)} held back show kinds that there is nothing to learn from. They are not used.`,
    unknownCorrection: (n: number, label: string) =>
      `${images(n)} ${one(n, 'was', 'were')} put into “${label}”, which is no folder any more. They count as what their folder says.`,
    notRemembered: (reason: string) =>
      `What was found out cannot be remembered, so the next check takes as long again. ${reason}`,
    singleImage: (classes: readonly string[]) =>
      `${listed(classes)} ${one(classes.length, 'has', 'have')} a single image: nothing can be held back to check it. Add more.`,
    fewImages: (classes: readonly string[], fewest: number) =>
      `${listed(classes)} ${one(classes.length, 'has', 'have')} fewer than ${count(fewest)} images. Results become reliable from about 20 of each kind.`,
    imbalance: (most: string, mostImages: number, least: string, leastImages: number) =>
      `The kinds differ much in number: ${count(mostImages)} of “${most}”, ${count(leastImages)} of “${least}”. The model will lean towards the large ones; look at each kind in the results.`,
    sameInTwoClasses: (n: number) =>
      `${images(n)} ${one(n, 'lies', 'lie')} in two kinds at once. One of the two is wrong.`,
    nearInTwoClasses: (n: number) =>
      `${images(n)} ${one(n, 'looks', 'look')} almost the same as one of another kind. Is the kind right?`,
    copies: (n: number) =>
      `${images(n)} ${one(n, 'is an exact copy', 'are exact copies')} of another of the same kind. Copies stay together when images are held back.`,
    nearCopies: (n: number) =>
      `${images(n)} ${one(n, 'looks', 'look')} almost the same as another of the same kind. They stay together when images are held back.`,
    leakedCopies: (n: number) =>
      `${images(n)} held back ${one(n, 'is', 'are')} also learned from. The accuracy will look better than it is.`,
    leakedNearCopies: (n: number) =>
      `${images(n)} held back ${one(n, 'looks', 'look')} almost the same as one that is learned from. The accuracy will look better than it is.`,
    small: (n: number, resolution: number) =>
      `${images(n)} ${one(n, 'is', 'are')} much smaller than the ${count(resolution)} pixels the model looks at, and will be blurred.`,
    flat: (n: number) =>
      `${images(n)} ${one(n, 'is', 'are')} of nearly one colour all over. Images with 16 bits for each colour may look so; stretch their brightness first.`,
  },
}
