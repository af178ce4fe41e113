/** @file The last few-shot preview of each project, in a file beside the project's own. */
import { join } from 'node:path'

import { FewShotKnown } from '../../api/contract/few-shot.ts'
import { jsonFile, type JsonFile } from '../../files/json-store.ts'
import { projectsFolder } from '../home.ts'

/** Of an existing project. One that is damaged counts as none: it can be asked for again. */
export function rememberedPreview(project: string): JsonFile<FewShotKnown> {
  return jsonFile(join(projectsFolder(), project, 'few-shot.json'), FewShotKnown, { damaged: 'nothing' })
}
