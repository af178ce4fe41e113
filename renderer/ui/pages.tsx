/** @file Two or three pages of one screen, of which one is shown. */
import type { JSX } from 'react'

interface Props<Page extends string> {
  readonly label: string
  readonly pages: readonly Page[]
  readonly names: Readonly<Record<Page, string>>
  readonly page: Page
  readonly onPage: (page: Page) => void
}

/** A row of buttons; the pressed one is the visible page. */
export function Pages<Page extends string>(props: Props<Page>): JSX.Element {
  const { label, pages, names, page, onPage } = props
  return (
    <div className="pages" role="group" aria-label={label}>
      {pages.map((one) => (
        <button key={one} type="button" aria-pressed={one === page} onClick={() => onPage(one)}>
          {names[one]}
        </button>
      ))}
    </div>
  )
}
