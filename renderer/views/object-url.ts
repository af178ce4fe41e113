/** @file An address under which the page can show a file. */
import { useEffect, useState } from 'react'

/** Null for a moment at first, and without a file; the address is released when the view is removed. */
export function useObjectUrl(file: Blob | null): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (file === null) return undefined
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return url
}
