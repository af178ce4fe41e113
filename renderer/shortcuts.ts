/** @file The keys of actions, as one list: which press means which, and how they are shown. */

interface Press {
  readonly letter: string
  readonly shift: boolean
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** All with Ctrl, on a Mac with Command. The first is the one shown. */
const presses = {
  palette: [{ letter: 'k', shift: false }],
  undo: [{ letter: 'z', shift: false }],
  redo: [
    { letter: 'z', shift: true },
    { letter: 'y', shift: false },
  ],
} as const satisfies Readonly<Record<string, readonly [Press, ...Press[]]>>

export type Shortcut = keyof typeof presses

/** Whether a key press means the shortcut. */
export function isPressOf(
  shortcut: Shortcut,
  { key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent,
): boolean {
  if (!(ctrlKey || metaKey) || altKey) return false
  return presses[shortcut].some(({ letter, shift }) => key.toLowerCase() === letter && shiftKey === shift)
}

/** As shown to a person: “Ctrl Shift Z”, on a Mac “⇧⌘Z”. */
export function shownKeys(shortcut: Shortcut): string {
  const [{ letter, shift }] = presses[shortcut]
  const name = letter.toUpperCase()
  return isMac ? `${shift ? '⇧' : ''}⌘${name}` : `Ctrl ${shift ? 'Shift ' : ''}${name}`
}

/** For `aria-keyshortcuts`. */
export function ariaKeys(shortcut: Shortcut): string {
  const [{ letter, shift }] = presses[shortcut]
  return ['Control', 'Meta']
    .map((held) => `${held}+${shift ? 'Shift+' : ''}${letter.toUpperCase()}`)
    .join(' ')
}

/** Whether what has the focus takes letters, and has an undo of its own. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !withoutText.includes(target.type)
  return target instanceof HTMLTextAreaElement || target.isContentEditable
}

const withoutText = ['checkbox', 'radio', 'range', 'button', 'submit', 'reset', 'file', 'color', 'image']
