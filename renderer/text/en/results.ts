/** @file The Results step. */
import { count, countOf } from '../format.ts'

const images = (n: number): string => countOf(n, 'image')

export const results = {
  title: 'Results',
  lead: 'How well the model does on images it has never learned from.',
  evaluating: 'Asking the model about every held-back image…',
  evaluate: 'Check the model',
  accuracy: 'Accuracy',
  interval: (low: string, high: string, n: number) =>
    `between ${low} and ${high} with 95% certainty, from ${images(n)}`,
  perClass: 'Each kind',
  kind: 'Kind',
  support: 'Images',
  recall: 'Found',
  recallHint: 'Of the images of this kind, how many were recognised',
  precision: 'Right when named',
  precisionHint: 'Of the images called this, how many really were',
  confusion: 'What was taken for what',
  confusionHint:
    'Rows are what an image shows, columns are what the model said. Open a field to see its images.',
  truth: 'Shows',
  cell: (truth: string, guess: string, n: number) => `${truth} taken for ${guess}: ${images(n)}`,
  cellRight: (truth: string, n: number) => `${truth} recognised: ${images(n)}`,
  mistakes: 'Mistakes',
  mistakesHint: 'The surest first. Often it is the label that is wrong.',
  nothingHeld: 'No images were held back, so nothing can be said about new ones.',
  figuresHint:
    '“Found”: of the images of this kind, how many were recognised. “Right when named”: of the images called this, how many really were.',
  more: (n: number) => `Show more (${count(n)})`,
  noMistakes: 'No mistakes on the held-back images.',
  mistake: (truth: string, guess: string, sure: string) => `${truth}, taken for ${guess} (${sure} sure)`,
  takenFor: 'taken for',
  next: 'Use the model',
}
