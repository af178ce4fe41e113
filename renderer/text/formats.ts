/** @file What each format of export is called and good for: a row for each, in every language. */
import type { ExportFormat } from '../../core/files/export-formats.ts'
import { language, type Language } from './language.ts'

interface FormatWords {
  readonly name: string
  readonly hint: string
  /** Who reads the lines of code for it. */
  readonly snippet: string
}

const formats: Readonly<Record<ExportFormat, Readonly<Record<Language, FormatWords>>>> = {
  hf: {
    en: { name: 'Hugging Face', hint: 'For transformers in Python', snippet: 'Python, transformers' },
    ko: { name: 'Hugging Face', hint: 'Python의 transformers용', snippet: 'Python, transformers' },
    ja: { name: 'Hugging Face', hint: 'Pythonのtransformers向け', snippet: 'Python、transformers' },
  },
  timm: {
    en: { name: 'timm', hint: 'For PyTorch Image Models in Python', snippet: 'Python, timm' },
    ko: { name: 'timm', hint: 'Python의 PyTorch Image Models용', snippet: 'Python, timm' },
    ja: { name: 'timm', hint: 'PythonのPyTorch Image Models向け', snippet: 'Python、timm' },
  },
  npz: {
    en: { name: 'JAX', hint: 'For vision_transformer in JAX', snippet: 'Python, JAX' },
    ko: { name: 'JAX', hint: 'JAX의 vision_transformer용', snippet: 'Python, JAX' },
    ja: { name: 'JAX', hint: 'JAXのvision_transformer向け', snippet: 'Python、JAX' },
  },
  onnx: {
    en: { name: 'ONNX', hint: 'For ONNX Runtime, in any language', snippet: 'Python, ONNX Runtime' },
    ko: { name: 'ONNX', hint: 'ONNX Runtime용, 어떤 언어에서나', snippet: 'Python, ONNX Runtime' },
    ja: { name: 'ONNX', hint: 'ONNX Runtime向け、どの言語でも', snippet: 'Python、ONNX Runtime' },
  },
}

/** The words for a format in the language of the window. */
export function wordsOfFormat(format: ExportFormat): FormatWords {
  return formats[format][language]
}
