/** @file Zip files with any content, for tests of damaged archives. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'

import { ZipFile } from 'yazl'

import { temporaryFolder } from '../../support/temporary.ts'

/** Path of a new zip with these entries, stored unless `compress`. */
export async function zipFile(
  name: string,
  entries: Readonly<Record<string, Uint8Array | string>>,
  compress = false,
): Promise<string> {
  const zip = new ZipFile()
  for (const [entry, content] of Object.entries(entries))
    zip.addBuffer(Buffer.from(content), entry, { compress })
  zip.end()
  const path = join(temporaryFolder(), name)
  await writeFile(path, await buffer(zip.outputStream))
  return path
}
