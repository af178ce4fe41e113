/**
 * @file What each format of export is called and good for, in every language, and ready-made code that uses an exported
 * model, with its own paths, sizes and names: each snippet classifies a photo.
 */
import type { ExportedModel } from '../../core/api/contract/results.ts'
import type { ExportFormat } from '../../core/files/export-formats.ts'
import { framedInJavaScript, framedInPython } from './framing-code.ts'
import type { Language } from './language.ts'

interface FormatWords {
  readonly name: string
  readonly hint: string
  /** Who reads the lines of code for it. */
  readonly snippet: string
}

/** The words for each format. */
export const formatWords: Readonly<Record<ExportFormat, Readonly<Record<Language, FormatWords>>>> = {
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

/** What a snippet needs to know. */
export interface Exported {
  readonly format: ExportFormat
  /** The folder or file to open. */
  readonly path: string
  readonly files: readonly string[]
}

/** Programs that an export can be used from. */
export type SnippetKind = ExportFormat | 'node' | 'browser'

/** Programs that a format is for, the usual one first. */
export function snippetKinds(format: ExportFormat): readonly SnippetKind[] {
  return format === 'onnx' ? ['onnx', 'node', 'browser'] : [format]
}

/** The code for a program. */
export function snippetFor(kind: SnippetKind, exported: Exported, model: ExportedModel): string {
  switch (kind) {
    case 'hf':
      return withTransformers(exported)
    case 'timm':
      return withTimm(exported)
    case 'npz':
      return model.isPlain ? withJax(exported, model) : withNumpy(exported)
    case 'onnx':
      return withOnnxRuntime(exported, model)
    case 'node':
      return withNode(exported, model)
    case 'browser':
      return withBrowser(exported, model)
    default:
      return kind
  }
}

/** A photo opened in Python as the program opens it. */
const openInPython = `def opened(path):
    # Upright, 8 bits per colour, transparency over white.
    image = ImageOps.exif_transpose(Image.open(path))
    if image.mode.startswith("I"):
        image = Image.fromarray((np.asarray(image) >> 8).astype("uint8"))
    if image.has_transparency_data:
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
    return image.convert("RGB")
`

function withTransformers({ path }: Exported): string {
  return `# pip install torch torchvision transformers pillow
import numpy as np
from PIL import Image, ImageOps
from transformers import pipeline

${openInPython}
classify = pipeline("image-classification", model=${quoted(path)})
for guess in classify(opened("photo.jpg")):
    print(f"{guess['label']}: {guess['score']:.1%}")
`
}

function withTimm({ path }: Exported): string {
  return `# pip install timm pillow
import numpy as np
import timm
import torch
from PIL import Image, ImageOps

${openInPython}
model = timm.create_model("local-dir:" + ${quoted(path)}, pretrained=True).eval()
settings = timm.data.resolve_model_data_config(model)
prepare = timm.data.create_transform(**settings, is_training=False)

with torch.no_grad():
    probabilities = model(prepare(opened("photo.jpg"))[None]).softmax(-1)[0]
for label, probability in sorted(zip(model.pretrained_cfg["label_names"], probabilities), key=lambda pair: -pair[1]):
    print(f"{label}: {probability:.1%}")
`
}

function withJax({ files, path }: Exported, model: ExportedModel): string {
  const weights = files.find((file) => file.endsWith('.npz')) ?? path
  const facts = files.find((file) => file.endsWith('.json')) ?? `${path}.json`
  return `# pip install jax flax ml_collections pillow, and https://github.com/google-research/vision_transformer on the path
import json
import jax
import numpy as np
from flax.training.checkpoints import convert_pre_linen
from flax.traverse_util import unflatten_dict
from ml_collections import ConfigDict
from PIL import Image, ImageOps
from vit_jax import models_vit

${openInPython}
${framedInPython(model)}
params = convert_pre_linen(unflatten_dict(dict(np.load(${quoted(weights)})), sep="/"))
facts = json.load(open(${quoted(facts)}))
blocks = [value for name, value in params["Transformer"].items() if name.startswith("encoderblock_")]
model = models_vit.VisionTransformer(
    num_classes=len(facts["labels"]),
    patches=ConfigDict({"size": params["embedding"]["kernel"].shape[:2]}),
    hidden_size=params["embedding"]["bias"].size,
    classifier="token" if "cls" in params else "gap",
    transformer={
        "num_layers": len(blocks),
        "num_heads": blocks[0]["MultiHeadDotProductAttention_0"]["query"]["bias"].shape[0],
        "mlp_dim": blocks[0]["MlpBlock_0"]["Dense_0"]["bias"].size,
        "attention_dropout_rate": 0.0,
        "dropout_rate": 0.0,
    },
)

image = framed(opened("photo.jpg"))
pixels = (np.asarray(image) / 255 - facts["normalisation"]["mean"]) / facts["normalisation"]["std"]
probabilities = jax.nn.softmax(model.apply({"params": params}, pixels[None].astype("float32"), train=False))[0]
for label, probability in sorted(zip(facts["labels"], probabilities), key=lambda pair: -pair[1]):
    print(f"{label}: {probability:.1%}")
`
}

/** big_vision and vit_jax's hybrids need their own configuration; here are the weights for it. */
function withNumpy({ files, path }: Exported): string {
  const weights = files.find((file) => file.endsWith('.npz')) ?? path
  const facts = files.find((file) => file.endsWith('.json')) ?? `${path}.json`
  return `# pip install numpy
# Weights by the names of https://github.com/google-research/big_vision, for a hybrid those of vision_transformer.
import json
import numpy as np

weights = dict(np.load(${quoted(weights)}))
facts = json.load(open(${quoted(facts)}))
print(facts["labels"], facts["image"], facts["normalisation"])
for name, values in weights.items():
    print(name, values.shape)
`
}

function withOnnxRuntime(exported: Exported, model: ExportedModel): string {
  return `# pip install onnxruntime pillow
import json
import numpy as np
import onnxruntime
from PIL import Image, ImageOps

${openInPython}
${framedInPython(model)}
session = onnxruntime.InferenceSession(${quoted(onnxFile(exported))})
facts = session.get_modelmeta().custom_metadata_map
labels, how = json.loads(facts["labels"]), json.loads(facts["preprocessing"])

image = framed(opened("photo.jpg"))
pixels = (np.asarray(image) / 255 - how["mean"]) / how["std"]
planes = pixels.transpose(2, 0, 1)[None].astype("float32")
logits = session.run(None, {"pixel_values": planes})[0][0]
powers = np.exp(logits - logits.max())
for label, probability in sorted(zip(labels, powers / powers.sum()), key=lambda pair: -pair[1]):
    print(f"{label}: {probability:.1%}")
`
}

function withNode(exported: Exported, model: ExportedModel): string {
  return `// npm install onnxruntime-node sharp; save as classify.mjs
${importOf('* as ort', 'onnxruntime-node')}
${importOf('sharp', 'sharp')}

${constants(model)}
const session = await ort.InferenceSession.create(${quoted(onnxFile(exported))})

// Upright, transparency over white, inks as plain colours.
async function pixelsOf(file) {
  const hasInks = (await sharp(file).metadata()).space === 'cmyk'
  const image = sharp(file, { ignoreIcc: true }).autoOrient()
  const plain = hasInks
    ? image.pipelineColourspace('cmyk').toColourspace('cmyk')
    : image.flatten({ background: 'white' }).toColourspace('srgb')
  const { data, info } = await plain.raw().toBuffer({ resolveWithObject: true })
  return framed(hasInks ? coloursOf(data) : data, info.width, info.height, 3)
}

function coloursOf(inks) {
  return Uint8Array.from({ length: (inks.length / 4) * 3 }, (_, i) => {
    const at = 4 * Math.floor(i / 3)
    return Math.round(((255 - inks[at + (i % 3)]) * (255 - inks[at + 3])) / 255)
  })
}

${framedInJavaScript(model)}
${resize}
${classify(3)}
console.log(await classify(await pixelsOf('photo.jpg')))
`
}

function withBrowser(exported: Exported, model: ExportedModel): string {
  const data = exported.files.find((file) => file.endsWith('.data'))
  const options =
    data === undefined
      ? ''
      : `, {\n  externalData: [{ path: 'model.onnx.data', data: 'model.onnx.data' }],\n}`
  const served = data === undefined ? 'model.onnx' : 'model.onnx and model.onnx.data'
  return `// npm install onnxruntime-web; serve ${served} beside the page
${importOf('* as ort', 'onnxruntime-web')}

${constants(model)}
const session = await ort.InferenceSession.create('model.onnx'${options})

async function pixelsOf(image) {
  const w = image.naturalWidth ?? image.videoWidth ?? image.width
  const h = image.naturalHeight ?? image.videoHeight ?? image.height
  const context = new OffscreenCanvas(w, h).getContext('2d')
  context.fillStyle = 'white'
  context.fillRect(0, 0, w, h)
  context.drawImage(image, 0, 0)
  return framed(context.getImageData(0, 0, w, h).data, w, h, 4)
}

${framedInJavaScript(model)}
${resize}
${classify(4)}
// image: an <img>, a <video>, or await createImageBitmap(file, { colorSpaceConversion: 'none' })
console.log(await classify(await pixelsOf(document.querySelector('img'))))
`
}

// Written out, it would look like an import of this file.
function importOf(names: string, module: string): string {
  return `import ${names} from '${module}'`
}

function constants({ labels, width, height, mean, std }: ExportedModel): string {
  return `const labels = ${JSON.stringify(labels)}
const [width, height] = [${width}, ${height}]
const mean = ${JSON.stringify(mean)}
const std = ${JSON.stringify(std)}
`
}

/** Resizes as the program does, up and down: browsers and sharp place enlarged pixels otherwise. */
const resize = `// Pillow's BILINEAR: first across, then down.
function resized(pixels, fromWidth, fromHeight, channels, width, height) {
  const wide = new Uint8Array(width * fromHeight * channels)
  for (let x = 0; x < width; x++) {
    const { first, shares } = sharesOf(x, fromWidth, width)
    for (let y = 0; y < fromHeight; y++) {
      for (let c = 0; c < channels; c++) {
        let sum = 0
        for (let i = 0; i < shares.length; i++) sum += shares[i] * pixels[(y * fromWidth + first + i) * channels + c]
        wide[(y * width + x) * channels + c] = Math.round(sum)
      }
    }
  }
  const row = width * channels
  const out = new Uint8Array(height * row)
  for (let y = 0; y < height; y++) {
    const { first, shares } = sharesOf(y, fromHeight, height)
    for (let i = 0; i < row; i++) {
      let sum = 0
      for (let k = 0; k < shares.length; k++) sum += shares[k] * wide[(first + k) * row + i]
      out[y * row + i] = Math.round(sum)
    }
  }
  return out
}

// How much of which pixels makes a pixel of the result.
function sharesOf(index, from, to) {
  const scale = Math.max(1, from / to)
  const centre = ((index + 0.5) * from) / to
  const first = Math.max(0, Math.floor(centre - scale + 0.5))
  const last = Math.min(from, Math.floor(centre + scale + 0.5))
  const heights = Array.from({ length: last - first }, (_, i) => {
    return Math.max(0, 1 - Math.abs(first + i + 0.5 - centre) / scale)
  })
  const sum = heights.reduce((total, height) => total + height, 0)
  return { first, shares: heights.map((height) => height / sum) }
}
`

/** From bytes of pixels, with this many values each, to labels with probabilities. */
function classify(channels: number): string {
  return `async function classify(pixels) {
  const size = width * height
  const planes = new Float32Array(3 * size)
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < size; i++) {
      planes[c * size + i] = (pixels[${channels} * i + c] / 255 - mean[c]) / std[c]
    }
  }
  const input = new ort.Tensor('float32', planes, [1, 3, height, width])
  const logits = Array.from((await session.run({ pixel_values: input })).logits.data)
  const most = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - most))
  const sum = powers.reduce((total, power) => total + power, 0)
  return labels
    .map((label, i) => ({ label, probability: powers[i] / sum }))
    .sort((a, b) => b.probability - a.probability)
}
`
}

function onnxFile({ files, path }: Exported): string {
  return files.find((file) => file.endsWith('.onnx')) ?? path
}

// A JSON string is also a Python and a JavaScript string.
function quoted(value: string): string {
  return JSON.stringify(value)
}
