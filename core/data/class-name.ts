/** @file Which names a class may have: those that a folder can have on every system, each only once. */
import { AppError } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import { isIgnoredName } from './file-names.ts'

// In bytes, as UTF-8: what file systems allow, with room for a number.
const longestName = 200
// oxlint-disable-next-line no-control-regex -- control characters are what is searched for
const forbidden = /[<>:"/\\|?*\u0000-\u001f\u007f]/
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i

/** The name as it is kept: without spaces around it, accents as most systems write them. */
function plain(name: string): string {
  return name.trim().normalize('NFC')
}

/** The one of `classes` that is meant by a name, however its accents are written; undefined if there is none. */
export function classNamed(name: string, classes: Iterable<string>): string | undefined {
  const wanted = plain(name)
  for (const one of classes) if (one === name || plain(one) === wanted) return one
  return undefined
}

/**
 * A name for a class that is new beside `classes`.
 *
 * @throws AppError `invalid_input` where it cannot be the name of a folder, or another class has it, in whatever case
 */
export function newClassName(name: string, classes: Iterable<string>): string {
  const wanted = plain(name)
  requireFolderName(wanted)
  for (const one of classes) {
    if (plain(one).toLowerCase() !== wanted.toLowerCase()) continue
    throw new AppError(
      'invalid_input',
      say`There is a kind called “${one}” already. Use it, or choose a name that differs in more than capitals.`,
      { name, existing: one },
    )
  }
  return wanted
}

/** Makes sure that a folder can have this name on every system. @throws AppError `invalid_input` */
export function requireFolderName(name: string): void {
  const reason = whyNot(name)
  if (reason !== null) throw new AppError('invalid_input', reason, { name })
}

function whyNot(name: string): Sentence | null {
  if (name === '') return say`A kind needs a name. Type one.`
  if (Buffer.byteLength(name) > longestName)
    return say`“${name.slice(0, 30)}…” is too long for a name. Shorten it.`
  const bad = forbidden.exec(name)?.[0]
  if (bad !== undefined) {
    const shown = name.replaceAll(new RegExp(forbidden, 'g'), '·')
    const isControl = bad < ' ' || bad === '\u007f'
    return isControl
      ? say`“${shown}” cannot be the name of a folder, because of a control character. Choose one without it.`
      : say`“${shown}” cannot be the name of a folder, because of ${bad}. Choose one without it.`
  }
  if (isIgnoredName(name) || /[. ]$/.test(name) || reserved.test(name))
    return say`“${name}” cannot be the name of a folder on every system. Choose another.`
  return null
}
