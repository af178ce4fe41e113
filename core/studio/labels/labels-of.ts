/** @file The labels that apply to a request of the window. */
import { noLabels, type Labels } from '../../data/labels.ts'
import { createProjects } from '../projects/projects.ts'

/** What was said of the images of a project; nothing without one. @throws AppError `not_found` when there is none of this id */
export async function labelsOf(project: string | undefined): Promise<Labels> {
  return project === undefined ? noLabels : createProjects().labels(project)
}
