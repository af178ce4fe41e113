/**
 * @file How every command reports. People get lines of text and, on a terminal, one progress line that is updated in
 * place; with `--json` programs get one object per line and nothing else.
 */
import { plain, plainJson, plainLines } from '../../studio/printable.ts'

/** Where text goes; `process.stdout` is one. */
export interface TextSink {
  write(text: string): unknown
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/** A line for programs. */
export type JsonRecord = Readonly<Record<string, unknown>>

/** The output of a command. */
export interface Reporter {
  /** Whether the output is for programs. */
  readonly json: boolean
  /** For programs: one object on a line of its own. */
  record(record: JsonRecord): void
  /** For people: one or several lines. */
  line(text: string): void
  /** For people: the progress of the work, updated in place on a terminal and printed now and then elsewhere. */
  progress(done: number, total: number, text: string): void
  /** Clears the progress line from the terminal. */
  clear(): void
}

/** A reporter for people, or for programs with `json`. */
export function createReporter(out: TextSink, json: boolean): Reporter {
  return json ? createJsonReporter(out) : createTextReporter(out)
}

function createJsonReporter(out: TextSink): Reporter {
  return {
    json: true,
    record: (record) => out.write(`${plainJson(record)}\n`),
    line: () => undefined,
    progress: () => undefined,
    clear: () => undefined,
  }
}

const redrawMs = 100
const printEveryMs = 10_000
const eraseLine = '\r\u001B[K'

function createTextReporter(out: TextSink): Reporter {
  const terminal = out.isTTY === true
  let shown = false
  let last = terminal ? -Infinity : performance.now()
  const clear = (): void => {
    if (shown) out.write(eraseLine)
    shown = false
  }
  return {
    json: false,
    record: () => undefined,
    line: (text) => {
      clear()
      out.write(`${plainLines(text)}\n`)
      // The line took the place of what was followed, so that this is drawn again at once.
      if (terminal) last = -Infinity
    },
    progress: (done, total, text) => {
      const now = performance.now()
      if (now - last < (terminal ? redrawMs : printEveryMs)) return
      last = now
      shown = terminal
      if (terminal) out.write(`${eraseLine}${cut(`${bar(done, total)} ${plain(text)}`, out.columns ?? 80)}`)
      else out.write(`${plain(text)}\n`)
    },
    clear,
  }
}

const barWidth = 20

/** The share done as a line of twenty pieces. */
export function bar(done: number, total: number): string {
  const filled = total === 0 ? 0 : Math.round((barWidth * Math.min(done, total)) / total)
  return `${'━'.repeat(filled)}${'─'.repeat(barWidth - filled)}`
}

// One column stays free: in the last one some terminals start a new line.
function cut(text: string, columns: number): string {
  const characters = Array.from(text)
  return characters.length < columns ? text : `${characters.slice(0, Math.max(0, columns - 2)).join('')}…`
}

const recordMs = 1000

/** Follows work that is counted: a bar for people, for programs a `progress` record, at most one a second. */
export function followWork(report: Reporter, what: string): (done: number, total: number) => void {
  let last = performance.now()
  return (done, total) => {
    report.progress(done, total, `${what} ${done}/${total}`)
    if (performance.now() - last < recordMs) return
    last = performance.now()
    report.record({ type: 'progress', what, done, total })
  }
}
