/** @file What the first bytes of a file say it is. Only kinds listed as readable are ever passed to a decoder. */
import { say, type Sentence } from '../sentence.ts'

/** Kinds of image that can be read; `pnm` are PBM, PGM and PPM. */
export const imageFormats = ['jpeg', 'png', 'webp', 'avif', 'heic', 'gif', 'tiff', 'bmp', 'pnm'] as const
export type ImageFormat = (typeof imageFormats)[number]

/** Either a format that can be read, or the reason why not, as a sentence. */
export type Signature = { readonly format: ImageFormat } | { readonly refused: Sentence }

/** How many bytes from the start of a file `readSignature` wants to see. */
export const signatureBytes = 1024

const formats: readonly (readonly [ImageFormat, ...string[]])[] = [
  ['jpeg', '\xff\xd8\xff'],
  ['png', '\x89PNG\r\n\x1a\n'],
  ['gif', 'GIF87a', 'GIF89a'],
  ['tiff', 'II*\0', 'MM\0*', 'II+\0', 'MM\0+'],
  ['bmp', 'BM'],
]

// Two letters alone would make an image of a text that begins so.
const pnm = /^P[1-6](?:\s|#[^\n]*\n)+\d/

const refusedStarts: readonly (readonly [reason: Sentence, ...string[]])[] = [
  [say`A PDF document, not an image. Export its pages as PNG or JPEG.`, '%PDF'],
  [say`A Photoshop file. Export it as PNG or JPEG.`, '8BPS'],
  [say`A zip archive (or an office document), not an image.`, 'PK\x03\x04', 'PK\x05\x06'],
  [say`An archive, not an image.`, '\x1f\x8b', '7z\xbc\xaf', 'Rar!'],
  [say`A JPEG XL image, which cannot be read here. Convert it to JPEG or PNG.`, '\xff\x0a', '\0\0\0\x0cJXL '],
  [
    say`A JPEG 2000 image, which cannot be read here. Convert it to JPEG or PNG.`,
    '\0\0\0\x0cjP ',
    '\xff\x4f\xff\x51',
  ],
  [say`An icon file. Convert it to PNG.`, '\0\0\x01\0', '\0\0\x02\0'],
  [say`An OpenEXR image, which cannot be read here. Convert it to PNG or TIFF.`, 'v/1\x01'],
  [say`A video, not an image.`, '\x1aE\xdf\xa3'],
  [say`A sound file, not an image.`, 'ID3', 'OggS', 'fLaC'],
  [say`A NumPy array, not an image.`, '\x93NUMPY'],
  [say`An HDF5 file (MATLAB, Keras), not an image.`, '\x89HDF\r\n'],
  [say`A FITS file of astronomy, which cannot be read here. Export it as PNG or TIFF.`, 'SIMPLE  ='],
  [
    say`A picture of Radiance (HDR), which cannot be read here. Convert it to PNG or TIFF.`,
    '#?RADIANCE',
    '#?RGBE',
  ],
  [say`A PAM or PFM image, which cannot be read here. Convert it to PNG or PPM.`, 'P7\n', 'PF\n', 'Pf\n'],
  [say`A GIMP file. Export it as PNG or JPEG.`, 'gimp xcf'],
  [say`A texture (DDS), which cannot be read here. Convert it to PNG.`, 'DDS '],
  [say`A QOI image, which cannot be read here. Convert it to PNG.`, 'qoif'],
  [say`A program, not an image.`, 'MZ', '\x7fELF'],
  [
    say`Only a Git LFS pointer: the image itself was not downloaded (git lfs pull).`,
    'version https://git-lfs',
  ],
]

const refusedTexts: readonly (readonly [reason: Sentence, pattern: RegExp])[] = [
  [say`A drawing (SVG), which has no pixels. Export it as PNG.`, /^\s*(?:<[?!][^]*)?<svg\b/i],
  [
    say`A web page saved under the name of an image. Download the image itself.`,
    /^\s*<(?:!doctype html|html|head|body)\b/i,
  ],
  [say`A text file, not an image.`, /^[\s\x20-\x7e]+$/],
]

const heicBrands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1']

/** Recognises a file by its first bytes, whatever its name. */
export function readSignature(head: Uint8Array): Signature {
  if (head.length === 0) return { refused: say`The file is empty (0 bytes).` }
  if (head.every((byte) => byte === 0))
    return { refused: say`The file holds nothing but zeros: copying or downloading it failed.` }
  const text = Buffer.from(head).toString('latin1')
  const begins = (start: string): boolean => text.startsWith(start)
  const format = formats.find(([, ...starts]) => starts.some(begins))
  if (format !== undefined) return { format: format[0] }
  if (pnm.test(text)) return { format: 'pnm' }
  if (begins('RIFF') && text.slice(8, 12) === 'WEBP') return { format: 'webp' }
  if (text.slice(4, 8) === 'ftyp') return readBrands(text)
  if (text.slice(128, 132) === 'DICM')
    return { refused: say`A medical image (DICOM), which cannot be read here. Export it as PNG or TIFF.` }
  const refusal =
    refusedStarts.find(([, ...starts]) => starts.some(begins)) ??
    refusedTexts.find(([, pattern]) => pattern.test(text))
  return { refused: refusal?.[0] ?? say`Not an image: its content is not in any known image format.` }
}

// ISO base media: a size, "ftyp", the main brand, a version, then the brands it is compatible with.
function readBrands(text: string): Signature {
  const size = Buffer.from(text.slice(0, 4), 'latin1').readUInt32BE(0)
  const brands = [text.slice(8, 12), ...(text.slice(16, size).match(/.{4}/gs) ?? [])]
  if (brands.includes('avif') || brands.includes('avis')) return { format: 'avif' }
  if (brands.some((brand) => heicBrands.includes(brand))) return { format: 'heic' }
  return { refused: say`A video, not an image.` }
}
