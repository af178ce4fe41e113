/** @file The wall of photos, and what is done with the photos that are chosen on it. */
import type { LabelStep } from '../../../core/api/contract/labels.ts'
import { count, countOf } from '../format.ts'

type Step = LabelStep['kind']

const photos = (n: number): string => countOf(n, 'photo')

/** “a”, “b”; null is no kind. */
function named(names: readonly (string | null)[]): string {
  return names.map((name) => (name === null ? 'no kind' : `“${name}”`)).join(', ')
}

const steps: Record<Step, (n: number, names: string) => string> = {
  label: (n, names) => `${photos(n)}: ${names}`,
  leaveOut: (n) => `${photos(n)} left out`,
  takeBack: (n) => `${photos(n)} taken back in`,
  holdBack: (n) => `${photos(n)} held back`,
  automatic: (n) => `chance decides about ${photos(n)}`,
  asFolder: (n) => `${photos(n)} as the folder says`,
  makeClass: (_, names) => `new kind ${names}`,
  renameClass: (_, names) => `kind renamed: ${names}`,
  mergeClasses: (_, names) => `kinds made one: ${names}`,
  deleteClass: (_, names) => `kind deleted: ${names}`,
  table: (n) => `${photos(n)} labelled from a table`,
}

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
  labelledByHand: 'labelled by you',
  chooseAll: 'Choose all',
  chooseAllOf: (kind: string) => `Choose all: ${kind}`,
  chosen: (n: number) => `${photos(n)} chosen`,
  bar: 'What to do with the chosen photos',
  clear: 'Let go',
  label: 'Kind of the chosen photos',
  labelHint: 'Name the kind…',
  labelAs: (kind: string, key: string) => `These are: ${kind} (${key})`,
  makeNamed: (name: string) => `New kind “${name}”`,
  leaveOut: 'Leave out',
  leaveOutHint: 'Training does not use them; the files stay as they are.',
  takeBack: 'Take back in',
  holdBack: 'Hold back',
  holdBackHint: 'Only for checking: the model never learns from them.',
  automatic: 'Let chance decide',
  asFolder: 'As its folder says',
  isWrong: 'Is the kind wrong? Name the right one',
  filesStay: 'The studio remembers this for the project; your files stay where they are.',
  undo: 'Undo',
  redo: 'Do again',
  more: 'More',
  noKinds: 'No kinds yet. Choose photos of one kind and give them a name.',
  newKind: 'New kind',
  kindMenu: (kind: string) => `Rename, merge or delete: ${kind}`,
  rename: 'Rename…',
  renameTitle: (kind: string) => `Rename “${kind}”`,
  merge: 'Make part of another…',
  mergeTitle: (kind: string) => `Make “${kind}” part of another kind`,
  mergeInto: 'It becomes part of',
  mergeHint: (kind: string, into: string) =>
    `All photos of “${kind}” become “${into}”. The files stay where they are, and it can be undone.`,
  mergeNow: 'Make one of the two',
  deleteKind: 'Delete the kind, keep the photos',
  kindName: 'Name',
  nameHint: 'Only this project knows the name: no folder is renamed.',
  nameNow: 'Use this name',
  step: (kind: Step, n: number, names: readonly (string | null)[]) => steps[kind](n, named(names)),
  said: (way: 'done' | 'undone' | 'redone', kind: Step, n: number, names: readonly (string | null)[]) =>
    `${{ done: '', undone: 'Undone: ', redone: 'Done again: ' }[way]}${steps[kind](n, named(names))}`,
  guide: 'Labelling',
  labelledOf: (n: number, total: number) => `${count(n)} of ${count(total)} have a kind`,
  allLabelled: 'All photos have a kind.',
  beginLabelling:
    'Choose the photos of one kind and give them a name: with a click, Shift, Ctrl or a rectangle.',
  labelMore: (n: number) =>
    `Label at least ${count(n)} photos each of two kinds. Then the model suggests kinds for the others.`,
  canSuggest: 'The model can suggest kinds for the others.',
  looking: (done: number, total: number) =>
    `The model looks at the photos: ${count(done)} of ${count(total)}`,
  suggested: (right: number, n: number) =>
    `Suggested by the model, the unsure ones first. Of the ${count(n)} you have labelled, it would get ${count(right)} right.`,
  suggest: 'Suggest kinds',
  showNewer: 'Show newer suggestions',
  acceptSure: (n: number) => `Accept all ${count(n)} sure ones`,
  acceptThese: (n: number) => `Accept these ${count(n)}`,
  acceptRow: (n: number, kind: string) => `Accept this row of ${count(n)}: ${kind}`,
  probably: 'Probably',
  unsure: 'Which kind are these?',
}
