/** @file The Results step. */
import { count, countOf } from '../format.ts'

const images = (n: number): string => countOf(n, 'image')
const labels = (n: number): string => countOf(n, 'label')

export const results = {
  title: 'Results',
  lead: 'How well the model does on images it did not learn from.',
  evaluating: 'Checking the model on every held-back image…',
  evaluate: 'Check the model',
  stopped: 'The check was stopped. The model itself is as it was.',
  accuracy: 'Accuracy',
  nothingHeld: 'No images were held back, so there is no telling how well it does on new ones.',
  balancedAccuracy: 'Balanced accuracy',
  balancedHint: 'Every class counts alike, however many images it has.',
  fiveFold: (accuracy: string, low: string, high: string, n: number) =>
    `Few images were held back, so the starting point (a linear probe) was also tested on all ${images(n)} in five turns: it is right about ${accuracy} of them (between ${low} and ${high}).`,
  probe: {
    isBetter: (probe: string, trained: string) =>
      `Here training did not pay off: the linear probe it could start from is right about ${probe} of the held-back images, the trained model about ${trained}. You can let the probe answer, and take that back at any time.`,
    take: 'Use the probe instead',
    answers: (probe: string, trained: string) =>
      `The linear probe answers, which is right about ${probe} of the held-back images; the trained model, right about ${trained}, is kept.`,
    takeTrained: 'Use the trained model again',
  },
  fairness: {
    title: 'Be fair to rare classes (logit adjustment)',
    hint: 'Where one class had many more images, the model tends to guess it. Move this to the right to make up for that, without training again.',
    asLearned: 'As learned',
    allAlike: 'All alike',
    accuracy: 'Accuracy',
    balanced: 'Balanced accuracy',
    now: 'As chosen',
    without: 'As learned',
  },
  unsure: {
    title: 'When it had better say “unsure”',
    hint: 'Answers it is less sure about are marked as unsure. The suggestions come from the held-back images.',
    usual: 'As usual',
    own: 'Your own choice',
    suggestion: (precision: string, unanswered: number) =>
      unanswered === 0
        ? `Right in ${precision} of its answers: leaves none unanswered.`
        : `Right in ${precision} of its answers: leaves ${unanswered} of 100 unanswered.`,
    below: (threshold: string) => `(unsure below ${threshold})`,
  },
  leftOut: (n: number) => `${countOf(n, 'file')} could not be read`,
  report: { save: 'Save a report to print', name: 'report' },
  save: 'Save the predictions as a table (CSV)',
  csv: { name: 'predictions', columns: ['file', 'true class', 'prediction', 'probability'] },

  summary: {
    names: (n: number, right: number) =>
      `Of ${countOf(n, 'photo')} it never learned from, it names ${count(right)} correctly.`,
    range: (accuracy: string, low: string, high: string) =>
      `That is ${accuracy}; for new photos expect ${low} to ${high}.`,
    most: (truth: string, guess: string, n: number) =>
      `What it mixes up most: ${truth} mistaken for ${guess}, in ${countOf(n, 'photo')}.`,
    terms: {
      accuracy: 'The share of all photos that it names correctly.',
      macroF1: 'F1 score (macro)',
      macroF1Hint: 'Recall and precision of every class in one number.',
      ece: 'Calibration error (ECE)',
      eceHint: 'How far its percentages are from how often it is right.',
    },
  },
  pairs: {
    title: 'What it mixes up',
    lead: 'A mistaken photo beside a typical training photo of what it was taken for. The most frequent mix-ups come first.',
    typical: (kind: string) => `A typical training photo: ${kind}`,
    typicalBadge: 'typical',
    sure: (sure: string) => `${sure} sure`,
    all: (n: number) => `See all ${count(n)}`,
    more: (n: number) => `Show ${countOf(n, 'more pair')}`,
  },
  reliability: {
    title: 'Reliability diagram',
    says: 'How sure it says it is (confidence)',
    right: 'How often it is right (accuracy)',
    after: 'as it answers now',
    before: 'before its percentages were corrected (temperature)',
    perfect: 'right as often as it says',
    point: (says: string, right: string) => `${says} sure: ${right} right.`,
  },

  certainty: 'How sure it is',
  certaintyGroup: (from: string, to: string) => `${from} to ${to} sure`,
  certaintyTop: (from: string) => `${from} sure or more`,
  certaintyBottom: (to: string) => `less than ${to} sure`,
  certaintyRight: (right: string, n: number) => `${right} correct, of ${images(n)}`,
  calibration: (before: string, after: string) =>
    `What it says and how often it is right differ by ${after} on average (expected calibration error), and by ${before} before its percentages were corrected.`,
  certaintyVerdicts: {
    fits: (claimed: string) =>
      `On average it says it is ${claimed} sure, which matches how often it is right. You can take its percentages at face value.`,
    tooSure: (claimed: string) =>
      `On average it says it is ${claimed} sure, which is more than it should be. Take its percentages with a pinch of salt.`,
    notSureEnough: (claimed: string) =>
      `On average it says it is ${claimed} sure, which is less than it could be: it is right more often than it says.`,
  },

  perClass: 'Each class',
  class: 'Class',
  support: 'Images',
  recall: 'Recall',
  recallHint: 'Of the images that show this class, how many were recognised',
  precision: 'Precision',
  precisionHint: 'Of the images the model put into this class, how many really show it',
  f1: 'F1 score',
  f1Hint: 'One number for both: high only if recall and precision are both high',
  averagePrecision: 'AP',
  averagePrecisionHint: 'Average precision: the area under the curve of precision against recall',
  curvesHint:
    'Each curve shows what you get for a kind as you ask the model to be less and less sure: the nearer to the upper right corner, the better (precision–recall curve; AP is the area under it).',
  curvesHardest: (n: number) => `The ${count(n)} classes that it finds hardest.`,
  average: 'Average of the classes',
  figuresHint:
    'Recall: of the images that show this class, how many were recognised. Precision: of the images the model put into this class, how many really show it. F1 score: one number for both, high only if both are high.',

  confusion: 'Every answer, class by class (confusion matrix)',
  confusionHint:
    'Rows are what an image shows, columns are what the model said. Open a cell to see its images; the arrow keys move from cell to cell.',
  truth: 'True class',
  cell: (truth: string, guess: string, n: number) => `${truth} mistaken for ${guess}: ${images(n)}`,
  cellRight: (truth: string, n: number) => `${truth} recognised: ${images(n)}`,
  pair: (truth: string, guess: string) => `${truth} mistaken for ${guess}`,

  mistakes: (n: number) => `Every mistake (${count(n)})`,
  mistakesHint: 'The most confident first. Often it is the label that is wrong.',
  noMistakes: 'No mistakes on the held-back images.',
  mistake: (truth: string, guess: string, sure: string) => `${truth}, mistaken for ${guess} (${sure} sure)`,
  recognised: (truth: string, sure: string) => `${truth}, recognised (${sure} sure)`,
  takenFor: 'mistaken for',
  more: (n: number) => `Show more (${count(n)})`,
  openImage: (what: string) => `Open: ${what}`,
  image: {
    position: (place: number, total: number) => `${count(place)} of ${count(total)}`,
    previous: 'Previous image',
    next: 'Next image',
    labelled: 'Its folder says',
    says: 'The model says',
    asking: 'Asking the model…',
  },

  wrong: 'This label is wrong',
  correction: 'What does it show?',
  correct: 'Save the label',
  corrected: (label: string) => `You say: ${label}`,
  undo: 'Undo',
  noProject: 'Labels can only be corrected in runs that belong to a project.',
  banner: (n: number) => `${labels(n)} corrected`,
  bannerHint: 'The next training run learns from the corrected labels. Your files stay in their folders.',
  again: 'Train again…',
  move: 'Move the files…',
  moving: 'Moving files…',

  compareLoading: 'Looking for training runs…',
  compareCurve: 'Accuracy on the held-back images',
  compareSummary: (lines: string) => `Accuracy on the held-back images over the rounds. ${lines}`,
  compareBest: (name: string, best: string) => `${name}: best ${best}.`,
  compareSettings: 'What differs',
  compareSame: 'Nothing differs but chance: all settings are the same.',
  compareSetting: 'Setting',
  compareAccuracy: 'Best accuracy',
  compareRange: (low: string, high: string) => `${low} to ${high}`,
  compareOverlap: 'The ranges overlap: with so few images the difference may be chance.',
  compareImages: 'Image by image',
  compareImagesHint: 'Images that one of the two gets right and the other does not.',
  compareJudge: 'Compare image by image',
  compareJudging: 'Checking both models on their held-back images…',
  compareOnly: (name: string, n: number) => `Only “${name}” is right about ${images(n)}`,
  compareNoneShared: 'The two runs held back different images, so they cannot be compared one by one.',
  compareShared: (both: string, n: number) =>
    `Of the ${images(n)} held back in both, both are right about ${both}.`,
  settings: {
    model: 'Model',
    family: 'Model family',
    data: 'Images',
    training: 'Training images',
    resolution: 'Resolution',
    steps: 'Rounds (steps)',
    batch: 'Images per round (batch)',
    learningRate: 'Learning rate',
    warmup: 'Warm-up rounds',
    momentum: 'Momentum',
    clip: 'Gradient clipping',
    seed: 'Seed',
    augment: 'Image variation (augmentation)',
    optimiser: 'Optimiser',
    balance: 'Uneven classes (balanced sampling)',
    framing: 'How a whole image meets the square',
    weightDecay: 'Weight decay',
    schedule: 'Schedule',
    heldOut: 'Held-back images',
    train: 'What is trained',
    firstResolution: 'Resolution along the way (progressive)',
    head: 'Head at the start',
    searched: 'Found by a search',
  } as Readonly<Record<string, string>>,

  attention: {
    show: 'Show where it looks',
    hint: 'Bright parts matter most for the answer, dark ones least. It shows where the model looked, not why.',
    layers: 'Traced through',
    allLayers: 'all layers',
    lastLayer: 'the last layer',
    strength: 'Strength',
    little: 'little',
    much: 'much',
    working: 'Finding where it looks…',
    alt: (image: string) => `${image}, darkened where the model did not look`,
  },
  next: 'Use the model',
}
