/** @file Images dropped anywhere on the window. */
import { useEffect, useState } from 'react'

/**
 * Calls `onFiles` with the files of a drop and returns whether files hover over the window now. While `isActive` is
 * false, drops do nothing, and in no case does the browser leave the page for the file.
 */
export function useDroppedFiles(isActive: boolean, onFiles: (files: readonly File[]) => void): boolean {
  const [isHovering, setHovering] = useState(false)
  useEffect(() => {
    const over = (event: DragEvent): void => {
      event.preventDefault()
      setHovering(isActive && event.dataTransfer?.types.includes('Files') === true)
    }
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setHovering(false)
    }
    const drop = (event: DragEvent): void => {
      event.preventDefault()
      setHovering(false)
      if (isActive) onFiles([...(event.dataTransfer?.files ?? [])])
    }
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [isActive, onFiles])
  return isHovering
}
