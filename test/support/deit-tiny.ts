/** @file Single tensors of the pretrained DeiT-Tiny under ../shared, by their timm names. */
import { openSafetensors } from '../../core/files/safetensors-read.ts'
import type { FloatTensor } from '../../core/tensor/tensor.ts'
import { sharedFile } from './shared.ts'

/** One tensor as it is in the file. */
export async function readDeitTiny(name: string): Promise<FloatTensor> {
  const file = await openSafetensors(sharedFile('models/deit-tiny-timm/model.safetensors'))
  try {
    return await file.read(name)
  } finally {
    await file.close()
  }
}
