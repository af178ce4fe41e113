/** @file Where the window was left: remembered in a small file, and restored if a screen still shows it. */
import { readFileSync, writeFileSync } from 'node:fs'

import type { BrowserWindow, Rectangle } from 'electron'

/** A window as it was left. */
export interface WindowState {
  readonly bounds: Rectangle
  readonly isMaximized: boolean
}

/** Smallest size at which every screen of the studio fits. */
export const smallest = { width: 900, height: 600 } as const

const usual = { width: 1280, height: 800 } as const

/** The remembered state; null if there is none or it cannot be read. */
export function readState(file: string): WindowState | null {
  try {
    const state: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isState(state) ? state : null
  } catch {
    // A window that opens in its usual place is not a failure.
    return null
  }
}

/** Remembers how a window is now. */
export function saveState(file: string, window: BrowserWindow): void {
  const state: WindowState = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }
  writeFileSync(file, JSON.stringify(state))
}

function isState(value: unknown): value is WindowState {
  if (typeof value !== 'object' || value === null || !('bounds' in value)) return false
  const { bounds } = value
  if (typeof bounds !== 'object' || bounds === null) return false
  return ['x', 'y', 'width', 'height'].every((side) =>
    Number.isInteger((bounds as Readonly<Record<string, unknown>>)[side]),
  )
}

// Enough of a window must be visible to move it by its title bar.
const grip = { width: 100, height: 40 } as const

/** The bounds to open with: those remembered if one of the screens shows them, else the usual size, centred. */
export function placeWindow(state: WindowState | null, screens: readonly Rectangle[]): Partial<Rectangle> {
  const [first] = screens
  if (state !== null && screens.some((screen) => showsTitle(screen, state.bounds))) {
    const { x, y, width, height } = state.bounds
    return { x, y, width: Math.max(width, smallest.width), height: Math.max(height, smallest.height) }
  }
  return {
    width: Math.max(smallest.width, Math.min(usual.width, first?.width ?? usual.width)),
    height: Math.max(smallest.height, Math.min(usual.height, first?.height ?? usual.height)),
  }
}

function showsTitle(screen: Rectangle, { x, y, width }: Rectangle): boolean {
  const shown = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x)
  return shown >= grip.width && y >= screen.y && y + grip.height <= screen.y + screen.height
}
