/** @file The question which model suits the photos: about which models, about which photos, and how long it will take. */
import type { FewShotRequest } from '../../../core/api/contract/few-shot.ts'
import type { CheckedData } from '../../store/data.ts'
import { resultsThatHold } from '../../store/few-shot.ts'
import { correctionsOf } from '../../store/model.ts'
import { offersOf, paceOf, type Offer } from '../../store/offers.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'

/** The models that can be asked about. */
export function useReadableOffers(): readonly Offer[] {
  const { cards } = useSubject('model', 'cards')
  const { cards: catalogue } = useSubject('catalogue', 'cards')
  return offersOf(cards, catalogue).filter(({ problem }) => problem === null)
}

/** What a model is called; its path if it is not on offer. */
export function nameOfOffer(offers: readonly Offer[], path: string): string {
  const offer = offers.find((one) => one.path === path)
  return offer?.source === 'starter' ? text.model.starter : (offer?.name ?? path)
}

/** Null if there is nothing to ask about. */
export function useFewShotRequest(offers: readonly Offer[]): FewShotRequest | null {
  const { state, validationSplit } = useSubject('data', 'state', 'validationSplit')
  const { current } = useSubject('project', 'current')
  if (state.phase !== 'ready' || offers.length === 0) return null
  const models = offers.map(({ path, model }) => ({ path, ...(model === null ? {} : correctionsOf(model)) }))
  return {
    models,
    data: state.folder,
    ...(state.validation === null ? {} : { validation: state.validation }),
    ...(current === null ? {} : { project: current.id }),
    validationSplit: Math.max(0.05, validationSplit),
  }
}

/** Expected accuracy from the most photos per class that were tried, with its spread over draws. */
export interface Expected {
  readonly accuracy: number
  readonly spread: number | null
}

/** Of every model that was asked about, by its path. */
export function useExpected(): ReadonlyMap<string, Expected> {
  const { outcome } = useSubject('fewShot', 'outcome')
  const request = useFewShotRequest(useReadableOffers())
  if (outcome === null || request === null) return new Map()
  const results = resultsThatHold(outcome, request)
  return new Map(
    results.flatMap(({ path, shots }) => {
      const last = shots.at(-1)
      return last === undefined ? [] : [[path, last] as const]
    }),
  )
}

/** Seconds it will take to look at the photos with the models that have no result yet; null while that is not known. */
export function useSecondsNeeded(offers: readonly Offer[], request: FewShotRequest | null): number | null {
  const { state } = useSubject('data', 'state')
  const { speed } = useSubject('model', 'speed')
  const { outcome } = useSubject('fewShot', 'outcome')
  if (state.phase !== 'ready' || speed === null || request === null) return null
  const images = imagesLookedAt(state.checked)
  const held = outcome === null ? [] : resultsThatHold(outcome, request)
  const isNew = ({ path }: Offer): boolean => !held.some((one) => one.path === path)
  // A third of a training step is its forward pass, which is all that is computed here.
  return offers.filter(isNew).reduce((sum, offer) => sum + images / (3 * (paceOf(offer, speed) ?? 0)), 0)
}

const [mostShots, draws, mostTests] = [25, 3, 400]

/** Approximate: the draws overlap. */
function imagesLookedAt({ classes, validation, images }: CheckedData): number {
  const drawn = classes.reduce((sum, one) => sum + Math.min(one.images, draws * mostShots), 0)
  const held = validation === null ? 0 : validation.images.length
  return Math.min(images.length, drawn) + Math.min(mostTests, held)
}
