/** @file The engine for a kind of device, looked up once: probing takes about a second. */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { chooseEngine, type ChosenEngine } from '../engine/devices.ts'
import { engineKinds, type EngineKind } from '../engine/engine.ts'
import { isRunFolder, readRecord } from '../train/run/run-folder.ts'

const chosen = new Map<EngineKind | 'auto', Promise<ChosenEngine>>()

/**
 * The engine of this kind, or with `auto` the fastest that computes correctly.
 *
 * @throws AppError `unsupported` when a device asked for by name cannot be used
 */
export async function chosenEngine(kind: EngineKind | 'auto'): Promise<ChosenEngine> {
  const found = chosen.get(kind)
  if (found !== undefined) return found
  const choice = chooseEngine(kind)
  chosen.set(kind, choice)
  // A device may come back, so failures are not remembered.
  choice.catch(() => chosen.delete(kind))
  return choice
}

/**
 * The engine for evaluating, exporting or predicting with a model, in the window as on the command line: the one that is
 * asked for; or else for a run the device that was chosen for it, and for any other model the fastest, as where the run's
 * device cannot be used here any more.
 *
 * @throws AppError `unsupported` when a device asked for by name cannot be used
 */
export async function engineForModel(path: string, asked?: EngineKind | 'auto'): Promise<ChosenEngine> {
  if (asked !== undefined) return chosenEngine(asked)
  if (!isRunFolder(path)) return chosenEngine('auto')
  const { settings } = await readRecord(path)
  try {
    return await chosenEngine(settings.engine)
  } catch (thrown) {
    if (AppError.from(thrown).code !== 'unsupported') throw thrown
    return chosenEngine('auto')
  }
}

/** The kind of device that a request names. @throws AppError `invalid_input` for a name that is none */
export function kindOf(device: string): EngineKind | 'auto' {
  const kind = engineKinds.find((known) => known === device)
  if (kind !== undefined) return kind
  if (device === 'auto') return device
  throw new AppError('invalid_input', say`There is no device called ${device}. Choose one from the list.`)
}
