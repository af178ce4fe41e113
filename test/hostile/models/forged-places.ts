/** @file Where a model should be there is no file, or one of another kind. */
import { integer, type Random } from '../../../core/tensor/random.ts'
import { at } from '../../../core/tensor/shape.ts'
import type { Forgery } from './forgery.ts'
import type { Content } from './model-folder.ts'

const pick = <T>(random: Random, items: readonly T[]): T => at(items, integer(random, items.length))
const names = ['model.safetensors', 'weights.pth', 'weights.npz', 'model.onnx', 'pytorch_model.bin']

export const forgedPlaces: Readonly<Record<string, Forgery>> = {
  'weights that are no file': (random) => {
    const name = pick(random, names)
    const content = pick<Content>(random, [
      { is: 'pipe' },
      { is: 'folder' },
      { is: 'link', to: '/dev/zero' },
      { is: 'link', to: '/dev/random' },
      { is: 'link', to: '/dev/stdin' },
      { is: 'link', to: '/proc/self/mem' },
      { is: 'link', to: '/proc/kmsg' },
      { is: 'link', to: name },
      { is: 'link', to: 'nowhere' },
    ])
    return { files: { [name]: content }, opened: pick(random, ['', name]) }
  },
  'weights of another kind': (random) => {
    const name = pick(random, names)
    const content = pick<Content>(random, [
      '',
      'x',
      '\u0000'.repeat(600),
      'version https://git-lfs.github.com/spec/v1\n',
      '\u0089HDF\r\n\u001a\n',
      '%PDF-1.7',
      'GGUF',

      'PK\u0003\u0004',
      '\u0080\u0002',
      `${'\u0000'.repeat(8)}{`,
      '<!doctype html><title>404</title>',
      '{"model_type":"vit"}',
      { is: 'hole', start: Buffer.alloc(0), size: 50e9 },
      { is: 'hole', start: Buffer.from('PK\u0003\u0004'), size: 9e9 },
      { is: 'hole', start: Buffer.from('\b\u0000\u0000\u0000\u0000\u0000\u0000\u0000{      }'), size: 50e9 },
    ])
    return { files: { [name]: content }, opened: name }
  },
  'a folder of many files': (random) => {
    const files = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`${i}.safetensors`, '']))
    return { files: { ...files, '\u001b[2J\n.pth': '' }, opened: pick(random, ['', '2.safetensors']) }
  },
  'names of files': (random) => {
    const name = pick(random, [
      '\u001b[2J.safetensors',
      '\n.pth',
      `${'x'.repeat(240)}.npz`,
      '-rf.safetensors',
      '☃.bin',
      '.safetensors',
    ])
    return { files: { [name]: 'x'.repeat(100) }, opened: pick(random, ['', name]) }
  },
  'a folder': () => ({ files: { 'a/b/c.txt': 'x' }, opened: '' }),
  nothing: () => ({ files: { 'x.txt': '' }, opened: 'missing.safetensors' }),
  'a path below a file': () => ({
    files: { 'x.safetensors': 'x' },
    opened: 'x.safetensors/model.safetensors',
  }),
}
