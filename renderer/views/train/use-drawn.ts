/** @file An image of the person's as training would see it, drawn by the training code itself. */
import { useEffect, useState } from 'react'

import { useSelected, useStudio, type Studio } from '../../studio.ts'

type DrawnInput = Omit<Parameters<Studio['api']['runs']['augmented']>[0], 'mean'>

const grey = [0.5, 0.5, 0.5] as [number, number, number]

/** Addresses of the pictures; the previous ones stay until the new ones arrive. */
export function useDrawn(request: DrawnInput): readonly string[] {
  const { api } = useStudio()
  const mean = useSelected('model', ({ state }) =>
    state.phase === 'ready' ? state.model.normalisation.mean : grey,
  )
  const [urls, setUrls] = useState<readonly string[]>([])
  const { folder, path, augment, framing, resolution, seed, count } = request
  useEffect(() => {
    const interest = new AbortController()
    const input = { folder, path, augment, framing, mean, resolution, seed, count }
    const show = (images: readonly Uint8Array[]): void => {
      if (interest.signal.aborted) return
      const blobs = images.map((bytes) => new Blob([new Uint8Array(bytes)], { type: 'image/png' }))
      setUrls(blobs.map((blob) => URL.createObjectURL(blob)))
    }
    // A picture that cannot be read is listed among the files left out; here its places stay empty.
    const leaveEmpty = (): void => setUrls([])
    void api.runs.augmented(input, { signal: interest.signal }).then(show, leaveEmpty)
    return () => interest.abort()
  }, [api, folder, path, augment, framing, mean, resolution, seed, count])
  useEffect(() => () => urls.forEach((url) => URL.revokeObjectURL(url)), [urls])
  return urls
}
