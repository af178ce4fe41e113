/** @file The first screen. */
import { percent } from '../format.ts'

export const home = {
  title: 'Teach a model to tell your photos apart',
  lead: 'Sort example photos into folders, one folder for each kind. ViT Studio learns from them on this computer. No photo leaves it.',
  sample: 'Try it with the sample pictures',
  sampleHint: 'Small pictures in several kinds, and a small model that came with the program.',
  own: 'Choose a folder of photos',
  ownHint: 'One folder per kind, for example “ripe” and “unripe”, with 20 photos or more in each.',
  earlier: 'Earlier work',
  noRuns: 'What you train appears here and opens where you left it.',
  loading: 'Looking for earlier work…',
  status: {
    training: 'Training now',
    interrupted: 'Interrupted',
    stopped: 'Stopped',
    failed: 'Failed',
    finished: 'Finished',
  },
  accuracy: (value: number) => `${percent(value)} right`,
}
