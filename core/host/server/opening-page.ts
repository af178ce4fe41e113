/**
 * @file A page on disk that redirects a browser to the studio. A browser is started with its path and not with the
 * address, because anyone on a machine may read a program's arguments; only its owner may read the page.
 */
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

import { studioHome } from '../../studio/home.ts'

/** Writes the page for an address, replacing the previous one. Returns its path. */
export async function writeOpeningPage(url: string): Promise<string> {
  const path = openingPagePath(url)
  await mkdir(studioHome(), { recursive: true })
  await rm(path, { force: true })
  await writeFile(path, pageTo(url), { flag: 'wx', mode: 0o600 })
  return path
}

/** Removes the page of an address; it may be gone already. */
export async function removeOpeningPage(url: string): Promise<void> {
  await rm(openingPagePath(url), { force: true })
}

function openingPagePath(url: string): string {
  // Browsers installed as snaps may read visible files in the home folder, but no hidden folder.
  const folder = existsSync('/snap/bin') ? homedir() : studioHome()
  return join(folder, `vit-studio-${new URL(url).port}.html`)
}

function pageTo(url: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${url}">
<title>ViT Studio</title>
<a href="${url}">ViT Studio</a>
`
}
