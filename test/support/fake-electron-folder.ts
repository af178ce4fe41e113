/** @file A folder that looks like Electron's to electron-builder, so that packaging is tried without a download. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { createPackage } from '@electron/asar'

/** Where Electron's program keeps its switches: this text, a version, their number, and a letter for each. */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const fuses = 9

/** Writes the files of Electron for Linux into a new folder; its program prints its arguments. Returns the folder. */
export async function writeFakeElectron(folder: string, version: string): Promise<string> {
  mkdirSync(folder)
  const write = (name: string, content: string | Buffer, mode = 0o644): void =>
    writeFileSync(join(folder, name), content, { mode })
  mkdirSync(join(folder, 'resources'))
  mkdirSync(join(folder, 'locales'))
  write('electron', program(), 0o755)
  write('version', version)
  for (const name of [
    'LICENSE',
    'LICENSES.chromium.html',
    'resources.pak',
    'chrome-sandbox',
    'locales/en-US.pak',
  ]) {
    write(name, `stands for ${name}\n`)
  }
  await createPackage(join(folder, 'locales'), join(folder, 'resources', 'default_app.asar'))
  return folder
}

function program(): Buffer {
  const switches = Buffer.concat([Buffer.from([1, fuses]), Buffer.from('0'.repeat(fuses))])
  return Buffer.concat([Buffer.from(`#!/bin/sh\necho "electron $*"\nexit 0\n${fuseMark}`), switches])
}
