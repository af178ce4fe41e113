/** @file All stores over one connection, and how views reach them. */
import { createContext, useContext } from 'react'
import { useStore, type StoreApi } from 'zustand'
import { useShallow } from 'zustand/react/shallow'

import type { Api } from '../core/api/contract.ts'
import { invariant } from '../core/errors.ts'
import { createAnswered, type AnsweredStore } from './store/answered.ts'
import { createAnswers, type AnswersStore } from './store/answers.ts'
import { createAttention, type AttentionStore } from './store/attention.ts'
import { createCatalogue, type CatalogueStore } from './store/catalogue.ts'
import { createCompare, type CompareStore } from './store/compare.ts'
import { createCorrections, type CorrectionsStore } from './store/corrections.ts'
import { createData, type DataStore } from './store/data.ts'
import { createDrops, type DropsStore } from './store/drops.ts'
import { createExports, type ExportsStore } from './store/exports.ts'
import { createFewShot, type FewShotStore } from './store/few-shot.ts'
import { createLabels, type LabelsStore } from './store/labels.ts'
import { createMap, type MapStore } from './store/map.ts'
import { createModel, type ModelStore } from './store/model.ts'
import { createNavigation, type NavigationStore } from './store/navigation.ts'
import { createPalette, type PaletteStore } from './store/palette.ts'
import { createProject, type ProjectStore } from './store/project.ts'
import { createResults, type ResultsStore } from './store/results.ts'
import { createSelection, type SelectionStore } from './store/selection.ts'
import { createSuggestions, type SuggestionsStore } from './store/suggestions.ts'
import { createTraining, type TrainingStore } from './store/training.ts'
import { createTrainings, type TrainingsStore } from './store/trainings.ts'
import { createTable, type TableStore } from './store/table.ts'
import { createUse, type UseStore } from './store/use.ts'
import { createWall, type WallStore } from './store/wall.ts'

/** Everything a view needs. */
export interface Studio {
  readonly api: Api
  readonly project: ProjectStore
  readonly navigation: NavigationStore
  readonly palette: PaletteStore
  readonly data: DataStore
  readonly model: ModelStore
  readonly catalogue: CatalogueStore
  readonly fewShot: FewShotStore
  readonly training: TrainingStore
  readonly trainings: TrainingsStore
  readonly results: ResultsStore
  readonly answers: AnswersStore
  readonly labels: LabelsStore
  readonly corrections: CorrectionsStore
  readonly compare: CompareStore
  readonly attention: AttentionStore
  readonly drops: DropsStore
  readonly selection: SelectionStore
  readonly suggestions: SuggestionsStore
  readonly wall: WallStore
  readonly map: MapStore
  readonly answered: AnsweredStore
  readonly use: UseStore
  readonly table: TableStore
  readonly exports: ExportsStore
}

const recheckAfterMs = 500

/** Labels that come one after the other are checked together. */
function createRecheck(data: DataStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    clearTimeout(timer)
    timer = setTimeout(() => void data.getState().recheck(), recheckAfterMs)
  }
}

/** How many photos each class has; an answer about them does not hold for others. */
function photosIn(data: DataStore): string {
  const { state } = data.getState()
  if (state.phase !== 'ready') return ''
  return JSON.stringify(state.checked.classes.map(({ name, images }) => [name, images]))
}

/** Fresh stores over a client; `right` is what a person said before is right. */
export function createStudio(api: Api, right: readonly string[] = []): Studio {
  const table = createTable(api)
  const data = createData(api, () => project.getState().current?.id ?? null)
  const labels = createLabels(api, {
    ensureProject: async () => {
      await project.getState().save()
      return project.getState().current?.id ?? null
    },
    onChange: createRecheck(data),
  })
  const [training, results] = [createTraining(api), createResults(api)]
  const ofProject = { training, results, project: () => project.getState().current?.id ?? null }
  const workplace = {
    navigation: createNavigation(),
    data,
    model: createModel(api),
    catalogue: createCatalogue(api),
    fewShot: createFewShot(api, () => photosIn(data)),
    training,
    trainings: createTrainings(api, ofProject),
    results,
    corrections: createCorrections(api, labels),
    compare: createCompare(api),
    use: createUse(api, table),
    table,
    exports: createExports(api),
  }
  const project: ProjectStore = createProject(api, workplace)
  project.subscribe(({ current }, before) => {
    if (current === null && before.current !== null) labels.getState().close()
  })
  const answers = createAnswers(api, workplace)
  return {
    api,
    project,
    ...workplace,
    answers,
    attention: createAttention(),
    drops: createDrops(),
    palette: createPalette(),
    labels,
    selection: createSelection(),
    suggestions: createSuggestions(api),
    wall: createWall(),
    map: createMap(api),
    answered: createAnswered(right),
  }
}

export const StudioContext = createContext<Studio | null>(null)

/** The stores of the surrounding window. */
export function useStudio(): Studio {
  const studio = useContext(StudioContext)
  invariant(studio !== null, () => 'a view outside of the window')
  return studio
}

/** Every store by its name. */
type Stores = Omit<Studio, 'api'>
type StateOf<Name extends keyof Stores> = ReturnType<Stores[Name]['getState']>

/** Some members of a store's state; the component renders again only when one of these changes. */
export function useSubject<Name extends keyof Stores, Key extends keyof StateOf<Name>>(
  name: Name,
  ...keys: readonly Key[]
): Pick<StateOf<Name>, Key> {
  return useSelected(
    name,
    (state) => Object.fromEntries(keys.map((key) => [key, state[key]])) as Pick<StateOf<Name>, Key>,
  )
}

/** What follows from a store's state; the component renders again only when it differs, member by member. */
export function useSelected<Name extends keyof Stores, Part>(
  name: Name,
  select: (state: StateOf<Name>) => Part,
): Part {
  const store = useStudio()[name] as unknown as StoreApi<StateOf<Name>>
  return useStore(store, useShallow(select))
}
