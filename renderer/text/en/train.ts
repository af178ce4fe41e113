/** @file The Train step: before, during and after. */
import { count, countOf, duration, percent } from '../format.ts'

const rounds = (n: number): string => countOf(n, 'round')
const images = (n: number): string => countOf(n, 'image')

/** How often each image is seen, as far as it can be said in words. */
function views(epochs: number): string {
  if (epochs < 0.95) return `sees ${percent(epochs)} of the images`
  return epochs < 1.5 ? 'sees each image once' : `sees each image about ${count(epochs)} times`
}

/** Figures of one round, each as text. */
interface ReadOut {
  readonly step: number
  readonly accuracy: string
  readonly heldAccuracy: string
  readonly loss: string
  readonly heldLoss: string
  readonly learningRate: string
  readonly gradNorm: string
}

export const train = {
  title: 'Train',
  lead: 'The model looks at your images again and again and corrects itself a little each time.',
  length: 'How long',
  presets: {
    quick: {
      name: 'Quick',
      hint: 'A first look, and often all you need: most rounds at half the resolution.',
    },
    standard: {
      name: 'Standard',
      hint: 'The usual choice once the images are in order: more rounds of the same.',
    },
    thorough: {
      name: 'Thorough',
      hint: 'The last bit of accuracy: finds the best learning rate and crop first, then trains longest.',
    },
    paper: {
      name: 'As in the paper',
      hint: 'The ViT paper’s own recipe: a zero-initialised head, all parameters trained, one resolution.',
    },
  },
  presetCost: (steps: number, epochs: number) => `${rounds(steps)}, ${views(epochs)}`,
  about: (seconds: number) => `about ${duration(seconds)}`,
  planning: 'Working out the time…',
  plan: (seconds: number, device: string) => `About ${duration(seconds)} on ${device}.`,
  planMeasured: 'Timed with this model on this computer.',
  planEstimated: 'Estimated from the speed of the device; it becomes exact once training is under way.',
  noDevice: 'No usable device was found.',
  details: 'Details',
  groups: { course: 'Training', images: 'Images', machine: 'Computer' },
  steps: 'Rounds (steps)',
  stepsHint:
    'How often the model corrects itself. More takes longer and, up to a point, gives better results.',
  batch: 'Images per round (batch)',
  batchHint:
    'Each correction is an average over this many images. Fewer need less memory but are less steady.',
  learningRate: 'Learning rate',
  learningRateHint:
    'How large the corrections are at their peak. If it is too low, little is learned; too high, and what was known is forgotten.',
  warmup: 'Warm-up (rounds)',
  warmupHint: 'Over these first rounds the learning rate grows, so that nothing already learned is upset.',
  optimiser: 'Optimiser',
  optimiserValue: (optimiser: string, momentum: number | null, clip: number) =>
    momentum === null
      ? `${optimiser}, gradients clipped at ${clip}`
      : `Stochastic gradient descent, momentum ${momentum}, gradients clipped at ${clip}`,
  optimiserHint:
    'How the model corrects itself. SGD, the paper’s, keeps most of the direction of the corrections before; AdamW also gives every weight a step size of its own, and needs more memory. No correction may be too large.',
  asPreset: (name: string) => `As in the chosen length: ${name}`,
  head: 'Starting point of the head (linear probe)',
  headHint:
    'The head is what turns features into your classes. Starting from the few-shot preview’s answer, the loss starts low instead of at ln K.',
  heads: { zero: 'From zero, as in the paper', probe: 'From the preview’s linear probe' },
  lower: 'Resolution along the way (progressive)',
  lowerHint:
    'Most rounds at half the resolution cost a quarter of the time; the last ones are at the chosen one.',
  lowers: { half: 'Most rounds at half of it', none: 'The chosen one throughout' },
  parts: 'What is trained',
  partsHint: 'Fewer parts are faster and need less memory, and are sometimes less accurate.',
  partNames: {
    everything: 'Everything',
    allButEmbedding: 'All but the patch embedding',
    last8: 'The last 8 blocks',
    last4: 'The last 4 blocks',
    last2: 'The last 2 blocks',
    head: 'Only the head',
  },
  balance: 'Uneven classes (balanced sampling)',
  balanceHint: 'Where one class has far more images than another, the small ones can be shown more often.',
  balances: {
    none: 'Every image equally often',
    sqrt: 'Small classes more often',
    full: 'All classes equally often',
  },
  search: {
    first: 'Find the best setting first',
    firstHint:
      'Short trials of several learning rates and crops, judged by a fifth of the training images. It takes up to three times as long.',
    tooShort: (steps: number) =>
      `For trainings of ${rounds(steps)} or more: about a shorter one, short trials tell nothing.`,
    byFinding: (rate: string) => `${rate}, found by the search`,
    title: 'The best setting',
    trial: (n: number, total: number) => `Trial ${n} of ${total}`,
    left: (time: string) => `about ${time} left, training included`,
    found: (rate: string, crop: string, time: string) =>
      `Found in ${time}: learning rate ${rate}, “${crop}”. The training uses it.`,
    notPossible:
      'Every class has one training image only, so there is nothing to judge by. The training uses the usual setting.',
    judging: (training: number, development: number) =>
      `Each trial learns from ${images(training)} and is judged by ${count(development)} others, all of them training images.`,
    decides: 'The best go on for longer. Where accuracies are too close to tell, the smaller loss decides.',
    sparse: (classes: number) =>
      `${countOf(classes, 'class has', 'classes have')} fewer than five images, so this is a rough judgement.`,
    loss: (loss: string, steps: number) => `loss ${loss}, ${rounds(steps)}`,
    states: {
      waiting: 'Waiting',
      running: 'In progress',
      in: 'Still in',
      out: 'Dropped',
      failed: 'Diverged',
      chosen: 'The best',
    },
    paused: 'Paused during the search. The processor is free, and everything found so far is saved.',
  },
  augment: 'Image variation (augmentation)',
  augmentHint:
    'Each time the model sees an image, it looks a little different, so that it cannot be learned by heart.',
  framing: 'How a whole image meets the square',
  framings: {
    squash: { name: 'Squashed', hint: 'Everything is seen, wide and tall things out of shape.' },
    crop: { name: 'Middle cropped', hint: 'Shapes stay; what lies at the ends of a long image is not seen.' },
    letterbox: { name: 'With bars', hint: 'Everything is seen in its shape, but smaller (letterbox).' },
  },
  preview: 'How the model will see your images',
  previewOriginal: 'Your image',
  previewVaried: (n: number) => `Variation ${n}`,
  shuffle: 'Shuffle again',
  seed: 'Seed',
  seedHint:
    'The same seed repeats the same training exactly; another one gives other crops and another order.',
  device: 'Compute on',
  deviceHint: 'The figure is its speed in billions of operations per second, measured here.',
  deviceSpeed: (name: string, gflops: string) => `${name} (${gflops} GFLOP/s)`,
  deviceRefused: (name: string) => `${name} (cannot be used)`,
  deviceReason: (name: string, reason: string) => `${name}: ${reason}`,
  automatic: 'The fastest that works',
  wholeNumber: (least: number) => `A whole number from ${least} up.`,
  positiveNumber: 'A number above 0, such as 0.01.',
  tellMe: 'Tell me when it is done',
  tellMeHint: 'A system notification, if this window is not in front.',
  tellMeRefused: 'Notifications are switched off for this page in your browser.',
  missingData: 'Choose images first.',
  missingModel: 'Choose a model first.',
  missingNumbers: 'Correct the details first.',
  start: 'Start training',
  starting: 'Preparing…',
  stop: 'Stop and keep the best',
  stopping: 'Stopping…',
  pause: 'Pause',
  pausing: 'Pausing…',
  goOn: 'Continue',
  pausedNote: 'Paused',
  paused: (step: number) =>
    `Paused after ${rounds(step)}. The processor is free, the memory stays in use, and everything learned so far is saved.`,
  staysOn: 'You may close this window: training continues until you quit ViT Studio in its terminal.',
  running: (step: number, total: number) => `Round ${count(step)} of ${count(total)}`,
  documentTitle: (share: number) => `${percent(Math.floor(100 * share) / 100)} – ViT Studio`,
  documentTitlePaused: 'Paused – ViT Studio',
  course: 'How it is going',
  curves: 'Curves',
  heldCurve: 'Held-back images recognised',
  ofHeld: (held: number, isOver: boolean) =>
    `of ${count(held)} held-back images recognised${isOver ? '' : ', at best so far'}`,
  noneHeld: 'No images are held back, so there is no telling how good it is.',
  left: (time: string) => `${time} left`,
  speed: 'Images per second',
  memory: 'Memory',
  learnedFrom: 'Training images',
  heldBack: 'Held-back images',
  resolution: 'Resolution',
  eachRound: 'Each round',
  average: 'Average',
  training: 'Training',
  validation: 'Held back',
  accuracy: 'Accuracy',
  accuracySummary: (learning: string, held: string) =>
    `Accuracy over the rounds: now ${learning} on the training images, ${held} on those held back.`,
  loss: 'Loss',
  lossSummary: (learning: string, held: string) =>
    `Loss over the rounds: now ${learning} on the training images, ${held} on those held back. Lower is better.`,
  learningRateSummary: (now: string) =>
    `Learning rate over the rounds, now ${now}: it grows, then falls to zero.`,
  gradNorm: 'Gradient norm',
  gradNormSummary: (now: string) =>
    `Gradient norm over the rounds, now ${now}: how strongly the model is being pulled.`,
  lookBack: 'Look back',
  readOut: (r: ReadOut) =>
    `Round ${count(r.step)}: accuracy ${r.accuracy}, held back ${r.heldAccuracy}; loss ${r.loss}, held back ${r.heldLoss}; ` +
    `learning rate ${r.learningRate}; gradient norm ${r.gradNorm}`,
  probing: 'Finding the starting point…',
  probingPlace: (done: number, total: number, secondsLeft: number | null) =>
    `${count(done)} of ${images(total)} looked at${secondsLeft === null ? '' : `, about ${duration(secondsLeft)} left`}`,
  headStarted: (chance: string) =>
    `On held-back images the loss starts below ln K = ${chance}, the loss of guessing, because the head starts from the linear probe.`,
  headKnows: (accuracy: string) => `The probe alone is right about ${accuracy} of the held-back images.`,
  facts: {
    title: 'About this run',
    model: 'Started from',
    probe: 'Accuracy of the linear probe',
    temperature: 'Temperature of its probabilities',
    weights: 'Weights',
    mixed: (share: string) =>
      `${share} of the way from the start to the last step (weight averaging), better than any step`,
    answers: 'Who answers',
    models: { trained: 'The trained model', probe: 'The linear probe' },
    fairness: 'Fairness to rare classes',
    unsure: 'Unsure below',
    usual: 'As usual',
    resumed: 'When it was resumed',
    unknown: 'Not known',
  },
  balanceAdvice: (most: string, many: number, least: string, few: number) =>
    `“${most}” has ${count(many)} images to learn from, “${least}” only ${count(few)}. Small classes are recognised better if they are shown more often.`,
  balanceTake: 'Show small classes more often',
  balanceUndo: 'Show all images equally often',
  examples: 'A few held-back images',
  examplesHint: 'The model never learns from these. Watch how sure it becomes.',
  exampleRight: 'Recognised',
  exampleWrong: 'Not recognised',
  exampleImage: (truth: string) => `A held-back image of ${truth}`,
  examplesWhen: 'Before and now',
  examplesBefore: 'Before',
  examplesNow: 'Now',
  examplesAt: (step: number) => (step === 0 ? 'Before the first round' : `After ${rounds(step)}`),
  done: 'Done',
  outcome: (accuracy: string, held: number) =>
    `The best model is right about ${accuracy} of the ${images(held)} held back.`,
  outcomeRange: (low: string, high: string) =>
    `On other images like these, expect between ${low} and ${high} (19 times out of 20).`,
  outcomeWide: 'That is a wide range, because few images were held back. More images make it narrower.',
  outcomeBest: (step: number, steps: number) =>
    step === steps
      ? `It was still improving in the last round: training for longer may help.`
      : `It was best after ${rounds(step)} of ${count(steps)}, and that state is kept.`,
  outcomePlain:
    'Done. No images were held back, so there is no telling how good it is. The last state is kept.',
  nextLook: 'Next, look at its mistakes: some are often wrong labels.',
  stopped: 'Stopped. The best model so far is kept, and you can continue.',
  failed: 'Training was interrupted.',
  safe: 'Everything learned up to the last save is safe.',
  continue: 'Continue',
  again: 'Train again…',
  next: 'See the results',
  newsDone: (name: string) => `${name}: training is done`,
  newsDoneBody: (accuracy: string) => `The best model is right about ${accuracy} of the held-back images.`,
  newsFailed: (name: string) => `${name}: training was interrupted`,
}
