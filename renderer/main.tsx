/** @file Starts the window: connects to the engine and shows the screens, or the sentence why there is no connection. */
import '@fontsource-variable/inter'
import { StrictMode, useState, useEffect, type JSX } from 'react'
import { createRoot } from 'react-dom/client'
import * as z from 'zod'

import { connect } from '../core/api/client.ts'
import { contract } from '../core/api/contract.ts'
import type { Port } from '../core/api/rpc.ts'
// Before the screens, whose own styles come after these; those of the charts are first, because ours adapt them.
import 'uplot/dist/uPlot.min.css'
import './styles/tokens.css'
import './styles/kinds.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/layout.css'
import './styles/parts.css'
import { App } from './app.tsx'
import { openConnection } from './connection.ts'
import { storedPhotoSide } from './photo-side.ts'
import { storeAnswers, storedAnswers } from './stored-answers.ts'
import { createStudio, StudioContext } from './studio.ts'
import { text } from './text/text.ts'
import { applyTheme, storedTheme } from './theme.ts'
import { Button } from './ui/button.tsx'
import { Notice } from './ui/notice.tsx'

// The page's policy allows no code from strings, which zod would otherwise try.
z.config({ jitless: true })
applyTheme(storedTheme())

const port = await openConnection()
const root = document.querySelector('#root')
if (root !== null)
  createRoot(root).render(<StrictMode>{port === null ? <NotLetIn /> : windowOver(port)}</StrictMode>)

function windowOver(opened: Port): JSX.Element {
  const lost = new Promise<void>((resolve) => opened.onClose(resolve))
  const studio = createStudio(connect(opened, contract), storedAnswers())
  storeAnswers(studio.answered)
  studio.wall.getState().resize(storedPhotoSide())
  return (
    <StudioContext value={studio}>
      <Window lost={lost} />
    </StudioContext>
  )
}

function Window({ lost }: { readonly lost: Promise<void> }): JSX.Element {
  const [isLost, setLost] = useState(false)
  useEffect(() => void lost.then(() => setLost(true)), [lost])
  if (!isLost) return <App />
  return <Closed sentence={text.common.lost} />
}

/** The server does not know this browser. */
function NotLetIn(): JSX.Element {
  // An address typed here with its key differs only after the #, for which nothing is loaded.
  useEffect(() => addEventListener('hashchange', reload), [])
  return <Closed sentence={text.common.notLetIn} />
}

function Closed({ sentence }: { readonly sentence: string }): JSX.Element {
  return (
    <main className="lost">
      <h1>{text.common.app}</h1>
      <Notice kind="error" action={<Button onClick={reload}>{text.common.reload}</Button>}>
        {sentence}
      </Notice>
    </main>
  )
}

function reload(): void {
  location.reload()
}
