/**
 * @file A JPEG file without the flaws that lose no pixel: stray bytes between the segments of its header, a version
 * that does not exist, scan parameters that a sequential file may not have. The strict decoder refuses a file for them;
 * without them it can be as strict about the pixels as it should.
 * @see ITU-T T.81, annex B
 */
const startOfScan = 0xda
const endOfImage = 0xd9
const jfif = 0xe0

/** A piece of the header: a marker with what belongs to it. */
interface Segment {
  readonly marker: number
  readonly start: number
  readonly end: number
}

/** The repaired file; undefined if there was nothing to repair, or its header is damaged. */
export function tidyJpeg(file: Buffer): Buffer | undefined {
  const parts: Buffer[] = [file.subarray(0, 2)]
  let isSequential = false
  let isChanged = false
  let offset = 2
  for (let marker = 0; marker !== startOfScan;) {
    const segment = nextSegment(file, offset)
    if (segment === undefined) return undefined
    marker = segment.marker
    isSequential ||= marker === 0xc0 || marker === 0xc1
    const bytes = file.subarray(segment.start, segment.end)
    const tidy = tidySegment(bytes, marker, isSequential)
    // What is before a segment belongs to none.
    isChanged ||= segment.start > offset || tidy !== bytes
    parts.push(tidy)
    offset = segment.end
  }
  return isChanged ? Buffer.concat([...parts, file.subarray(offset)]) : undefined
}

/** The first segment from `offset` on; undefined if there is none before the end, or it is cut off. */
function nextSegment(file: Buffer, offset: number): Segment | undefined {
  for (let start = file.indexOf(0xff, offset); start >= 0; start = file.indexOf(0xff, start + 1)) {
    const marker = file[start + 1]
    if (marker === undefined || marker === endOfImage) return undefined
    // Neither a zero byte nor another 0xff makes a marker of 0xff.
    if (!isSegment(marker)) continue
    if (start + 4 > file.length) return undefined
    const length = file.readUInt16BE(start + 2)
    const end = start + 2 + length
    return length < 2 || end > file.length ? undefined : { marker, start, end }
  }
  return undefined
}

/** Segments have a length; restart markers, the start of an image and reserved codes have not. */
function isSegment(marker: number): boolean {
  return marker >= 0xc0 && marker !== 0xff && marker !== 0xd8 && !(marker >= 0xd0 && marker <= 0xd7)
}

function tidySegment(segment: Buffer, marker: number, isSequential: boolean): Buffer {
  if (marker === jfif && segment.toString('latin1', 4, 9) === 'JFIF\0') return withBytes(segment, 9, [1])
  // After the components: first and last coefficient and the precision, which are 0, 63 and 0 in a sequential file.
  if (marker === startOfScan && isSequential) return withBytes(segment, 5 + 2 * (segment[4] ?? 0), [0, 63, 0])
  return segment
}

/** The segment itself if it has these bytes already. */
function withBytes(segment: Buffer, offset: number, values: readonly number[]): Buffer {
  if (offset + values.length > segment.length) return segment
  if (values.every((value, index) => segment[offset + index] === value)) return segment
  const bytes = Buffer.from(segment)
  bytes.set(values, offset)
  return bytes
}
