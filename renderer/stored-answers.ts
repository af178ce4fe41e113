/** @file What a person said is right among the photos worth a look: saved in the browser for next time. */
import * as z from 'zod'

import type { AnsweredStore } from './store/answered.ts'

const key = 'vit-studio.looked-right'
const Stored = z.array(z.string()).catch([])

/** What was said before; nothing where something else was stored. */
export function storedAnswers(): string[] {
  const stored = localStorage.getItem(key)
  if (stored === null) return []
  try {
    return Stored.parse(JSON.parse(stored))
  } catch {
    // No JSON: nobody but the person themselves can have written it, and the next answer replaces it.
    return []
  }
}

/** Saves them from now on. */
export function storeAnswers(answered: AnsweredStore): void {
  answered.subscribe(({ right }) => localStorage.setItem(key, JSON.stringify([...right])))
}
