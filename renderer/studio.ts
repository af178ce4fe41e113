/** @file All stores over one connection, and how views reach them. */
import { createContext, useContext } from 'react'
import { useStore, type StoreApi } from 'zustand'

import type { Api } from '../core/api/contract.ts'
import { invariant } from '../core/errors.ts'
import { createData, type DataStore } from './store/data.ts'
import { createModel, type ModelStore } from './store/model.ts'
import { createNavigation, type NavigationStore } from './store/navigation.ts'
import { createResults, type ResultsStore } from './store/results.ts'
import { createTraining, type TrainingStore } from './store/training.ts'
import { createUse, type UseStore } from './store/use.ts'

/** Everything a view needs. */
export interface Studio {
  readonly api: Api
  readonly navigation: NavigationStore
  readonly data: DataStore
  readonly model: ModelStore
  readonly training: TrainingStore
  readonly results: ResultsStore
  readonly use: UseStore
}

/** Fresh stores over a client. */
export function createStudio(api: Api): Studio {
  return {
    api,
    navigation: createNavigation(),
    data: createData(api),
    model: createModel(api),
    training: createTraining(api),
    results: createResults(api),
    use: createUse(api),
  }
}

export const StudioContext = createContext<Studio | null>(null)

/** The stores of the window around. */
export function useStudio(): Studio {
  const studio = useContext(StudioContext)
  invariant(studio !== null, () => 'a view outside of the window')
  return studio
}

/** The state of one store; the view is drawn anew when it changes. */
export function useSubject<T>(pick: (studio: Studio) => StoreApi<T>): T {
  return useStore(pick(useStudio()))
}
