/** @file A run's report as one HTML file that needs nothing else: no scripts, no other files, pictures inside. */
import type { ReportLanguage } from '../../api/contract/results.ts'
import { studioVersion } from '../assets.ts'
import { accuracyCurve, precisionRecallDiagram, reliabilityDiagram } from './charts.ts'
import { gatherContent, type ReportContent } from './content.ts'
import { html } from './html.ts'
import { writingOf, type Writing } from './language.ts'
import {
  classSection,
  confusionSection,
  dataSection,
  figures,
  mistakeSection,
  modelCard,
  recipeSection,
  summary,
} from './sections.ts'
import { style } from './style.ts'

/** What a report is asked to be. */
export interface ReportRequest {
  /** What people call the run. */
  readonly name: string
  readonly language: ReportLanguage
  readonly signal: AbortSignal
}

/**
 * The report of the run in `folder`, as it answers now.
 *
 * @throws AppError `not_found` where there is no run, `invalid_input` where it is not known what it says, `cancelled`
 */
export async function reportOf(folder: string, { name, language, signal }: ReportRequest): Promise<string> {
  return documentOf(await gatherContent(folder, name, signal), writingOf(language))
}

// More curves cannot be told apart.
const mostCurves = 12

function documentOf(content: ReportContent, writing: Writing): string {
  const { words, language, date } = writing
  const { record, evaluation, history } = content
  const hardest = content.curves
    .toSorted((a, b) => a.averagePrecision - b.averagePrecision)
    .slice(0, mostCurves)
  const { markup } = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${words.title(content.name)}</title>
        <style>
          ${{ markup: style }}
        </style>
      </head>
      <body>
        <main>
          <h1><bdi>${words.title(content.name)}</bdi></h1>
          <p class="soft">${words.made(date(record.createdAt))}</p>
          ${summary(content, writing)} ${figures(content, writing)} ${dataSection(content, writing)}
          ${classSection(content, writing)}
          <h2>${words.curves}</h2>
          <div class="charts">
            ${accuracyCurve(history, record.settings.steps, writing)}
            ${reliabilityDiagram(evaluation.reliability, writing)} ${precisionRecallDiagram(hardest, writing)}
          </div>
          ${confusionSection(content, writing)} ${mistakeSection(content, writing)}
          ${recipeSection(content, writing)} ${modelCard(writing)}
          <p class="soft">${words.foot(studioVersion())}</p>
        </main>
      </body>
    </html>`
  return markup
}
