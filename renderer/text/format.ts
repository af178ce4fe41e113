/** @file Numbers as people read them. */
const locale = 'en'
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
const oneDigit = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })

/** A count or another whole number. */
export function count(value: number): string {
  return whole.format(value)
}

/** `1 image`, `3 images`. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** A number with at most one digit after the point. */
export function brief(value: number): string {
  return oneDigit.format(value)
}

/** A share from 0 to 1 in per cent. */
export function percent(value: number): string {
  return share.format(value)
}

/** Seconds as `40 s`, `12 min`, `2 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < 59.5) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`
}

/** Megabytes (10^6 bytes) as `420 MB` or `3.1 GB`. */
export function megabytes(value: number): string {
  return value < 1000 ? `${whole.format(value)} MB` : `${oneDigit.format(value / 1000)} GB`
}

/** An ISO time as day and time. */
export function date(iso: string): string {
  return day.format(new Date(iso))
}
