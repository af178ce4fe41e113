/** @file Sound models spoilt in one of many ways, drawn from a number: their bytes, or what they state of themselves. */
import { createRandom, integer, type Random } from '../../../core/tensor/random.ts'
import { at } from '../../../core/tensor/shape.ts'
import { spoilBytes } from '../spoil-bytes.ts'
import { evilJson, evilTree } from './evil-values.ts'
import type { Content, ModelFolder } from './model-folder.ts'

/** The model of a number: every kind of model and every way of spoiling it comes about equally often. */
export function spoiltModel(seed: number, sound: readonly ModelFolder[]): ModelFolder {
  const random = createRandom(seed)
  const model = at(sound, integer(random, sound.length))
  const names = Object.keys(model.files)
  const name = at(names, integer(random, names.length))
  const other = at(sound, integer(random, sound.length))
  const spoilt = spoilFile(name, bytesOf(model.files[name]), random, bytesOf(Object.values(other.files)[0]))
  return { ...model, name: `spoilt ${seed} ${model.name}`, files: { ...model.files, [name]: spoilt } }
}

function bytesOf(content: Content | undefined): Buffer {
  return content instanceof Uint8Array ? Buffer.from(content) : Buffer.alloc(0)
}

function spoilFile(name: string, bytes: Buffer, random: Random, other: Buffer): Buffer {
  const how = integer(random, 3)
  if (name.endsWith('.json') && how > 0) return Buffer.from(spoilJson(bytes.toString(), random))
  if (name.endsWith('.safetensors') && how > 0) return spoilHeader(bytes, random)
  return spoilBytes(bytes, random, other)
}

/** Values of a JSON file changed to what nobody expects there. */
function spoilJson(text: string, random: Random): string {
  return evilJson(evilTree(JSON.parse(text), random, 1 + integer(random, 3)))
}

/** The same in the header of a safetensors file, whose length stays right. */
function spoilHeader(bytes: Buffer, random: Random): Buffer {
  const length = Number(bytes.readBigUInt64LE())
  const header = Buffer.from(spoilJson(bytes.subarray(8, 8 + length).toString(), random))
  const start = Buffer.alloc(8)
  start.writeBigUInt64LE(BigInt(header.length))
  return Buffer.concat([start, header, bytes.subarray(8 + length)])
}
