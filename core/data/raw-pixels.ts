/** @file Pixels decoded here and not by sharp, which are processed further as if sharp had decoded them. */

/** Rows from the top, `channels` bytes per pixel: R, G, B and, with 4, alpha (255 is opaque). */
export interface RawPixels {
  readonly width: number
  readonly height: number
  readonly channels: 3 | 4
  readonly data: Uint8Array<ArrayBuffer>
}
