import { afterEach, describe, expect, it } from 'vitest'

import {
  brief,
  compact,
  count,
  countOf,
  date,
  duration,
  megabytes,
  percent,
  twoFigures,
  writeIn,
} from '../../../renderer/text/format.ts'

afterEach(() => writeIn('en'))

describe('times', () => {
  const seconds = [0, 40, 59.6, 12 * 60, 3600, 7500]

  it.each([
    ['en', ['1 sec', '40 sec', '1 min', '12 min', '1 hr', '2 hr 5 min']],
    ['ko', ['1초', '40초', '1분', '12분', '1시간', '2시간 5분']],
    ['ja', ['1秒', '40秒', '1分', '12分', '1時間', '2時間5分']],
  ] as const)('in %s', (language, expected) => {
    writeIn(language)
    expect(seconds.map(duration)).toEqual(expected)
  })
})

describe('numbers', () => {
  it.each(['en', 'ko', 'ja'] as const)('in %s', (language) => {
    writeIn(language)
    expect([count(20_000), count(0.4), brief(3.14), twoFigures(0.012_34), percent(0.956)]).toEqual([
      '20,000',
      '0',
      '3.1',
      '0.012',
      '95.6%',
    ])
  })

  it.each([
    ['en', ['420 MB', '3.1 GB']],
    ['ko', ['420MB', '3.1GB']],
    ['ja', ['420 MB', '3.1 GB']],
  ] as const)('of bytes in %s', (language, expected) => {
    writeIn(language)
    expect([megabytes(420), megabytes(3100)]).toEqual(expected)
  })

  it.each([
    ['en', ['86.6M', '304M']],
    ['ko', ['8660만', '3.04억']],
    ['ja', ['8660万', '3.04億']],
  ] as const)('that are large, in %s', (language, expected) => {
    writeIn(language)
    expect([86_567_656, 304_000_000].map(compact)).toEqual(expected)
  })

  it('are counted with a plural where one is named', () => {
    expect([
      countOf(1, 'image'),
      countOf(0, 'image'),
      countOf(2000, 'photo of each', 'photos of each'),
    ]).toEqual(['1 image', '0 images', '2,000 photos of each'])
  })
})

describe('dates', () => {
  it.each([
    ['en', /^Nov 21, 2026, 4:06\sPM$/],
    ['ko', /^2026\. 11\. 21\. /],
    ['ja', /^2026\/11\/21 16:06$/],
  ] as const)('in %s', (language, expected) => {
    writeIn(language)
    expect(date('2026-11-21T16:06:00')).toMatch(expected)
  })
})
