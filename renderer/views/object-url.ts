/** @file An address under which the page can show a file. */
import { useEffect, useState } from 'react'

/** Null for a moment at first; the address is released when the view is removed. */
export function useObjectUrl(file: File): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(file)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return url
}
