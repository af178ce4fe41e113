/**
 * @file Projects: what a person works on, saved so that it opens where it was left off. Runs say which project they
 * belong to.
 */
import * as z from 'zod'

import { call } from '../rpc.ts'
import { FineTuneRequest, RunStatus, RunSummary } from './runs.ts'
import { nothing, text } from './values.ts'

/** The images of a project. */
const ProjectData = z.object({
  folder: text,
  validation: text.nullable(),
  validationSplit: z.number().min(0).max(0.9),
})

/** What a project's images look like from outside, as of the last check. */
const ProjectCover = z.object({
  images: z.int(),
  classes: z.int(),
  /** A few images to show; the first of several classes. */
  pictures: z.array(z.object({ folder: text, path: text })).max(8),
})

/** What a person decided about training; the rest of a request follows from data and model. */
export const TrainingChoices = FineTuneRequest.omit({
  name: true,
  project: true,
  model: true,
  overrides: true,
  data: true,
  validation: true,
  validationSplit: true,
  resolution: true,
})
export type TrainingChoices = z.output<typeof TrainingChoices>

/** What changes while a person works; null where nothing was chosen yet. */
const Work = z.object({
  name: text.max(120),
  data: ProjectData.nullable(),
  cover: ProjectCover.nullable(),
  model: z.object({ path: text, resolution: z.int().positive() }).nullable(),
  training: TrainingChoices.nullable(),
  /** The training that is open: Results, Use and exports are about it. */
  run: z.string().nullable(),
  /** The screen that was open last, by the window's own name for it. */
  screen: z.string().nullable(),
})

/** A project; what was said of its images is a subject of its own (labels.ts). */
export const Project = Work.extend({
  id: text,
  /** ISO times. */
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Project = z.output<typeof Project>

/** What may be changed of a project, each part as a whole. */
export const ProjectChange = Work.partial()
export type ProjectChange = z.output<typeof ProjectChange>

/** A project as an entry of a list. */
export const ProjectSummary = z.object({
  id: z.string(),
  name: z.string(),
  updatedAt: z.string(),
  /** Null if no images have been chosen yet. */
  folder: z.string().nullable(),
  cover: ProjectCover.nullable(),
  runs: z.int(),
  /** The best of its runs, and of how many that can be compared; see `bestRun`. */
  best: z.object({ name: z.string(), accuracy: z.number(), of: z.int() }).nullable(),
  /** Of the newest run; `training` where any is in training now. */
  status: RunStatus.nullable(),
})
export type ProjectSummary = z.output<typeof ProjectSummary>

/** Bytes of the largest project file that is opened. */
export const largestProject = 20e6

const projectId = z.object({ project: text })

/** Methods. A project's name in calls is its id. */
export const projects = {
  /** Last changed first. */
  list: call(nothing, z.array(ProjectSummary)),
  /** `fromRun` makes a project around a run that belongs to none. */
  create: call(ProjectChange.extend({ name: text.max(120), fromRun: text.optional() }), Project),
  /** A project with its runs, newest first. */
  get: call(projectId, z.object({ project: Project, runs: z.array(RunSummary) })),
  update: call(projectId.extend({ change: ProjectChange }), Project),
  /** Deletes the project, and its runs where that is asked for; a person's images are never touched. */
  remove: call(projectId.extend({ runs: z.boolean() }), nothing),
  /** Opens a project file; one from elsewhere is copied into the studio's folder, and itself stays as it is. */
  openFile: call(z.object({ path: text }), z.object({ project: z.string() })),
  /** Copies in a project file that was dropped in a browser, which knows no paths. */
  openBytes: call(z.object({ content: z.string().max(largestProject) }), z.object({ project: z.string() })),
} as const
