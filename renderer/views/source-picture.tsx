/** @file A picture as it is, wherever it comes from. */
import type { JSX } from 'react'

import type { ImageSource } from '../store/image-source.ts'
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
    <FilePicture file={source.file} alt={alt} className={className} />
  ) : (
    <Thumbnail {...source} size={size} alt={alt} className={className} />
  )
}

function FilePicture({
  file,
  alt,
  className,
}: Pick<Props, 'alt' | 'className'> & { readonly file: File }): JSX.Element {
  const url = useObjectUrl(file)
  if (url !== null) return <img className={className} src={url} alt={alt} decoding="async" />
  return alt === '' ? (
    <div className={className} />
  ) : (
    <div className={className} role="img" aria-label={alt} />
  )
}
