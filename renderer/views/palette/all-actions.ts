/** @file Every action there is, from the places where they live. */
import { actionGroups, type Action } from '../../store/actions.ts'
import { steps } from '../../store/navigation.ts'
import { useSelected, useStudio, useSubject } from '../../studio.ts'
import { nameOfScreen } from '../../text/screens.ts'
import { text } from '../../text/text.ts'
import type { MenuChoice } from '../../ui/choice-menu.tsx'
import { useLabelActions } from '../label-actions.ts'
import { languageChoices, useThemeChoices } from '../look-choices.ts'
import { useStepStates } from '../screens.ts'
import { useTrainingActions } from '../train/training-actions.ts'

/** Those that are possible now, group by group. */
export function usePossibleActions(): readonly Action[] {
  const all = [
    ...Object.values(useTrainingActions()),
    useExportAction(),
    ...useDataActions(),
    ...useScreenActions(),
    ...useProjectActions(),
    ...useLookActions(),
  ]
  const possible = all.filter(({ isPossible }) => isPossible)
  return actionGroups.flatMap((group) => possible.filter((action) => action.group === group))
}

function useDataActions(): readonly Action[] {
  const { state, checkAgain } = useSubject('data', 'state', 'checkAgain')
  return [
    ...Object.values(useLabelActions()),
    {
      id: 'check-again',
      name: text.palette.checkAgain,
      group: 'now',
      isPossible: state.phase === 'ready',
      run: () => void checkAgain(),
    },
  ]
}

function useExportAction(): Action {
  const { navigation, exports } = useStudio()
  const isTrained = useSelected('trainings', ({ open }) => open !== null)
  return {
    id: 'export',
    name: text.palette.exportModel,
    group: 'now',
    isPossible: isTrained,
    run: () => {
      exports.getState().show(true)
      navigation.getState().go('use')
    },
  }
}

function useScreenActions(): readonly Action[] {
  const { screen, go } = useSubject('navigation', 'screen', 'go')
  const states = useStepStates()
  const hasTrainings = useSelected('trainings', ({ list }) => (list?.length ?? 0) > 0)
  return [
    {
      id: 'home',
      name: text.palette.home,
      group: 'screens',
      isPossible: screen !== 'home',
      run: () => go('home'),
    },
    ...steps.map((step): Action => ({
      id: step,
      name: nameOfScreen(step),
      group: 'screens',
      isPossible: screen !== step && states[step].state !== 'locked',
      run: () => go(step),
    })),
    {
      id: 'trainings',
      name: nameOfScreen('trainings'),
      group: 'screens',
      isPossible: screen !== 'trainings' && hasTrainings,
      run: () => go('trainings'),
    },
  ]
}

function useProjectActions(): readonly Action[] {
  const { project } = useStudio()
  const { current, earlier } = useSubject('project', 'current', 'earlier')
  const projects = earlier.phase === 'ready' ? earlier.projects : []
  return [
    ...projects.map(({ id, name }): Action => ({
      id: `project-${id}`,
      name,
      group: 'projects',
      isPossible: id !== current?.id,
      run: () => void project.getState().open(id),
    })),
    {
      id: 'begin-sample',
      name: text.palette.beginSample,
      group: 'projects',
      isPossible: true,
      run: () => void project.getState().begin({ kind: 'sample', name: text.home.sampleName }),
    },
  ]
}

function useLookActions(): readonly Action[] {
  return [
    ...useThemeChoices().map((choice) => lookAction(text.palette.theme(choice.name), choice)),
    ...languageChoices.map((choice) => lookAction(text.palette.language(choice.name), choice)),
  ]
}

function lookAction(name: string, { id, isChosen, choose }: MenuChoice): Action {
  return { id: `look-${id}`, name, group: 'look', isPossible: isChosen !== true, run: choose }
}
