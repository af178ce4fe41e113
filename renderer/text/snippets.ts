/** @file Ready lines of code that use an exported model, with its own paths and sizes. */
import type { ExportFormat } from '../../core/api/contract/results.ts'

/** What a snippet has to know. */
export interface Exported {
  /** The folder or file to open. */
  readonly path: string
  readonly files: readonly string[]
}

/** Python for a format. */
export function snippetFor(format: ExportFormat, { path, files }: Exported): string {
  switch (format) {
    case 'hf':
      return [
        'from transformers import pipeline',
        '',
        `classify = pipeline("image-classification", model=${quoted(path)})`,
        'print(classify("photo.jpg"))',
      ].join('\n')
    case 'timm':
      return [
        'import timm',
        'from PIL import Image',
        '',
        `model = timm.create_model("local-dir:" + ${quoted(path)}, pretrained=True).eval()`,
        'data = timm.data.resolve_model_data_config(model)',
        'transform = timm.data.create_transform(**data, is_training=False)',
        'image = transform(Image.open("photo.jpg").convert("RGB")).unsqueeze(0)',
        'print(model(image).softmax(-1).topk(3))',
      ].join('\n')
    case 'npz':
      return [
        'import numpy as np',
        '',
        `weights = np.load(${quoted(files.find((file) => file.endsWith('.npz')) ?? path)})`,
        'print({name: weights[name].shape for name in weights})',
      ].join('\n')
    case 'onnx':
      return [
        'import onnxruntime',
        '',
        `session = onnxruntime.InferenceSession(${quoted(files.find((file) => file.endsWith('.onnx')) ?? path)})`,
        'for value in session.get_inputs() + session.get_outputs():',
        '    print(value.name, value.shape, value.type)',
      ].join('\n')
    default:
      return format
  }
}

// A string of JSON is one of Python as well.
function quoted(value: string): string {
  return JSON.stringify(value)
}
