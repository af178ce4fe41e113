/** @file Sound models of every container and family: what hostile ones are made from. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { frameAs } from '../../../core/data/preprocess.ts'
import { writeJax } from '../../../core/files/export-jax.ts'
import { writeTimm } from '../../../core/files/export-timm.ts'
import { writeOnnx } from '../../../core/train/model/onnx-export.ts'
import { startRun } from '../../../core/train/start.ts'
import { train } from '../../../core/train/trainer.ts'
import { tinyModel } from '../../core/files/tiny-models.ts'
import { cpu, tinyRequestIn } from '../../support/tiny-run.ts'
import type { ModelFolder } from './model-folder.ts'

const golden = fileURLToPath(new URL('../../golden/families', import.meta.url))
const fixtures = fileURLToPath(new URL('../../core/files/fixtures', import.meta.url))

/** One of each, the same every time but for the identity of the run among them. */
export async function soundModels(): Promise<ModelFolder[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vit-studio-sound-'))
  try {
    return [...(await exported(folder)), ...stored()]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function exported(folder: string): Promise<ModelFolder[]> {
  const model = tinyModel()
  const { config, parameters, normalisation, labels } = model
  const preprocessing = frameAs('squash', { height: 12, width: 12 }, normalisation)
  await writeTimm(join(folder, 'timm'), model)
  await writeJax(join(folder, 'jax', 'jax.npz'), model)
  await writeOnnx(join(folder, 'onnx'), config, parameters, { labels, preprocessing })
  await writeOnnx(join(folder, 'onnx-beside'), config, parameters, { labels, preprocessing }, 0)
  const run = await startRun(await tinyRequestIn(folder, { out: join(folder, 'run'), steps: 2 }), {
    engine: 'cpu',
  })
  for await (const _ of train(run, { engine: cpu }));
  return [
    folderOf(join(folder, 'timm')),
    folderOf(join(folder, 'jax'), 'jax.npz'),
    folderOf(join(folder, 'onnx')),
    folderOf(join(folder, 'onnx-beside'), 'model.onnx'),
    folderOf(join(folder, 'run')),
  ]
}

const inFixtures = ['hf-deit', 'hf-vit', 'hf-state-dict.pth', 'nested.pth', 'timm-half.safetensors']

function stored(): ModelFolder[] {
  const inGolden = readdirSync(golden).filter((name) => !/\.(json|py)$/.test(name))
  return [
    ...inGolden.map((name) => join(golden, name)),
    ...inFixtures.map((name) => join(fixtures, name)),
  ].map((path) => (statSync(path).isDirectory() ? folderOf(path) : fileOf(path)))
}

/** All files of a folder, of which one is opened, or the folder itself. */
function folderOf(path: string, opened = ''): ModelFolder {
  const names = readdirSync(path).filter((name) => statSync(join(path, name)).isFile())
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(path, name))]))
  return { name: basename(path), files, opened }
}

function fileOf(path: string): ModelFolder {
  const name = basename(path)
  return { name: `${basename(dirname(path))}-${name}`, files: { [name]: readFileSync(path) }, opened: name }
}
