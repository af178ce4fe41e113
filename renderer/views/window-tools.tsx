/** @file The icons in the corner of every screen: find anything, theme, language. */
import { Languages, Search, SunMoon } from 'lucide-react'
import type { JSX } from 'react'

import { ariaKeys, shownKeys } from '../shortcuts.ts'
import { useStudio } from '../studio.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { ChoiceMenu } from '../ui/choice-menu.tsx'
import { languageChoices, useThemeChoices } from './look-choices.ts'

/** Three buttons of the same size. */
export function WindowTools(): JSX.Element {
  const { palette } = useStudio()
  const find = `${text.palette.open} (${shownKeys('palette')})`
  return (
    <div className="window-tools">
      <Button
        look="quiet"
        className="icon"
        aria-label={text.palette.open}
        aria-keyshortcuts={ariaKeys('palette')}
        title={find}
        onClick={() => palette.getState().open()}
      >
        <Search size={19} aria-hidden="true" />
      </Button>
      <ChoiceMenu
        label={text.common.theme}
        icon={<SunMoon size={19} aria-hidden="true" />}
        choices={useThemeChoices()}
      />
      <ChoiceMenu
        label={text.common.language}
        icon={<Languages size={19} aria-hidden="true" />}
        choices={languageChoices}
      />
    </div>
  )
}
