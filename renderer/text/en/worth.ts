/** @file The photos that are worth a look before training. */
import { count, countOf, percent } from '../format.ts'

const photos = (n: number): string => countOf(n, 'photo')

export const worth = {
  begin: 'Compare the photos',
  needsModel: 'Choose a model first: it finds the photos whose neighbours are of another kind.',
  doubts: 'Photos that look like another kind',
  doubtsHow:
    'At least 7 in 10 of the photos most like them, to this model (nearest neighbours by its features), are of one other kind. The model may be wrong: you decide.',
  found: (n: number) => `${photos(n)} to look at`,
  nothing: 'Nothing looks out of place.',
  nothingHow: (n: number) => `${photos(n)} compared with the photos most like them.`,
  youSay: (own: string, suggested: string, votes: number, of: number) =>
    `You say “${own}”. Of the ${count(of)} photos most like it, ${count(votes)} are “${suggested}”.`,
  asSuggested: (kind: string) => `It is “${kind}”`,
  right: (kind: string) => `“${kind}” is right`,
  rightHint: 'It is not listed again, unless its kind changes.',
  alike: 'Most like it',
  open: (name: string) => `Show in large: ${name}`,
  weak: (share: number) =>
    `To this model the kinds look much alike: only ${percent(share)} of the photos most like a photo are of its kind. Another model, or a trained one, finds more.`,
  kept: (n: number) => `You said of ${count(n)} that ${n === 1 ? 'it is' : 'they are'} right.`,
  again: 'List again',
  more: (n: number) => `Show ${count(n)} more`,
  pairs: 'Almost the same photo twice',
  pairsHow: 'Found by the check: exact copies, and photos saved again, scaled or taken in a moment.',
  inTwoKinds: (a: string, b: string) =>
    `One is “${a}”, the other “${b}”. At most one of the two can be right.`,
  onBothSides:
    'One is learned from, the other held back: the accuracy comes out too good, because the model has seen the answer.',
  both: (kind: string) => `Both are “${kind}”`,
  keepBoth: 'Keep both',
  leaveOut: (file: string) => `Leave out ${file}`,
}
