/** @file The Use step. */
import { countOf } from '../format.ts'

const images = (n: number): string => countOf(n, 'image')

export const use = {
  title: 'Use',
  lead: 'Show the model new images, or take it to another program.',
  drop: 'Drop images anywhere in this window',
  choose: 'Choose images…',
  asking: 'Looking…',
  unsure: 'Unsure',
  unsureHint: 'Below this, the answer counts as unsure',
  threshold: 'Threshold',
  guesses: (name: string) => `What the model says about ${name}`,
  answers: 'Answers',
  clear: 'Clear',
  empty: 'Nothing shown to the model yet.',
  export: 'Take it with you',
  exportHint: 'Each file is opened again after writing and compared with the trained model.',
  formats: {
    hf: { name: 'Hugging Face', hint: 'For transformers in Python' },
    timm: { name: 'timm', hint: 'For PyTorch Image Models' },
    npz: { name: 'JAX', hint: 'For vision_transformer in JAX' },
    onnx: { name: 'ONNX', hint: 'For ONNX Runtime, in any language' },
  },
  exportTo: (name: string) => `Export for ${name}`,
  exporting: 'Writing and checking…',
  verified: (images_: number, difference: string) =>
    `Checked on ${images(images_)}: the answers agree (largest difference ${difference}).`,
  written: 'Written to',
  snippet: 'How to use it',
  copy: 'Copy',
  copied: 'Copied',
}
