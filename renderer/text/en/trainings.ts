/** @file The trainings of a project, and the open one. */
import { countOf } from '../format.ts'

export const trainings = {
  lead: 'Every training of this project. Results, Use and exports are about the open one.',
  /** A screen that is about one training. */
  titled: (screen: string, name: string) => `${screen}: ${name}`,
  openOne: 'Open training',
  option: (name: string, accuracy: string) => `${name} (${accuracy})`,
  all: 'All trainings',
  isOpen: 'Open now',
  best: 'Best',
  open: 'Open',
  use: 'Use',
  resume: 'Continue',
  rename: (name: string) => `Rename ${name}`,
  newName: 'New name',
  remove: (name: string) => `Delete ${name}`,
  busy: 'It is being trained now. Stop it first.',
  removed: (name: string) =>
    `“${name}” is deleted. It can be brought back until another is deleted or ViT Studio is closed.`,
  undo: 'Bring it back',
  none: 'No training yet',
  noneHint: 'What you train in this project appears here.',
  again: 'Train again…',
  range: (low: string, high: string) => `between ${low} and ${high}`,
  noAccuracy: 'not measured',
  otherImages: 'Measured on other images than the newest training, so it cannot be compared with it.',
  compare: (name: string) => `Compare ${name}`,
  comparison: 'Comparison',
  compareMore: 'Tick two or more trainings above to see what made the difference.',
  others: 'Trainings of other projects',
  notSame:
    'These trainings held back different images, so their accuracies do not say which is better: one may have had the easier images.',
  kept: (name: string, share: string) =>
    `“${name}” keeps a mixture of its start and its last step (${share} of the way): better than any step, and so on no point of its curve.`,
  keptStep: 'The accuracies below are those of the weights that are kept: of the best step, not of the last.',
  yes: 'Yes',
  no: 'No',
  oneResolution: 'One resolution only',
  started: (size: number) => `First at ${countOf(size, 'pixel')}`,
}
