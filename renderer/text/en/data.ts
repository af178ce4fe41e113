/** @file The Data step. */
import { count, countOf, megabytes } from '../format.ts'

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
  lead: 'The photos to learn from. Each folder inside the one you choose is one class, and the folder’s name is the name of the class.',
  choose: 'Choose a folder…',
  change: 'Choose another folder…',
  sample: 'Use the sample pictures',
  dropTitle: 'Drop a folder of photos here',
  dropLead: 'with one folder inside it for each class:',
  dropExample: ['fruit', 'ripe', 'unripe'] as readonly [string, string, string],
  checking: 'Looking at every image…',
  checked: (done: number, total: number) => `${count(done)} of ${images(total)}`,
  making: 'Preparing the sample pictures…',
  copying: 'Copying the dropped images…',
  copied: (done: number, total: number) => `${megabytes(done / 1e6)} of ${megabytes(total / 1e6)}`,
  copyHint:
    'A browser does not reveal where a dropped folder is, so its images are copied into the studio’s own folder. Your files stay as they are.',
  isCopy: 'A copy of what you dropped, kept in the studio’s folder.',
  left: (n: number) => `${countOf(n, 'other file')} in it ${one(n, 'was', 'were')} not copied.`,
  again: 'Check again',
  againHint: 'Look for images that have been added, changed or removed since.',
  classes: 'Classes',
  findClass: 'Find a class',
  moreClasses: (n: number) => `${countOf(n, 'more class', 'more classes')}. Type part of a name to find it.`,
  noClass: 'There is no class with that name.',
  summary: (total: number, classes: number) => `${images(total)} in ${countOf(classes, 'class', 'classes')}`,
  splitTitle: 'Held back for checking (validation)',
  split: (training: number, validation: number) =>
    `${count(training)} to learn from, ${count(validation)} held back`,
  splitWhy:
    'The model never learns from the images held back. They show how well it does on photos it has not seen.',
  splitHow: 'The same share of each class is taken at random. Images that look alike stay together.',
  held: 'Share held back',
  countOf: images,
  ownFolder: 'Hold back another folder instead…',
  ownFolderHint: 'It needs folders with the same names.',
  usesFolder: 'The images of this folder are held back:',
  noOwnFolder: 'Hold back a share instead',
  images: 'Images',
  wall: 'All images by class',
  picture: (label: string, file: string) => `${label}, ${file}`,
  keys: 'Arrow keys move, Enter opens an image.',
  skipped: (n: number) => `${countOf(n, 'file')} left out`,
  skippedHint: 'These are not used. Your files stay as they are.',
  moreSkipped: (n: number) => `and ${countOf(n, 'more file')}`,
  allGood: 'Nothing to worry about in these images.',
  show: 'Show them',
  alikeTitle: 'Images that look alike',
  someTitle: 'The images in question',
  shownOf: (shown: number, total: number) => `The first ${count(shown)} of ${count(total)}`,
  learnedFrom: 'for training',
  heldBack: 'held back',
  trainWith: (model: string) => `Skip to Train, with “${model}”`,
  next: 'Continue to Model',
  tooSingle:
    'These are single photos. On the first screen they begin a project of their own. To add them here, put them into the folder and check again.',
  manyFolders: 'Dropped folders',
  image: {
    position: (place: number, total: number) => `${count(place)} of ${count(total)}`,
    previous: 'Previous',
    next: 'Next',
    file: 'File',
    class: 'Class',
    size: 'Size',
    pixels: (width: number, height: number) => `${count(width)} × ${count(height)} pixels`,
    wrong: 'Is this the wrong class? Choose the right one',
    asFolder: (label: string) => `${label} (as its folder says)`,
    wrongHint:
      'Only this project remembers it; the file stays where it is. It takes effect with the next check and the next training run.',
  },
  corrections: (n: number) => `You have put ${images(n)} into another class.`,
  moveFiles: 'Move the files as well…',
  moveTitle: 'Move the files into the right folders?',
  moveLead: (n: number) =>
    `${countOf(n, 'file')} will be moved on your disk, each into the folder of the class you chose. No file is overwritten: where a name is taken, the moved file gets a number.`,
  moveNow: 'Move the files',
  moving: 'Moving the files…',
  moved: (n: number) => `${countOf(n, 'file')} moved.`,
  notMoved: (n: number) => `${countOf(n, 'file')} stayed where ${one(n, 'it was', 'they were')}:`,
  warning: {
    layout: (training: string, validation: string) =>
      `The folder consists of “${training}” and “${validation}”: the model learns from the first, and the second is held back.`,
    onlyTraining: (training: string) =>
      `The model learns from “${training}”: the folder consists of the parts of a data set, and no other part has the same classes.`,
    innerFolder: (folder: string) => `The classes are those in “${folder}”, the only folder there.`,
    nestedClasses: (folders: readonly string[], inside: readonly string[]) =>
      `${listed(folders)} ${one(folders.length, 'is taken for a class, but contains', 'are taken for classes, but each contains')} folders of its own: ${listed(inside)}. If those are the classes, choose one folder further in.`,
    splitInside: (folders: readonly string[]) =>
      `Inside the classes are folders called ${listed(folders)}. The images of all of them are used for training.`,
    unusedFolder: (name: string) => `“${name}” is not used.`,
    emptyClass: (name: string, folder: string) =>
      `“${name}” in ${folder} contains no usable images and is left out.`,
    missingClasses: (classes: readonly string[]) =>
      `No images of ${listed(classes)} are held back, so there is no telling how well ${one(classes.length, 'it is', 'they are')} recognised.`,
    onlyValidation: (n: number) =>
      `${images(n)} held back ${one(n, 'belongs', 'belong')} to classes with no images to learn from, and ${one(n, 'is', 'are')} not used.`,
    notRemembered: (reason: string) =>
      `The findings could not be saved, so the next check will take just as long. ${reason}`,
    singleImage: (classes: readonly string[]) =>
      `${listed(classes)} ${one(classes.length, 'has only one image', 'have only one image each')}, so none can be held back for checking. Add more.`,
    fewImages: (classes: readonly string[], fewest: number) =>
      `${listed(classes)} ${one(classes.length, 'has', 'have')} fewer than ${count(fewest)} images. Results become reliable with about 20 per class.`,
    imbalance: (most: string, mostImages: number, least: string, leastImages: number) =>
      `The classes differ greatly in size: ${count(mostImages)} of “${most}”, ${count(leastImages)} of “${least}”. The model will favour the large ones; look at each class in the results.`,
    sameInTwoClasses: (n: number) =>
      `${images(n)} ${one(n, 'is', 'are')} in two classes at once. One of the two is wrong.`,
    nearInTwoClasses: (n: number) =>
      `${images(n)} ${one(n, 'looks', 'look')} almost the same as one in another class. Is the class right?`,
    copies: (n: number) =>
      `${images(n)} ${one(n, 'is an exact copy', 'are exact copies')} of another in the same class. Copies stay together when images are held back.`,
    nearCopies: (n: number) =>
      `${images(n)} ${one(n, 'looks', 'look')} almost the same as another in the same class. They stay together when images are held back.`,
    leakedCopies: (n: number) =>
      `${images(n)} held back ${one(n, 'is', 'are')} also used for training. The accuracy will look better than it is.`,
    leakedNearCopies: (n: number) =>
      `${images(n)} held back ${one(n, 'looks', 'look')} almost the same as one used for training. The accuracy will look better than it is.`,
    small: (n: number, resolution: number) =>
      `${images(n)} ${one(n, 'is', 'are')} much smaller than the ${count(resolution)} pixels the model looks at, and will be blurred.`,
    flat: (n: number) => `${images(n)} ${one(n, 'is', 'are')} almost a single colour.`,
    narrowRange: (n: number, bits: number) =>
      `${images(n)} ${one(n, 'stores', 'store')} ${count(bits)} bits per colour in 16-bit files, and ${one(n, 'comes', 'come')} out nearly black. Stretch the brightness to the full range first, or save as 8 bits.`,
    leftOut: (n: number, total: number, most: number, reason: string) =>
      `${count(n)} of ${count(total)} files are left out. Most often (${count(most)}): ${reason}`,
    morePages: (n: number) =>
      `${countOf(n, 'file')} ${one(n, 'contains', 'contain')} more than one page or frame. Only the first is used.`,
  },
}
