/** @file Which screen is open. */
import { createStore, type StoreApi } from 'zustand/vanilla'

export const steps = ['data', 'model', 'train', 'results', 'use'] as const
export type Step = (typeof steps)[number]
export const screens = ['home', ...steps, 'trainings'] as const
export type Screen = (typeof screens)[number]

export interface Navigation {
  readonly screen: Screen
  readonly go: (screen: Screen) => void
}

export type NavigationStore = StoreApi<Navigation>

/** Starts at home. */
export function createNavigation(): NavigationStore {
  return createStore((set) => ({ screen: 'home', go: (screen) => set({ screen }) }))
}

/** The screen of this name, as stored in a project; the first step if there is none. */
export function screenNamed(name: string | null): Screen {
  return screens.find((screen) => screen === name) ?? 'data'
}
