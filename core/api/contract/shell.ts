/** @file The program around the window: its dialogs, the file manager, and what its menu asks of the window. */
import * as z from 'zod'

import { call, stream } from '../rpc.ts'
import { nothing, text } from './values.ts'

/** Types of files a dialog offers, `{ name: 'Projects', extensions: ['vitstudio'] }`. */
const FileKind = z.object({ name: text, extensions: z.array(text).min(1) })

/** A path, or null if the person chose none. */
const chosen = z.string().nullable()

/** What the menu, or a project file opened from outside, asks the window to do. */
export const ShellCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('new-project') }),
  z.object({ type: z.literal('open-project'), path: text }),
])
export type ShellCommand = z.output<typeof ShellCommand>

/** Methods. Where there are no dialogs, the three `choose…` throw `unsupported`. */
export const shell = {
  /** `dialogs`: whether folders and files can be chosen in system dialogs. */
  about: call(nothing, z.object({ kind: z.enum(['browser', 'electron']), dialogs: z.boolean() })),
  chooseFolder: call(z.object({ title: text }), chosen),
  chooseFile: call(z.object({ title: text, kinds: z.array(FileKind).default([]) }), chosen),
  /** A file to write; the dialog itself asks before one is replaced. */
  chooseNewFile: call(z.object({ title: text, name: text, kinds: z.array(FileKind).default([]) }), chosen),
  /** Shows a file or folder in the system's file manager. */
  reveal: call(z.object({ path: text }), nothing),
  /** Commands from now on, including those not delivered yet; it does not end by itself. */
  commands: stream(nothing, ShellCommand),
} as const
