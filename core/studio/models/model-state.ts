/** @file When a model that is kept open has to be opened again. */
import { readdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

// Weights, descriptions and records; the file of weights itself may have any name.
const parts = /\.(json|safetensors|npz|pth|pt|bin|onnx|data)$/
const mostParts = 100

/** Another text whenever a file of a model, or one that describes it, is changed or replaced. */
export async function stateOfModel(path: string): Promise<string> {
  const own = resolve(path)
  const folder = (await isFolder(own)) ? own : dirname(own)
  const names = (await readdir(folder).catch(() => [])).filter((name) => parts.test(name)).toSorted()
  const paths = [own, ...names.slice(0, mostParts).map((name) => join(folder, name))]
  return JSON.stringify(await Promise.all(paths.map(async (one) => [one, await stateOf(one)])))
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  )
}

async function stateOf(path: string): Promise<readonly number[] | null> {
  return stat(path).then(
    ({ size, mtimeMs, ino }) => [size, mtimeMs, ino],
    () => null,
  )
}
