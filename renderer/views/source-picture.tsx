/** @file A picture as it is, wherever it comes from. */
import { useEffect, useState, type JSX } from 'react'

import type { ImageSource } from '../store/image-source.ts'
import { useStudio } from '../studio.ts'
import { Thumbnail } from './data/thumbnail.tsx'
import { useObjectUrl } from './object-url.ts'

interface Props {
  readonly source: ImageSource
  /** Pixels of the longer side, for pictures of the engine's machine. */
  readonly size: number
  readonly alt: string
  readonly className: string
}

/** A placeholder of the same size until it is there. */
export function SourcePicture({ source, size, alt, className }: Props): JSX.Element {
  return 'file' in source ? (
    <FilePicture file={source.file} size={size} alt={alt} className={className} />
  ) : (
    <Thumbnail {...source} size={size} alt={alt} className={className} />
  )
}

interface FileProps extends Omit<Props, 'source'> {
  readonly file: File
}

/** The file itself, or what the engine makes of one that the browser cannot show, as of a HEIC. */
function FilePicture({ file, size, alt, className }: FileProps): JSX.Element {
  const own = useObjectUrl(file)
  const [unshown, setUnshown] = useState<File | null>(null)
  const preview = useObjectUrl(usePreview(unshown === file ? file : null, size))
  const url = unshown === file ? preview : own
  if (url !== null)
    return <img className={className} src={url} alt={alt} decoding="async" onError={() => setUnshown(file)} />
  return alt === '' ? (
    <div className={className} />
  ) : (
    <div className={className} role="img" aria-label={alt} />
  )
}

/** Null until the engine has made it; a file that it cannot read either has its reason in the answer. */
function usePreview(file: File | null, size: number): Blob | null {
  const { api } = useStudio()
  const [made, setMade] = useState<{ readonly of: File; readonly picture: Blob } | null>(null)
  useEffect(() => {
    if (file === null) return undefined
    const interest = new AbortController()
    const ask = async (): Promise<void> => {
      const bytes = new Uint8Array(await file.arrayBuffer())
      const jpeg = await api.data.preview({ bytes, size }, { signal: interest.signal })
      if (!interest.signal.aborted)
        setMade({ of: file, picture: new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' }) })
    }
    const leaveEmpty = (): void => undefined
    void ask().catch(leaveEmpty)
    return () => interest.abort()
  }, [api, file, size])
  return made !== null && made.of === file ? made.picture : null
}
