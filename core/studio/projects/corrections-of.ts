/** @file The corrected labels that apply to a request. */
import type { Correction } from '../../data/correction.ts'
import { createProjects } from './projects.ts'

/** What was corrected in a project; nothing without a project. @throws AppError `not_found` when there is none of this id */
export async function correctionsOf(project: string | undefined): Promise<Correction[]> {
  return project === undefined ? [] : (await createProjects().read(project)).corrections
}
