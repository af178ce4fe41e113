/** @file The languages of a report, with their words and how they write numbers. */
import type { ReportLanguage } from '../../api/contract/results.ts'
import { en, type ReportWords } from './words/en.ts'
import { ja } from './words/ja.ts'
import { ko } from './words/ko.ts'

/** How a language writes what a report contains. */
export interface Writing {
  readonly language: ReportLanguage
  readonly words: ReportWords
  readonly count: (value: number) => string
  /** A share from 0 to 1; a dash if there is none. */
  readonly percent: (share: number | null) => string
  /** Three significant digits. */
  readonly number: (value: number) => string
  /** An ISO time as day and time. */
  readonly date: (iso: string) => string
}

const words: Readonly<Record<ReportLanguage, ReportWords>> = { en, ko, ja }

/** The writing of a language. */
export function writingOf(language: ReportLanguage): Writing {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const figures = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' })
  return {
    language,
    words: words[language],
    count: (value) => whole.format(value),
    percent: (value) => (value === null ? '–' : share.format(value)),
    number: (value) => figures.format(value),
    date: (iso) => day.format(new Date(iso)),
  }
}
