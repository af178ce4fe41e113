/** @file The bar above the first screen, which has no rail: the program's name, and the icons in the corner. */
import { LayoutGrid } from 'lucide-react'
import type { JSX } from 'react'

import { text } from '../text/text.ts'
import { WindowTools } from './window-tools.tsx'

/** Nothing leads anywhere from here but the screen itself. */
export function HomeBar(): JSX.Element {
  return (
    <header className="home-bar">
      <span className="brand">
        <LayoutGrid size={22} aria-hidden="true" />
        {text.common.app}
      </span>
      <WindowTools />
    </header>
  )
}
