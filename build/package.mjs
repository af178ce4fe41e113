/** @file `npm run package`: the studio as a desktop program for the system this runs on, in dist/desktop. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { ensureBundled } from './bundle.mjs'
import { sizeOf } from './download.mjs'
import { configuration } from './electron-builder.mjs'
import { electronFolder } from './electron.mjs'
import { writeIcons } from './icons.mjs'
import { licenceNotices } from './licences.mjs'
import { inProject, SetupError } from './project.mjs'

/**
 * Packages the studio as a runnable folder, or with `installers` as installers. Electron is taken from where
 * `npm start` has it and downloaded only if there is none, as are the tools that make installers.
 *
 * @param {string[]} args
 * @param {{ output?: string }} [options] another folder for the result
 * @throws {SetupError} if the arguments are wrong or electron-builder fails
 */
export async function packageStudio(args, { output = inProject('dist', 'desktop') } = {}) {
  const [kind = 'folder', ...more] = args
  if (!['folder', 'installers'].includes(kind) || more.length > 0) {
    throw new SetupError(`package takes installers or nothing; “${args.join(' ')}” was given.`)
  }
  await ensureBundled()
  const resources = `${output}-resources`
  const icons = join(resources, 'icons')
  const licences = join(resources, 'licences.txt')
  await writeIcons(icons)
  writeFileSync(licences, licenceNotices())
  const places = { output, electron: electronFolder(), icons, licences }
  const { build, Platform } = await import('electron-builder')
  const target = Platform.current().createTarget(kind === 'folder' ? 'dir' : undefined)
  mkdirSync(output, { recursive: true })
  try {
    await build({ targets: target, config: configuration(places, process.env), publish: 'never' })
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message : String(failure)
    throw new SetupError(`The studio could not be packaged: ${reason}`, { cause: failure })
  }
  console.error(`The packaged studio is in ${output}: ${Math.round(sizeOf([output]) / 1e6)} MB.`)
}
