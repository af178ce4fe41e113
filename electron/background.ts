/** @file Training without a window: a tray icon says that the program still runs, and leads back to it. */
import { Menu, nativeImage, Tray } from 'electron'

import type { TrainingState } from '../core/studio/runs/trainings.ts'
import { text } from './text.ts'

/** What the tray's menu does. */
export interface TrayActions {
  readonly open: () => void
  readonly stop: () => void
}

/** A tray icon that can be updated and removed. */
export interface TraySign {
  readonly update: (state: TrainingState) => void
  readonly remove: () => void
}

const side = process.platform === 'win32' ? 16 : 22

/** Adds a tray icon. A desktop without a tray shows nothing; starting the program again leads back as well. */
export function showInTray(icon: string, { open, stop }: TrayActions): TraySign {
  const tray = new Tray(nativeImage.createFromPath(icon).resize({ width: side, height: side }))
  tray.setToolTip(text.app)
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: text.tray.open, click: open },
      { label: text.tray.stop, click: stop },
    ]),
  )
  tray.on('click', open)
  return {
    update: ({ step, steps }) => tray.setToolTip(text.tray.training(step, steps)),
    remove: () => tray.destroy(),
  }
}
