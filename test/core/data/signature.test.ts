import { describe, expect, it } from 'vitest'

import { readSignature } from '../../../core/data/signature.ts'
import { inEnglish } from '../../../core/sentence.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

describe('readSignature', () => {
  it.each([
    ['\xff\xd8\xff\xe0', 'jpeg'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['GIF89a', 'gif'],
    ['RIFF\x10\0\0\0WEBPVP8 ', 'webp'],
    ['MM\0*\0\0', 'tiff'],
    ['II+\0\x08\0', 'tiff'],
    ['BM6\0', 'bmp'],
    ['P6\n640 480\n255\n', 'pnm'],
    ['P2 # made by hand\n#\n3 2', 'pnm'],
    ['\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf', 'avif'],
    ['\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf', 'avif'],
    ['\0\0\0\x14ftypheic\0\0\0\0mif1', 'heic'],
  ])('knows %j as %s', (text, format) => {
    expect(readSignature(bytes(text))).toEqual({ format })
  })

  it.each([
    ['', /empty/],
    ['\0\0\0\0', /nothing but zeros/],
    ['\0\0\0\x14ftypqt  \0\0\0\0qt  ', /video/],
    ['RIFF\x10\0\0\0WAVEfmt ', /not in any known image format/],
    ['  <html lang="en">', /web page/],
    ['<?xml version="1.0"?>\n<!-- x -->\n<svg width="1">', /SVG/],
    ['<svg>', /SVG/],
    ['name,label\na.jpg,1\n', /text file/],
    ['%PDF-1.4', /PDF/],
    ['P3 is a text that begins so', /text file/],
    ['P7\nWIDTH 3\n', /PAM/],
    ['\x89HDF\r\n\x1a\n', /HDF5/],
    [`${'\x01'.repeat(128)}DICM`, /DICOM/],
    ['\x01\x02\x03', /not in any known image format/],
  ])('refuses %j with a sentence', (text, reason) => {
    const found = readSignature(bytes(text))
    expect('refused' in found && inEnglish(found.refused)).toMatch(reason)
  })
})
