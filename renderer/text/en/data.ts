/** @file The Data step. */
import { count, countOf } from '../format.ts'

const images = (n: number): string => countOf(n, 'image')

export const data = {
  title: 'Data',
  lead: 'The photos to learn from. Every folder inside the one you choose is one kind; its name is the name of the kind.',
  choose: 'Choose a folder…',
  change: 'Choose another folder…',
  sample: 'Use the sample pictures',
  checking: 'Looking at every image…',
  checked: (done: number, total: number) => `${count(done)} of ${images(total)}`,
  making: 'Preparing the sample pictures…',
  classes: 'Kinds',
  summary: (total: number, kinds: number) => `${images(total)} in ${countOf(kinds, 'kind')}`,
  split: (training: number, validation: number) =>
    `${count(training)} to learn from, ${count(validation)} held back to check what was learned`,
  splitHint: 'The lighter part of each bar is held back. The model never learns from those.',
  held: 'Held back for checking',
  images: 'Images',
  all: 'All kinds',
  show: 'Show',
  wall: (name: string) => `Images of ${name}`,
  skipped: (n: number) => `${countOf(n, 'file')} left out`,
  skippedHint: 'These are not used. Your files stay as they are.',
  warnings: 'Worth knowing',
  allGood: 'Nothing to worry about in these images.',
  next: 'Continue to Model',
}
