/** @file An image of the engine's machine as a small picture, fetched when it is shown and kept for a while. */
import { useEffect, useState, type JSX } from 'react'

import type { Api } from '../../../core/api/contract.ts'
import { useStudio } from '../../studio.ts'

/** A picture: the folder and the path in it, and what it is called. */
export interface Picture {
  readonly folder: string
  readonly path: string
  readonly name: string
}

interface Props {
  /** The checked folder, or a folder of a run, that `path` is relative to. */
  readonly folder: string
  readonly path: string
  readonly size: number
  readonly alt: string
  readonly className?: string
}

const mostKept = 2000
const settledMs = 60
const kept = new Map<string, string>()

/** An empty placeholder of the same size is shown until the picture arrives, and stays if it cannot be read. */
export function Thumbnail({ folder, path, size, alt, className }: Props): JSX.Element {
  const { api } = useStudio()
  const key = `${size}\n${folder}\n${path}`
  const [loaded, setLoaded] = useState(() => knownPicture(key))
  useEffect(() => {
    const interest = new AbortController()
    const show = (url: string): void => {
      if (!interest.signal.aborted) setLoaded({ key, url })
    }
    // A picture that cannot be read is listed among the files left out; here its place stays empty.
    const leaveEmpty = (): void => undefined
    const begin = (): void =>
      void load(api, key, { folder, path, size }, interest.signal).then(show, leaveEmpty)
    if (kept.has(key)) return undefined
    // Pictures that only scroll past are not requested.
    const timer = setTimeout(begin, settledMs)
    return () => {
      clearTimeout(timer)
      interest.abort()
    }
  }, [api, key, folder, path, size])
  const url = loaded?.key === key ? loaded.url : kept.get(key)
  if (url !== undefined)
    return <img className={className} src={url} alt={alt} title={path} draggable={false} decoding="async" />
  return alt === '' ? (
    <div className={className} />
  ) : (
    <div className={className} role="img" aria-label={alt} />
  )
}

function knownPicture(key: string): { readonly key: string; readonly url: string } | null {
  const url = kept.get(key)
  return url === undefined ? null : { key, url }
}

async function load(
  api: Api,
  key: string,
  input: { readonly folder: string; readonly path: string; readonly size: number },
  signal: AbortSignal,
): Promise<string> {
  const known = kept.get(key)
  if (known !== undefined) return known
  const bytes = await api.data.thumbnail(input, { signal })
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }))
  keep(key, url)
  return url
}

function keep(key: string, url: string): void {
  kept.set(key, url)
  if (kept.size <= mostKept) return
  const [oldest] = kept
  if (oldest === undefined) return
  kept.delete(oldest[0])
  URL.revokeObjectURL(oldest[1])
}
