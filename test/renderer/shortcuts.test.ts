/**
 * @file Which key press means which action.
 * @vitest-environment happy-dom
 */
import { describe, expect, it } from 'vitest'

import { ariaKeys, isPressOf, isTextField, shownKeys } from '../../renderer/shortcuts.ts'

const press = (key: string, held: KeyboardEventInit = {}): KeyboardEvent =>
  new KeyboardEvent('keydown', { key, ...held })

describe('shortcuts', () => {
  it('tell undo from redo by Shift, with Ctrl or Command', () => {
    expect(isPressOf('undo', press('z', { ctrlKey: true }))).toBe(true)
    expect(isPressOf('undo', press('z', { metaKey: true }))).toBe(true)
    expect(isPressOf('undo', press('Z', { ctrlKey: true, shiftKey: true }))).toBe(false)
    expect(isPressOf('redo', press('Z', { ctrlKey: true, shiftKey: true }))).toBe(true)
    expect(isPressOf('redo', press('y', { ctrlKey: true }))).toBe(true)
    expect(isPressOf('undo', press('z'))).toBe(false)
    expect(isPressOf('undo', press('z', { ctrlKey: true, altKey: true }))).toBe(false)
  })

  it('are shown as they are pressed', () => {
    expect([shownKeys('undo'), shownKeys('redo')]).toEqual(['Ctrl Z', 'Ctrl Shift Z'])
    expect(ariaKeys('redo')).toBe('Control+Shift+Z Meta+Shift+Z')
  })

  it('leave fields that take letters alone', () => {
    const input = (type: string): HTMLInputElement => Object.assign(document.createElement('input'), { type })
    expect(['text', 'search', 'number'].map((type) => isTextField(input(type)))).toEqual([true, true, true])
    expect(['range', 'checkbox'].map((type) => isTextField(input(type)))).toEqual([false, false])
    expect(isTextField(document.createElement('textarea'))).toBe(true)
    expect(isTextField(document.createElement('button'))).toBe(false)
  })
})
