/** @file A look inside a model. */
import { count, countOf } from '../format.ts'

export const inspect = {
  title: 'Look inside',
  working: 'Looking inside…',
  before: (name: string) => `Before training: ${name}`,
  after: (name: string) => `After training: ${name}`,
  needsPhotos: 'Choose photos on the Data screen to see how far its heads look, and where.',
  filters: 'What it looks for first (principal components of the patch filters)',
  filtersHint:
    'Every patch of a photo is compared with patterns like these, the most important first. Clear stripes, spots and colours are those of a well-trained model; noise is that of one that has learned little.',
  filtersAlt: (n: number) => `${countOf(n, 'pattern')} as small colour pictures`,
  noFilters:
    'This model reads its photos through a ResNet first, so its patches have no filters that could be shown as pictures.',
  positions: 'How it knows where a patch is (similarity of the position embeddings)',
  positionsHint:
    'Each small square stands for one position and shows which positions are similar to it. Bright around its own place, and along its row and column, means that the model has learned the layout of a picture.',
  positionsAlt: (rows: number, columns: number) =>
    `Similarities of ${count(rows)} by ${count(columns)} positions`,
  tooManyPositions: 'This model has too many positions to show them all.',
  distances: 'How far it looks (mean attention distance by depth)',
  distancesHint:
    'Each dot is one head of a layer, the higher the further it looks, in pixels. In a trained model some heads of the first layers look near and others far; in the last ones all look far.',
  distanceAlt: (layer: number, near: number, far: number) =>
    `layer ${count(layer)}: ${count(near)} to ${count(far)} pixels`,
  distancesCaption: (photos: number) =>
    `Layer from left to right; pixels from bottom to top. The mean of ${countOf(photos, 'photo')}.`,
  attention: 'Where it looks in a photo (attention rollout)',
  attentionHint:
    'Bright parts reach the answer through the layers up to the chosen one; with a single head, through that head alone. Early layers look almost everywhere, late ones at what the photo is about.',
  photo: 'Which photo',
  photoNamed: (path: string) => `Show ${path}`,
  photoAlt: (layer: number) => `The photo, with what layer ${count(layer)} looks at in colour`,
  layer: 'Layer',
  layerOf: (layer: number, all: number) => `${count(layer)} of ${count(all)}`,
  head: 'Head',
  allHeads: 'All heads, traced from the start',
  headNamed: (head: number) => `Head ${count(head)} alone`,
  little: 'little',
  much: 'much',
}
