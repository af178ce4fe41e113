import { describe, expect, it } from 'vitest'

import { nextFilled } from '../../../renderer/charts/filled-cells.ts'

const counts = [
  [5, 0, 0, 2],
  [0, 7, 0, 0],
  [0, 0, 3, 0],
  [1, 0, 0, 9],
]

function go(truth: number, guess: number, key: string): readonly [number, number] | null {
  const next = nextFilled(counts, { truth, guess }, key)
  return next === null ? null : [next.truth, next.guess]
}

describe('arrow keys in a confusion matrix', () => {
  it('skip empty cells', () => {
    expect(go(0, 0, 'ArrowRight')).toEqual([0, 3])
    expect(go(0, 3, 'ArrowDown')).toEqual([3, 3])
    expect(go(3, 3, 'ArrowLeft')).toEqual([3, 0])
    expect(go(3, 0, 'ArrowUp')).toEqual([0, 0])
  })

  it('step aside where nothing lies straight ahead, so that every filled cell is reached', () => {
    expect(go(1, 1, 'ArrowDown')).toEqual([2, 2])
    expect(go(1, 1, 'ArrowUp')).toEqual([0, 0])
    expect(go(1, 1, 'ArrowRight')).toEqual([2, 2])
  })

  it('go to the ends of a row, and stay where there is nowhere to go', () => {
    expect(go(0, 0, 'End')).toEqual([0, 3])
    expect(go(0, 3, 'Home')).toEqual([0, 0])
    expect(go(1, 1, 'Home')).toBeNull()
    expect(go(0, 0, 'ArrowUp')).toBeNull()
    expect(go(0, 0, 'a')).toBeNull()
  })
})
