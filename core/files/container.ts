/** @file Which container a file is, recognised by its first bytes and never by its name. */
import { basename } from 'node:path'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { openNpz } from './npz-read.ts'
import { openRegularFile } from './regular-file.ts'
import { openSafetensors } from './safetensors-read.ts'
import type { TensorFile } from './tensor-file.ts'
import { openTorch } from './torch-read.ts'
import { openZip } from './zip.ts'

/**
 * Opens a safetensors, npz or PyTorch file.
 *
 * @throws AppError `unsupported` for other known formats, `invalid_input` for anything else
 */
export async function openTensorFile(path: string): Promise<TensorFile> {
  const start = await firstBytes(path)
  if (startsWith(start, 'PK\u0003\u0004')) return (await holdsArrays(path)) ? openNpz(path) : openTorch(path)
  // The JSON header's brace follows its length of eight bytes.
  if (start[8] === 0x7b) return openSafetensors(path)
  refuseKnownFormats(path, start)
  throw new AppError(
    'invalid_input',
    say`${basename(path)} is not a model file that can be read. Choose a .safetensors, .npz, .pth or .bin file with the weights of a Vision Transformer.`,
    { path },
  )
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const { handle: file } = await openRegularFile(path)
  try {
    const bytes = new Uint8Array(512)
    const { bytesRead } = await file.read(bytes, 0, bytes.byteLength, 0)
    return bytes.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function holdsArrays(path: string): Promise<boolean> {
  const archive = await openZip(path)
  try {
    return [...archive.entries.keys()].some((name) => name.endsWith('.npy'))
  } finally {
    await archive.close()
  }
}

const oldTorch =
  'was saved by PyTorch before version 1.6, in a format that is no longer used. Convert it once in Python: ' +
  'torch.save(torch.load("old.pth", map_location="cpu"), "new.pth"), and open the new file.'

const knownFormats: readonly { offset: number; magic: string; why: string }[] = [
  { offset: 0, magic: '\u0080\u0002', why: oldTorch },
  { offset: 257, magic: 'ustar', why: oldTorch },
  {
    offset: 0,
    magic: '\u0089HDF',
    why: 'is a Keras (HDF5) file, which is not supported. Save the weights as safetensors or npz.',
  },
  {
    offset: 0,
    magic: 'version https://git-lfs',
    why: 'is only a Git LFS pointer, not the model itself. Fetch the real file with “git lfs pull” or download it again.',
  },
]

function refuseKnownFormats(path: string, start: Uint8Array): void {
  const known = knownFormats.find(({ offset, magic }) => startsWith(start.subarray(offset), magic))
  if (known !== undefined) throw new AppError('unsupported', say`${basename(path)} ${known.why}`, { path })
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.subarray(0, text.length)).toString('latin1') === text
}
