/** @file The wall of photos, and what is done with the photos that are chosen on it. */
import { count, countOf } from '../format.ts'

const photos = (n: number): string => countOf(n, 'photo')

export const wall = {
  open: (name: string) => `Open in large: ${name}`,
  size: 'Size of the photos',
  pixels: (side: number) => `${count(side)} pixels`,
  filter: 'Which photos are shown',
  all: 'All',
  order: 'In which order',
  groupings: { kind: 'By kind', mixed: 'Mixed' },
  traits: {
    unlabelled: 'Without a kind',
    heldBack: 'Held back',
    copies: 'Copies',
    suspicious: 'Suspicious',
    leftOut: 'Left out',
  },
  traitHints: {
    unlabelled: 'Photos that nobody has given a kind yet. Training does not use them.',
    heldBack: 'The model never learns from these: they show how well it does on photos it has not seen.',
    copies:
      'Exact copies, and photos that look almost the same. They stay together when photos are held back.',
    suspicious: 'The same photo, or almost, lies in two kinds. One of the two is wrong.',
    leftOut: 'Photos that you have left out. Training does not use them; the files stay as they are.',
  },
  kinds: 'Kinds (classes)',
  kindHint: (own: number, held: number) =>
    `${count(own)} to learn from, ${count(held)} held back. Click to show these alone, with Ctrl as well as others.`,
  learned: 'to learn from',
  why: 'Why, and how',
  problems: 'Worth knowing',
  allProblems: (n: number) => `All ${count(n)}`,
  nothing: 'No photo fits this choice.',
  corrected: 'corrected',
  chooseAll: 'Choose all',
  chooseAllOf: (kind: string) => `Choose all: ${kind}`,
  chosen: (n: number) => `${photos(n)} chosen`,
  bar: 'What to do with the chosen photos',
  clear: 'Let go',
}
