/** @file Runs before every test file: a test that prints fails, and tensors are compared by one matcher. */
import { afterEach, beforeEach, expect } from 'vitest'

import { compareClose } from './support/allclose.ts'

const METHODS = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const

const originals = Object.fromEntries(METHODS.map((method) => [method, console[method]]))
let printed: string[] = []

beforeEach(() => {
  printed = []
  for (const method of METHODS) {
    console[method] = (...values: unknown[]) => {
      printed.push(`console.${method}: ${values.map(String).join(' ')}`)
    }
  }
})

afterEach(() => {
  Object.assign(console, originals)
  if (printed.length > 0) {
    throw new Error(`The test printed:\n${printed.join('\n')}`)
  }
})

expect.extend({ toBeAllclose: compareClose })
