/** @file The one contract between the window and the engine: every call and stream, a file for each subject. */
import * as z from 'zod'

import { catalogue } from './contract/catalogue.ts'
import { data } from './contract/data.ts'
import { devices } from './contract/devices.ts'
import { folders } from './contract/folders.ts'
import { labels } from './contract/labels.ts'
import { inspect } from './contract/inspect.ts'
import { map } from './contract/map.ts'
import { models } from './contract/models.ts'
import { predict } from './contract/predict.ts'
import { projects } from './contract/projects.ts'
import { results } from './contract/results.ts'
import { runs } from './contract/runs.ts'
import { shell } from './contract/shell.ts'
import { nothing } from './contract/values.ts'
import type { EngineSide, ServerSide } from './placement.ts'
import { call, type Client, type Handlers } from './rpc.ts'

/** Every method, by subject. A stream of a long action reports its progress, then exactly one `done`. */
export const contract = {
  studio: {
    /** The version, and the folder where runs are kept. */
    version: call(nothing, z.object({ version: z.string(), home: z.string() })),
  },
  devices,
  folders,
  data,
  inspect,
  map,
  models,
  catalogue,
  projects,
  labels,
  runs,
  results,
  predict,
  shell,
} as const

/** What the window calls. */
export type Api = Client<typeof contract>

/** All answers. */
export type ApiHandlers = Handlers<typeof contract>

/** What the server answers itself. */
export type ServerHandlers = Handlers<ServerSide<typeof contract>>

/** What the engine answers; the server forwards these. */
export type EngineHandlers = Handlers<EngineSide<typeof contract>>
