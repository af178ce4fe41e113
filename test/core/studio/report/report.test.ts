/** @file The report of a run: complete in every language, one file without scripts, and safe whatever things are called. */
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { ReportLanguage } from '../../../../core/api/contract/results.ts'
import { reportOf } from '../../../../core/studio/report/report.ts'
import { readEvaluation } from '../../../../core/studio/runs/stored-evaluation.ts'
import { readRunData } from '../../../../core/train/run/run-folder.ts'
import { begin, tinyRequestIn, trainUntil } from '../../../support/tiny-run.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const { signal } = new AbortController()
const hostile = `<img src=x onerror=alert(1)>&"'`
let place = ''
let folder = ''

const report = async (language: ReportLanguage = 'en', name = 'Bugs'): Promise<string> =>
  reportOf(folder, { name, language, signal })

/** What a reader sees. */
const textOf = (html: string): string =>
  html
    .slice(html.indexOf('<body>'))
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')

describe('a report', () => {
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'vit-studio-report-'))
    vi.stubEnv('VIT_STUDIO_CACHE', join(place, 'cache'))
    const request = await tinyRequestIn(place)
    renameSync(join(request.data, 'ant'), join(request.data, hostile))
    const run = await begin(request)
    await trainUntil(run)
    folder = run.directory
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(place, { recursive: true, force: true })
  })

  it('has every section with its figures, and a picture of each mistake', async () => {
    const { accuracyInterval, images } = (await readEvaluation(folder))!
    const html = await report()
    const said = textOf(html)
    const wrong = images.filter(({ label, predicted }) => label !== predicted)
    expect(wrong.length).toBeGreaterThan(0)
    expect(said).toContain(
      `Of 6 photos it never learned from, the model names ${6 - wrong.length} correctly.`,
    )
    for (const part of [
      'Data',
      'Class by class',
      'Curves',
      'confusion matrix',
      'Mistakes',
      'Recipe',
      'Model card',
    ])
      expect(said).toContain(part)
    const percent = (share: number): string => `${Number((100 * share).toFixed(1))}%`
    expect(said).toContain(`${percent(accuracyInterval!.low)} to ${percent(accuracyInterval!.high)}`)
    expect(html.match(/<img [^>]*src="data:image\/jpeg;base64,[A-Za-z0-9+/=]+"/g)).toHaveLength(wrong.length)
    expect(said).toContain('Photos to learn from 9')
    expect(said).toContain('40% of each class')
  })

  it('says the same in every language', async () => {
    const numbers = async (language: ReportLanguage): Promise<string[]> =>
      (textOf(await report(language)).match(/\d+(\.\d+)?/g) ?? []).toSorted()
    // Dates are written in different ways.
    const withoutDate = (found: string[]): string[] => found.filter((one) => !/^(20\d\d|\d{1,2})$/.test(one))
    const english = withoutDate(await numbers('en'))
    for (const language of ReportLanguage.options) {
      const html = await report(language)
      expect(html).toContain(`<html lang="${language}">`)
      expect(html).not.toMatch(/undefined|NaN|\[object/)
      expect(withoutDate(await numbers(language))).toEqual(english)
    }
  })

  it('contains no script and refers to nothing outside, whatever classes and run are called', async () => {
    const html = await report('en', hostile)
    expect(html).not.toContain('<img src=x')
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&amp;&quot;&#39;')
    expect(html).not.toMatch(/<script|javascript:|https?:|<link|url\(|@import/i)
    // Inside tags, values are in quotes: what is not must be names of attributes.
    for (const [tag] of html.matchAll(/<[a-z][^>]*>/gi))
      expect(tag.replaceAll(/"[^"]*"/g, '')).not.toMatch(/\son\w+=/i)
  })

  it('leaves the place of a photo empty that has gone', async () => {
    const before = (await report()).match(/<img /g)!.length
    const { validationRoot, validation } = await readRunData(folder)
    const { images } = (await readEvaluation(folder))!
    const gone = images.find(({ label, predicted }) => label !== predicted)!
    expect(validation.some(({ path }) => path === gone.path)).toBe(true)
    await rm(join(validationRoot, gone.path))
    const html = await report()
    expect(html.match(/<img /g) ?? []).toHaveLength(before - 1)
    expect(html).toContain('class="gone"')
  })

  it('says what to do where there is nothing to report', async () => {
    const request = await tinyRequestIn(temporaryFolder(), { validationSplit: 0, steps: 1, warmup: 0 })
    const run = await begin(request)
    await trainUntil(run)
    await expect(reportOf(run.directory, { name: '', language: 'en', signal })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    await expect(
      reportOf(join(folder, 'nowhere'), { name: '', language: 'en', signal }),
    ).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
