/**
 * @file Entry of a worker thread that decodes the primary image of HEIC files with libheif, built as WebAssembly. Plain
 * JavaScript, because a thread is started from this very file where the sources are not bundled.
 *
 * libheif's C interface is called as it is (`heif.h` of 1.23), pointers being numbers, because only there can it be told
 * to be strict: otherwise a file that is cut off has pictures with parts missing.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'

/**
 * The functions that return an error write it to their first argument.
 *
 * @typedef {{
 *   readonly HEAPU8: Uint8Array<ArrayBuffer>,
 *   readonly _malloc: (bytes: number) => number,
 *   readonly _free: (memory: number) => void,
 *   readonly _heif_get_global_security_limits: () => number,
 *   readonly _heif_context_alloc: () => number,
 *   readonly _heif_context_free: (context: number) => void,
 *   readonly _heif_context_read_from_memory_without_copy: (error: number, context: number, file: number, bytes: number,
 *     options: number) => void,
 *   readonly _heif_context_get_primary_image_handle: (error: number, context: number, handle: number) => void,
 *   readonly _heif_image_handle_has_alpha_channel: (handle: number) => number,
 *   readonly _heif_image_handle_release: (handle: number) => void,
 *   readonly _heif_decoding_options_alloc: () => number,
 *   readonly _heif_decoding_options_free: (options: number) => void,
 *   readonly _heif_decode_image: (error: number, handle: number, image: number, colours: number, chroma: number,
 *     options: number) => void,
 *   readonly _heif_image_get_primary_width: (image: number) => number,
 *   readonly _heif_image_get_primary_height: (image: number) => number,
 *   readonly _heif_image_get_plane_readonly: (image: number, channel: number, stride: number) => number,
 *   readonly _heif_image_release: (image: number) => void,
 * }} Libheif
 */

const coloursRgb = 1
const chromaRgb = 10
const chromaRgba = 11
const channelInterleaved = 10
const errorBytes = 12

const require = createRequire(import.meta.url)
const script = require.resolve('libheif-js/libheif-wasm/libheif.js')
/** @type {Libheif} */
const libheif = require(script)({ wasmBinary: readFileSync(script.replace(/js$/, 'wasm')) })
/** The error of the last call, and the pointer or number it gave. */
const error = libheif._malloc(errorBytes)
const given = libheif._malloc(4)

const port = parentPort
port?.on('message', (/** @type {{ file: Uint8Array, mostPixels: number }} */ { file, mostPixels }) => {
  try {
    setLimits(mostPixels)
    const pixels = decode(file)
    port.postMessage(pixels, [pixels.data.buffer])
  } catch (problem) {
    port.postMessage({ error: problem instanceof Error ? problem.message : String(problem) })
  }
})

/** Memory moves when it grows, so it is looked at afresh each time. */
function memory() {
  return new DataView(libheif.HEAPU8.buffer)
}

/**
 * Of `heif_security_limits`: the pixels of an image, and all memory of a context, 64 bits each.
 *
 * @param {number} mostPixels
 */
function setLimits(mostPixels) {
  const limits = libheif._heif_get_global_security_limits()
  memory().setBigUint64(limits + 8, BigInt(mostPixels), true)
  memory().setBigUint64(limits + 64, BigInt(workerData.mostBytes), true)
}

/**
 * @param {Uint8Array} file
 * @returns {{ width: number, height: number, channels: 3 | 4, data: Uint8Array<ArrayBuffer> }} turned and mirrored as
 *   the file asks, 8 bits per channel
 */
function decode(file) {
  const context = libheif._heif_context_alloc()
  const bytes = libheif._malloc(file.length)
  try {
    if (bytes === 0) throw new Error('not enough memory')
    libheif.HEAPU8.set(file, bytes)
    libheif._heif_context_read_from_memory_without_copy(error, context, bytes, file.length, 0)
    requireSuccess()
    libheif._heif_context_get_primary_image_handle(error, context, given)
    const handle = pointerGiven()
    try {
      return pixelsOf(handle)
    } finally {
      libheif._heif_image_handle_release(handle)
    }
  } finally {
    libheif._heif_context_free(context)
    libheif._free(bytes)
  }
}

/** @param {number} handle */
function pixelsOf(handle) {
  /** @type {3 | 4} */
  const channels = libheif._heif_image_handle_has_alpha_channel(handle) === 1 ? 4 : 3
  const options = libheif._heif_decoding_options_alloc()
  // `strict_decoding` of `heif_decoding_options`.
  memory().setUint8(options + 21, 1)
  libheif._heif_decode_image(
    error,
    handle,
    given,
    coloursRgb,
    channels === 4 ? chromaRgba : chromaRgb,
    options,
  )
  libheif._heif_decoding_options_free(options)
  const image = pointerGiven()
  try {
    return { channels, ...packed(image, channels) }
  } finally {
    libheif._heif_image_release(image)
  }
}

/**
 * The rows without the gaps between them.
 *
 * @param {number} image
 * @param {3 | 4} channels
 */
function packed(image, channels) {
  const width = libheif._heif_image_get_primary_width(image)
  const height = libheif._heif_image_get_primary_height(image)
  const plane = libheif._heif_image_get_plane_readonly(image, channelInterleaved, given)
  const stride = memory().getInt32(given, true)
  const row = width * channels
  const data = new Uint8Array(row * height)
  for (let y = 0; y < height; y++) {
    const start = plane + y * stride
    data.set(libheif.HEAPU8.subarray(start, start + row), y * row)
  }
  return { width, height, data }
}

function pointerGiven() {
  requireSuccess()
  return memory().getUint32(given, true)
}

/** @throws {Error} in libheif's words */
function requireSuccess() {
  if (memory().getInt32(error, true) === 0) return
  const text = memory().getUint32(error + 8, true)
  const end = libheif.HEAPU8.indexOf(0, text)
  throw new Error(new TextDecoder().decode(libheif.HEAPU8.slice(text, end)))
}
