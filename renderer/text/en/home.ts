/** @file The first screen. */
import { count, countOf, percent } from '../format.ts'

export const home = {
  title: 'Teach a model to tell your photos apart',
  lead: 'Sort example photos into folders, one for each class of things you want to tell apart. ViT Studio learns from them on this computer. No photo leaves it.',
  sample: 'Try it with the sample pictures',
  sampleHint: 'Small pictures in several classes, and a small model that comes with the program.',
  sampleName: 'Sample pictures',
  own: 'Choose a folder of photos',
  ownHint:
    'Or drop it here. One folder per class, for example “ripe” and “unripe”, with 20 photos or more in each.',
  how: [
    {
      title: 'Bring photos of each kind',
      words:
        'A folder for each thing to tell apart, with 20 photos or more. The photos themselves stay as they are.',
    },
    {
      title: 'The model learns from them',
      words: 'It looks at them again and again, patch by patch, and is tested on photos it has not seen.',
    },
    {
      title: 'Ask it about new ones',
      words: 'It says what it sees and how sure it is. Take it with you as a file that other programs open.',
    },
  ],
  dropHere: 'Drop the folder to start a project with it',
  earlier: 'Your projects',
  noneTitle: 'No projects yet.',
  noRuns: 'What you train appears here and opens where you left off.',
  loading: 'Looking for earlier work…',
  rename: (name: string) => `Rename ${name}`,
  newName: 'New name',
  remove: (name: string) => `Delete ${name}`,
  removeTitle: (name: string) => `Delete “${name}”?`,
  removeLead: 'The project is deleted. Your images stay where they are.',
  removeRuns: (n: number) => `Delete its ${countOf(n, 'trained model')} as well. This cannot be undone.`,
  removeNow: 'Delete',
  images: (images: number, classes: number) =>
    `${countOf(images, 'image')} in ${countOf(classes, 'class', 'classes')}`,
  noImages: 'No images yet',
  runs: (n: number) => (n === 0 ? 'Not trained yet' : `Trained ${n === 1 ? 'once' : `${count(n)} times`}`),
  changed: 'Last changed',
  alone: 'Trained without a project',
  aloneHint: 'Opening one turns it into a project.',
  status: {
    training: 'Training now',
    interrupted: 'Interrupted',
    stopped: 'Stopped',
    failed: 'Failed',
    finished: 'Finished',
  },
  best: (name: string, accuracy: number) => `Best: “${name}”, ${percent(accuracy)} correct`,
  accuracy: (value: number) => `${percent(value)} correct`,
}
