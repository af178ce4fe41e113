/** @file The window opens where it was left, unless no screen shows that place any longer. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { placeWindow, readState } from '../../electron/window-state.ts'
import { temporaryFolder } from '../support/temporary.ts'

const desk = { x: 0, y: 0, width: 1920, height: 1040 }
const second = { x: 1920, y: 0, width: 1280, height: 984 }

describe('placeWindow', () => {
  it('takes up what was left, on any screen', () => {
    const bounds = { x: 2000, y: 30, width: 1100, height: 800 }
    expect(placeWindow({ bounds, isMaximized: false }, [desk, second])).toEqual(bounds)
  })

  it.each([
    { title: 'its screen is gone', x: 2000, y: 30 },
    { title: 'its title is above the screen', x: 30, y: -50 },
    { title: 'its title is below the screen', x: 30, y: 1030 },
    { title: 'only a sliver of it is seen', x: 1900, y: 30 },
  ])('starts over where $title', ({ x, y }) => {
    const state = { bounds: { x, y, width: 1100, height: 800 }, isMaximized: false }
    expect(placeWindow(state, [desk])).toEqual({ width: 1280, height: 800 })
  })

  it('is never smaller than the screens need, nor larger than the display where that is possible', () => {
    const state = { bounds: { x: 0, y: 0, width: 300, height: 200 }, isMaximized: false }
    expect(placeWindow(state, [desk])).toEqual({ x: 0, y: 0, width: 900, height: 600 })
    expect(placeWindow(null, [{ x: 0, y: 0, width: 1100, height: 560 }])).toEqual({
      width: 1100,
      height: 600,
    })
  })
})

describe('readState', () => {
  it.each(['', '{', '{"bounds":null}', '{"bounds":{"x":1,"y":2,"width":3}}', '[]', 'null'])(
    'knows nothing from %j',
    (content) => {
      const file = join(temporaryFolder(), 'window.json')
      writeFileSync(file, content)
      expect(readState(file)).toBeNull()
    },
  )

  it('knows nothing where there is no file', () => {
    expect(readState(join(temporaryFolder(), 'none.json'))).toBeNull()
  })
})
