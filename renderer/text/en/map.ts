/** @file The map of the photos. */
import { count, countOf, percent } from '../format.ts'

const photos = (n: number): string => countOf(n, 'photo')

export const map = {
  views: { wall: 'Wall', map: 'Map', worth: 'Worth a look' },
  view: 'How the photos are shown',
  eye: 'As seen by',
  before: (model: string) =>
    model === '' ? 'the chosen model, before training' : `${model}, before training`,
  after: (run: string, accuracy: number) => `${run}, trained (${percent(accuracy)})`,
  seeAsRun: 'Photos on the map',
  seeAsRunHint:
    'How this training sees your photos: on the Data screen, beside how the model saw them before.',
  begin: 'Make the map',
  again: 'Try again',
  needsModel: 'Choose a model first: the map shows the photos as a model sees them.',
  waiting: 'The first time takes about as long as looking at every photo once; after that it is remembered.',
  stages: {
    checking: 'Finding the photos…',
    looking: 'The model looks at every photo…',
    neighbours: 'Comparing the photos…',
    layout: 'Laying out the map…',
  },
  how: 'Photos that look alike to the model are close together (UMAP of its features); how far apart distant groups are means little.',
  agreement: (share: number, n: number) =>
    `Of the ${count(n)} photos most like a photo, ${percent(share)} are of its kind.`,
  sampled: (laidOut: number, total: number) =>
    `${count(laidOut)} of ${photos(total)} were laid out; the others were placed beside those most like them.`,
  missing: (n: number) => `${photos(n)} could not be placed.`,
  canvas: (n: number) => `Map of ${photos(n)}`,
  keys: 'Arrow keys go from photo to photo, with Shift they move the map. Plus and minus zoom, 0 shows everything. Space chooses a photo, Enter opens it in large, Ctrl and A chooses all, Escape lets go.',
  alike: (same: number, of: number) => `${count(same)} of the ${count(of)} most alike are of this kind`,
  tools: 'Tools of the map',
  toolNames: {
    move: 'Move the map by dragging',
    lasso: 'Choose photos with a lasso (or Shift while dragging)',
  },
  chooseVisible: 'Choose all photos in view',
  pictures: 'Show photos where there is room',
  nearer: 'Zoom in',
  further: 'Zoom out',
  whole: 'Show everything',
}
