/** @file Whether the window is a page in a browser or the desktop program's own. */
import { useEffect, useState } from 'react'

import { useStudio } from '../../studio.ts'

/** Null until the shell has answered. */
export function useShellKind(): 'browser' | 'electron' | null {
  const { api } = useStudio()
  const [kind, setKind] = useState<'browser' | 'electron' | null>(null)
  useEffect(() => {
    const interest = new AbortController()
    api.shell.about(undefined, { signal: interest.signal }).then(
      (about) => setKind(about.kind),
      // Without an answer, nothing that depends on it is shown.
      () => undefined,
    )
    return () => interest.abort()
  }, [api])
  return kind
}
