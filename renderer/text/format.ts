/** @file Numbers, times and dates as people read them in the language of the window. */
import type { Language } from './language.ts'

type Unit = 'second' | 'minute' | 'hour' | 'megabyte' | 'gigabyte'

/** How one language writes. */
interface Writing {
  readonly whole: Intl.NumberFormat
  readonly oneDigit: Intl.NumberFormat
  readonly twoFigures: Intl.NumberFormat
  readonly compact: Intl.NumberFormat
  readonly share: Intl.NumberFormat
  readonly day: Intl.DateTimeFormat
  readonly unit: (value: number, unit: Unit) => string
  /** Between hours and minutes. */
  readonly gap: string
}

let writing = writingOf('en')

/** Writes in this language from now on. */
export function writeIn(language: Language): void {
  writing = writingOf(language)
}

function writingOf(locale: string): Writing {
  return {
    whole: new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }),
    oneDigit: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }),
    twoFigures: new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 }),
    compact: new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }),
    share: new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }),
    day: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }),
    unit: unitsOf(locale),
    gap: locale === 'ja' ? '' : ' ',
  }
}

/** Formats are cached: creating one takes longer than everything else a window does for a training step. */
function unitsOf(locale: string): Writing['unit'] {
  const formats = new Map<Unit, Intl.NumberFormat>()
  return (value, unit) => {
    const format =
      formats.get(unit) ??
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: 'short',
        maximumFractionDigits: unit === 'gigabyte' ? 1 : 0,
      })
    formats.set(unit, format)
    // 「12分」 without the space that the locale's data put before the unit.
    return locale === 'ja' && isTime(unit) ? format.format(value).replace(/\s/u, '') : format.format(value)
  }
}

function isTime(unit: Unit): boolean {
  return unit === 'second' || unit === 'minute' || unit === 'hour'
}

/** A count or another whole number. */
export function count(value: number): string {
  return writing.whole.format(value)
}

/** `1 image`, `3 images`: for languages that have a plural. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** A number with at most one digit after the point. */
export function brief(value: number): string {
  return writing.oneDigit.format(value)
}

/** A number with two significant digits: for learning rates, which are small. */
export function twoFigures(value: number): string {
  return writing.twoFigures.format(value)
}

/** A large number with three significant digits, as `8660만` in Korean and `8660万` in Japanese. */
export function compact(value: number): string {
  return writing.compact.format(value)
}

/** A share from 0 to 1 as a percentage. */
export function percent(value: number): string {
  return writing.share.format(value)
}

/** Seconds as `40 sec`, `12 min`, `2 hr 5 min`. */
export function duration(seconds: number): string {
  const { unit } = writing
  if (seconds < 59.5) return unit(Math.max(1, Math.round(seconds)), 'second')
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return unit(minutes, 'minute')
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return rest === 0 ? unit(hours, 'hour') : `${unit(hours, 'hour')}${writing.gap}${unit(rest, 'minute')}`
}

/** Megabytes (10^6 bytes) as `420 MB` or `3.1 GB`. */
export function megabytes(value: number): string {
  return value < 1000 ? writing.unit(value, 'megabyte') : writing.unit(value / 1000, 'gigabyte')
}

/** An ISO time as day and time. */
export function date(iso: string): string {
  return writing.day.format(new Date(iso))
}
