/** @file Which programs are tried to open the studio, and that none of them is told the key. */
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { commandsFor, openBrowser } from '../../../../core/host/server/open-browser.ts'
import { removeOpeningPage } from '../../../../core/host/server/opening-page.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const page = 'file:///home/me/vit-studio-1.html'

describe('commandsFor', () => {
  it('tries a window of its own first, then whatever opens addresses', () => {
    const commands = commandsFor('linux', { DISPLAY: ':0' }, page)
    expect(commands[0]).toEqual(['google-chrome', `--app=${page}`])
    expect(commands.at(-1)).toEqual(['xdg-open', page])
    expect(commandsFor('darwin', {}, page).at(-1)).toEqual(['open', page])
    expect(commandsFor('win32', {}, page)).toHaveLength(1)
  })

  it('tries nothing where there is no screen', () => {
    expect(commandsFor('linux', {}, page)).toEqual([])
  })
})

describe.skipIf(process.platform !== 'linux')('openBrowser (Linux)', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('starts a browser with a private page, and not with the key, which everyone could read', async () => {
    const folder = temporaryFolder()
    vi.stubEnv('PATH', folder)
    vi.stubEnv('DISPLAY', ':0')
    vi.stubEnv('HOME', folder)
    vi.stubEnv('VIT_STUDIO_HOME', folder)
    writeFileSync(join(folder, 'chromium'), `#!/bin/sh\necho "$@" > ${folder}/called\n`)
    chmodSync(join(folder, 'chromium'), 0o755)
    const url = 'http://127.0.0.1:12345/#key=secret'
    expect(await openBrowser(url)).toBe(true)
    const called = readFileSync(join(folder, 'called'), 'utf8')
    expect(called).toBe(`--app=file://${folder}/vit-studio-12345.html\n`)
    const written = join(folder, 'vit-studio-12345.html')
    expect(readFileSync(written, 'utf8')).toContain(`content="0; url=${url}"`)
    expect(statSync(written).mode & 0o777).toBe(0o600)
    await removeOpeningPage(url)
    expect(existsSync(written)).toBe(false)
    await removeOpeningPage(url)
  })
})
