/**
 * @file Labels that a person corrected, which take precedence over the folder an image is in. The files stay where they
 * are.
 */
import { compareCodePoints, type DataFolder, type ImageEntry } from './classes.ts'
import type { Correction } from './correction.ts'
import type { Finding } from './finding.ts'

/**
 * The folder, and its validation folder if it brings one, with the labels as corrected. Images that no longer exist are
 * skipped; a class that no longer exists becomes a finding.
 */
export function applyCorrections(folder: DataFolder, corrections: readonly Correction[]): DataFolder {
  const own = corrections.filter(({ root }) => root === folder.root)
  const corrected = own.length === 0 ? folder : correctFolder(folder, own)
  if (folder.validation === undefined) return corrected
  return { ...corrected, validation: applyCorrections(folder.validation, corrections) }
}

function correctFolder(folder: DataFolder, corrections: readonly Correction[]): DataFolder {
  const wanted = new Map(corrections.map(({ path, label }) => [path, label]))
  const unknown = new Map<string, number>()
  const images = folder.images.map((image): ImageEntry => {
    const name = wanted.get(image.path)
    if (name === undefined) return image
    const label = folder.classes.indexOf(name)
    if (label >= 0) return { ...image, label }
    unknown.set(name, (unknown.get(name) ?? 0) + 1)
    return image
  })
  const findings = [...unknown].map(([label, count]): Finding => ({
    kind: 'unknownCorrection',
    label,
    images: count,
  }))
  return {
    ...folder,
    images: images.sort((a, b) => a.label - b.label || compareCodePoints(a.path, b.path)),
    findings: [...folder.findings, ...findings],
  }
}
