/** @file The models a person can choose between: the starter, opened files and the catalogue as one list. */
import type { CatalogueCard } from '../../core/api/contract/catalogue.ts'
import type { ModelCard, ModelDescription, TrainingSpeed } from '../../core/api/contract/models.ts'
import type { Sentence } from '../../core/sentence.ts'

/** A model on this machine. */
export interface Offer {
  readonly path: string
  readonly name: string
  readonly source: 'starter' | 'opened' | 'catalogue'
  /** What it is; null if it has not been read yet or cannot be. */
  readonly model: ModelDescription | null
  readonly problem: Sentence | null
  /** Its entry in the catalogue, if it has one. */
  readonly listed: CatalogueCard | null
}

/** Models on this machine: the starter, files that were opened, then downloads, in catalogue order. */
export function offersOf(cards: readonly ModelCard[], catalogue: readonly CatalogueCard[]): Offer[] {
  const downloaded = catalogue.flatMap((listed): Offer[] => {
    if (listed.state.state !== 'ready') return []
    const { path } = listed.state
    const card = cards.find((one) => one.path === path)
    const { model = null, problem = null } = card ?? {}
    return [{ path, name: listed.name, source: 'catalogue', model, problem, listed }]
  })
  const isDownloaded = ({ path }: ModelCard): boolean => downloaded.some((offer) => offer.path === path)
  const own = cards.filter((card) => !isDownloaded(card)).map((card): Offer => ({ ...card, listed: null }))
  return [...own, ...downloaded]
}

/** Catalogue models that are not here yet, or not completely. */
export function downloadable(catalogue: readonly CatalogueCard[]): CatalogueCard[] {
  return catalogue.filter(({ state }) => state.state !== 'ready')
}

export const orders = ['recommended', 'suits', 'fastest', 'smallest'] as const
export type Order = (typeof orders)[number]

/** What can be compared about a model before it is here. */
type Sized = Pick<CatalogueCard, 'parameters' | 'patch' | 'resolution'>

/** Arithmetic of a training step on one image, in 10^9 operations: six per weight and token. */
function gflopOf({ parameters, patch, resolution }: Sized): number {
  return (6 * parameters * ((resolution / patch) ** 2 + 1)) / 1e9
}

/** The same for a model on this machine, as exactly as known. */
function workOf({ model, listed }: Offer): number {
  if (model !== null) return model.gflopPerImage
  return listed === null ? Infinity : gflopOf(listed)
}

/** Images per second that this machine trains on at the model's own resolution; null while that is not known. */
export function paceOf(subject: Offer | Sized, speed: TrainingSpeed | null): number | null {
  const work = 'listed' in subject ? workOf(subject) : gflopOf(subject)
  return speed === null || !Number.isFinite(work) ? null : speed.gflops / work
}

/** In this order; models that cannot be read come last, and so do those of which `expected` says nothing. */
export function sortedOffers(
  offers: readonly Offer[],
  order: Order,
  expected: ReadonlyMap<string, number> = new Map(),
): Offer[] {
  if (order === 'recommended') return [...offers]
  if (order === 'suits')
    return offers.toSorted((a, b) => (expected.get(b.path) ?? -1) - (expected.get(a.path) ?? -1))
  const key =
    order === 'fastest' ? workOf : ({ model, listed }: Offer) => model?.bytes ?? listed?.bytes ?? Infinity
  return offers.toSorted((a, b) => key(a) - key(b))
}

/** In this order. */
export function sortedCards(cards: readonly CatalogueCard[], order: Order): CatalogueCard[] {
  if (order === 'recommended' || order === 'suits') return [...cards]
  const key = order === 'fastest' ? gflopOf : ({ bytes }: CatalogueCard) => bytes
  return cards.toSorted((a, b) => key(a) - key(b))
}

/** Whether the text about a model contains all words, ignoring case. */
export function matches(said: readonly string[], words: string): boolean {
  const all = said.join(' ').toLocaleLowerCase()
  return words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}
