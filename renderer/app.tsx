/** @file The window: rail, the open screen, and images dropped anywhere. */
import { useEffect, useMemo, type JSX } from 'react'

import { useDrops } from './views/drop-files.ts'
import { HomeBar } from './views/home-bar.tsx'
import { LabelNewsLine } from './views/label-news.tsx'
import { ActionKeys } from './views/palette/action-keys.ts'
import { CommandPalette } from './views/palette/palette.tsx'
import { Rail } from './views/rail.tsx'
import { views } from './views/screens.ts'
import { TrainingNews } from './views/train/news.tsx'
import type { DropTarget } from './store/drops.ts'
import { useSelected, useStudio, useSubject } from './studio.ts'
import { text } from './text/text.ts'
import { InDialogs } from './ui/dialog.tsx'

/** Everything shown while the connection is up. */
export function App(): JSX.Element {
  const { screen } = useSubject('navigation', 'screen')
  const hint = useDrops(useAskTarget())
  useShellCommands()
  useSavedOnLeave()
  useReopenedOnReload()
  const View = views[screen]
  return (
    <InDialogs value={<LabelNewsLine />}>
      <div className="window" data-shown={screen}>
        <TrainingNews />
        <ActionKeys />
        {screen === 'home' ? <HomeBar /> : <Rail />}
        <View key={screen} />
        <CommandPalette />
        {/* Data shows it above its bar of what is chosen. */}
        {screen === 'data' ? null : <LabelNewsLine />}
        {hint === null ? null : <div className="drop-veil">{hint}</div>}
      </div>
    </InDialogs>
  )
}

/** Screens without a use of their own for dropped images show them to the trained model. */
function useAskTarget(): DropTarget | null {
  const { navigation, use } = useStudio()
  const folder = useSelected('trainings', ({ open }) => open?.folder ?? null)
  return useMemo(() => {
    if (folder === null) return null
    return {
      hint: text.common.dropHere,
      take: (dropped) => {
        if (dropped.kind !== 'files') return
        navigation.getState().go('use')
        void use.getState().ask(folder, dropped.files)
      },
    }
  }, [folder, navigation, use])
}

/** Does what the menu of the shell asks for, and opens project files that were opened from outside. */
function useShellCommands(): void {
  const { api, navigation, project } = useStudio()
  useEffect(() => {
    const interest = new AbortController()
    const listen = async (): Promise<void> => {
      for await (const command of api.shell.commands(undefined, { signal: interest.signal })) {
        if (command.type === 'new-project') navigation.getState().go('home')
        else void project.getState().openFile({ path: command.path })
      }
    }
    // It ends with the connection, which the window reports by itself.
    void listen().catch(() => undefined)
    return () => interest.abort()
  }, [api, navigation, project])
}

/** The last choices are saved before the page goes away. */
function useSavedOnLeave(): void {
  const { project } = useStudio()
  useEffect(() => {
    const save = (): void => void project.getState().save()
    addEventListener('pagehide', save)
    return () => removeEventListener('pagehide', save)
  }, [project])
}

const openKey = 'vit-studio.open'

/** A reloaded page shows the project that it showed before. */
function useReopenedOnReload(): void {
  const { project } = useStudio()
  useEffect(() => {
    const last = sessionStorage.getItem(openKey)
    // A project that can no longer be opened is not tried again.
    sessionStorage.removeItem(openKey)
    if (last !== null) void project.getState().open(last)
    return project.subscribe(({ current }) => {
      if (current === null) sessionStorage.removeItem(openKey)
      else sessionStorage.setItem(openKey, current.id)
    })
  }, [project])
}
