/** @file Which programs are tried to show an address. */
import { describe, expect, it } from 'vitest'

import { commandsFor } from '../../../../core/host/server/open-browser.ts'

const url = 'http://127.0.0.1:1/?key=k'

describe('commandsFor', () => {
  it('tries a window of its own first, then whatever opens addresses', () => {
    const commands = commandsFor('linux', { DISPLAY: ':0' }, url)
    expect(commands[0]).toEqual(['google-chrome', `--app=${url}`])
    expect(commands.at(-1)).toEqual(['xdg-open', url])
    expect(commandsFor('darwin', {}, url).at(-1)).toEqual(['open', url])
    expect(commandsFor('win32', {}, url)).toHaveLength(1)
  })

  it('tries nothing where there is no screen', () => {
    expect(commandsFor('linux', {}, url)).toEqual([])
  })
})
