/** @file Which mirror of the Hub a person has chosen: permanently, for this machine, or just this once. */
import { join } from 'node:path'

import * as z from 'zod'

import { jsonFile, type JsonFile } from '../files/json-store.ts'
import { defaultHosts, mirrorAddress, type Hosts } from './addresses.ts'

const Settings = z.object({ mirror: z.string().nullable() })

/** The addresses in use, and who chose that of the Hub. */
export interface ChosenHosts extends Hosts {
  readonly chosenBy: 'default' | 'environment' | 'setting'
}

function settingsFile(home: string): JsonFile<z.output<typeof Settings>> {
  return jsonFile(join(home, 'catalogue.json'), Settings, { makesFolder: true, damaged: 'nothing' })
}

/**
 * Where to download from: the stored mirror, else HF_ENDPOINT, else the Hub itself.
 *
 * @throws AppError `invalid_input` where one of them is no address
 */
export async function chosenHosts(home: string, environment: NodeJS.ProcessEnv): Promise<ChosenHosts> {
  const stored = await storedMirror(home)
  if (stored !== null) return { ...defaultHosts, hub: mirrorAddress(stored), chosenBy: 'setting' }
  const named = environment['HF_ENDPOINT'] ?? ''
  if (named !== '') return { ...defaultHosts, hub: mirrorAddress(named), chosenBy: 'environment' }
  return { ...defaultHosts, chosenBy: 'default' }
}

/** Null if none was set, or the file was edited by hand: the Hub itself is always a safe default. */
async function storedMirror(home: string): Promise<string | null> {
  return (await settingsFile(home).read())?.mirror ?? null
}

/** Stores a mirror, or that there is none. @throws AppError `invalid_input` unless it is an address */
export async function storeMirror(home: string, mirror: string | null): Promise<void> {
  const checked = mirror === null ? null : mirrorAddress(mirror)
  await settingsFile(home).write({ mirror: checked })
}
