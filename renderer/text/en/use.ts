/** @file The Use step. */
import { count, countOf } from '../format.ts'

const images = (n: number): string => countOf(n, 'image')
const files = (n: number): string => countOf(n, 'file')

export const use = {
  title: 'Use',
  lead: 'Show the model new images, or take it to another program.',
  views: { label: 'What to do', ask: 'Show it images', export: 'Take it with you' },
  drop: 'Drop images or a folder here',
  dropHint: 'Drop images or a folder to see what the model says',
  dropLead: 'A few images are answered one by one, a folder is sorted by answer.',
  choose: 'Choose images…',
  chooseFolder: 'Choose a folder…',
  asking: 'Looking…',
  unsure: 'Unsure',
  unsureHint: 'Call it unsure below',
  unsureExplained:
    'The model always gives its best guess. Below this probability it is no more than a guess: look at such images yourself.',
  unsureEffect: (unsure: string, right: string) =>
    `On the held-back images, ${unsure} would be called unsure, and ${right} of the others are right.`,
  unsureAll: 'On the held-back images every answer would be called unsure.',
  answers: 'Answers',
  clear: 'Clear',
  openAnswer: (name: string) => `Open ${name}`,

  byAnswer: {
    start: 'Copy into folders by answer…',
    hint: 'Into a new folder; your files stay where they are.',
    choose: 'Where the new folder goes',
    folder: 'sorted by answer',
    unsure: 'unsure',
    copying: 'Copying images…',
    copied: (n: number, folder: string, failed: number) =>
      failed === 0
        ? `${images(n)} copied to ${folder}.`
        : `${images(n)} copied to ${folder}; ${count(failed)} could not be read.`,
  },
  right: {
    ask: 'Wrong, it is',
    add: 'Add to the training photos',
    added: (label: string) => `Added to the training photos as ${label}. The next training learns from it.`,
  },
  similar: {
    title: 'The most similar training photos',
    hint: 'What the model sees in both is this much alike (cosine similarity).',
    find: (n: number) => `Find them among ${countOf(n, 'photo')}`,
    looking: 'Looking at the training photos…',
    photo: (kind: string) => `Training photo: ${kind}`,
    alike: (share: string) => `${share} alike`,
  },
  tryHeldBack: 'Try a photo that was held back',
  tryHeldBackHint: 'The model did not learn from these, and you know what they show.',
  tryThis: (path: string) => `Try ${path}`,
  others: 'Other answers',
  sure: (share: string) => `${share} sure`,
  isRight: 'right',
  isWrong: (truth: string) => `wrong: it is ${truth}`,

  camera: {
    start: 'Use the camera',
    title: 'Camera',
    starting: 'Waiting for the camera…',
    stop: 'Stop the camera',
    pause: 'Pause',
    resume: 'Continue',
    keep: 'Keep this picture',
    device: 'Camera',
    nameless: (n: number) => `Camera ${count(n)}`,
    live: 'What the camera sees',
    privacy: 'The picture does not leave this computer.',
    picture: (time: string) => `Camera ${time}`,
    denied:
      'The camera is not allowed here. Allow it in the settings of the browser or the system, then try again.',
    missing: 'No camera was found. Connect one, then try again.',
    busy: 'The camera cannot be opened. Another program may be using it: close that one, then try again.',
  },

  table: {
    title: (name: string) => `Images in ${name}`,
    files: (n: number) => images(n),
    listing: 'Looking for images…',
    progress: (done: number, total: number) => `${count(done)} of ${files(total)}`,
    stop: 'Stop',
    stopped: (done: number, total: number) =>
      `Stopped after ${count(done)} of ${files(total)}. The answers so far stay here.`,
    close: 'Close the table',
    save: 'Save as CSV',
    filter: 'Show',
    all: (n: number) => `All classes (${count(n)})`,
    ofClass: (name: string, n: number) => `${name} (${count(n)})`,
    onlyUnsure: (n: number) => `Only unsure ones (${count(n)})`,
    kind: (name: string, n: number, unsure: number) =>
      unsure === 0 ? `${name}: ${images(n)}` : `${name}: ${images(n)}, ${count(unsure)} of them unsure`,
    open: (name: string, answer: string, sure: string) => `Open ${name}: ${answer}, ${sure}`,
    looks: { label: 'Look', grid: 'Pictures', rows: 'Table' },
    file: 'File',
    answer: 'Answer',
    probability: 'How sure',
    nothing: 'No image matches this choice.',
    left: (n: number) => `${files(n)} left out`,
    notImage: 'It is not an image.',
    shown: (n: number) => `${images(n)} shown`,
    csv: {
      name: 'predictions',
      file: 'file',
      prediction: 'prediction',
      probability: 'probability',
      unsure: 'unsure',
      guess: (place: number) => `guess ${place}`,
      guessProbability: (place: number) => `probability ${place}`,
      problem: 'problem',
      yes: 'yes',
      no: 'no',
    },
  },

  export: 'Formats',
  exportLead:
    'Choose where you want to use the model. Each file is opened again after it is written and compared with the trained model on real images.',
  destination: 'Folder',
  destinationOwn: 'ViT Studio’s exports folder',
  destinationChange: 'Choose another folder…',
  destinationReset: 'Use the default folder',
  write: (n: number) => (n < 2 ? 'Export the model' : `Export ${count(n)} formats`),
  exporting: (name: string, place: number, total: number) =>
    `Exporting and checking ${name}, ${count(place)} of ${count(total)}`,
  verified: (n: number) => `Opened again and checked on ${images(n)}: gives the same answers`,
  difference: (difference: string) => `(largest difference between logits ${difference})`,
  refused: (name: string) => `The ${name} format cannot hold this model.`,
  reveal: 'Open the folder',
  copyPath: 'Copy the path',
  snippet: 'How to use it',
  snippetFor: 'Program',
  snippets: {
    node: 'JavaScript, Node',
    browser: 'JavaScript, browser',
  },
  copy: 'Copy',
  copied: 'Copied',
}
