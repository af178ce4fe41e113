/** @file Models that can be downloaded, each with its size and terms before anything is fetched. */
import { Download, Pause } from 'lucide-react'
import { useState, type JSX } from 'react'

import type { CatalogueCard, DownloadEvent } from '../../../core/api/contract/catalogue.ts'
import { downloadable, matches, paceOf, sortedCards } from '../../store/offers.ts'
import { useSubject } from '../../studio.ts'
import { goodForOf } from '../../text/good-for.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useModelChoice } from '../choose-model.tsx'
import { Fact, Figures, type Search } from './choice.tsx'
import { worded } from '../../text/sentences.ts'

/** Shown at first; the others are a button away. */
const fewModels = 5

/** Cards beside those of the models that are here already. Nothing here starts by itself. */
export function ModelCatalogue({ words, order }: Search): JSX.Element {
  const { cards } = useSubject('catalogue', 'cards')
  const [isWhole, setWhole] = useState(false)
  const shown = sortedCards(downloadable(cards), order).filter((card) => matches(saidOfCard(card), words))
  return (
    <>
      <ul aria-label={text.model.toDownload}>
        {shown.slice(0, isWhole ? shown.length : fewModels).map((card) => (
          <CatalogueItem key={card.id} card={card} />
        ))}
      </ul>
      {isWhole || shown.length <= fewModels ? null : (
        <div className="models-all">
          <Button look="quiet" onClick={() => setWhole(true)}>
            {text.model.showAll(shown.length)}
          </Button>
        </div>
      )}
    </>
  )
}

/** What is searched for words. */
export function saidOfCard(card: CatalogueCard): string[] {
  return [card.name, card.family, goodForOf(card), card.licence.name]
}

/** What went wrong with the list, and copies that are still on this machine after a model was removed. */
export function CatalogueNews(): JSX.Element {
  const { problem, left } = useSubject('catalogue', 'problem', 'left')
  return (
    <>
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
      {left.map(({ place, path, bytes }) => (
        <Notice key={path} kind="info">
          {text.model.stays[place](path, text.model.bytes(bytes))}
        </Notice>
      ))}
    </>
  )
}

function CatalogueItem({ card }: { readonly card: CatalogueCard }): JSX.Element {
  const { speed } = useSubject('model', 'speed')
  const { problems } = useSubject('catalogue', 'problems')
  const { id, name, bytes, licence } = card
  const pace = paceOf(card, speed)
  const problem = problems[id]
  return (
    <li className="model-card">
      <div className="stack tight">
        <span className="row tight">
          <strong>{name}</strong>
          {licence.permissive ? null : <span className="tag warm">{text.model.notCommercial}</span>}
        </span>
        <span className="small soft">{goodForOf(card)}</span>
        <Figures
          figures={[text.model.bytes(bytes), ...(pace === null ? [] : [text.model.pace(pace)]), licence.name]}
        />
        {problem === undefined ? null : (
          <p className="small problem" role="alert">
            {problem}
          </p>
        )}
        <State card={card} />
      </div>
      <Fold title={text.model.details}>
        <Details card={card} />
      </Fold>
    </li>
  )
}

function State({ card }: { readonly card: CatalogueCard }): JSX.Element | null {
  const { download, remove, importing } = useSubject('catalogue', 'download', 'remove', 'importing')
  const { id, name, bytes, state } = card
  const copying = importing[id]
  if (copying !== undefined) {
    return (
      <div className="stack tight">
        <p className="small">{text.model.importing}</p>
        <Progress label={text.model.importing} share={copying.done / Math.max(1, copying.total)} />
      </div>
    )
  }
  switch (state.state) {
    case 'ready':
      return null
    case 'downloading':
      return <Downloading id={id} name={name} latest={state.latest} />
    case 'partial':
      return (
        <div className="stack tight">
          <p className="small">
            {text.model.partial(text.model.bytes(state.bytes), text.model.bytes(bytes))}
          </p>
          <div className="row tight">
            <Button onClick={() => void download(id)}>
              <Download size={16} aria-hidden="true" />
              {text.model.continueDownload}
            </Button>
            <Button look="quiet" onClick={() => void remove(id)}>
              {text.model.removePartial}
            </Button>
          </div>
        </div>
      )
    case 'absent':
      return (
        <div>
          <Button onClick={() => void download(id)}>
            <Download size={16} aria-hidden="true" />
            {text.model.download(text.model.bytes(bytes))}
            <span className="visually-hidden">{name}</span>
          </Button>
        </div>
      )
    default:
      return state
  }
}

interface DownloadingProps {
  readonly id: string
  readonly name: string
  readonly latest: DownloadEvent
}

function Downloading({ id, name, latest }: DownloadingProps): JSX.Element {
  const { pause } = useSubject('catalogue', 'pause')
  const share = latest.type === 'progress' ? latest.done / Math.max(1, latest.total) : undefined
  return (
    <div className="stack tight">
      <p className="small number">{saidOf(latest)}</p>
      <Progress label={text.model.downloading(name)} share={share} />
      <div>
        <Button onClick={() => void pause(id)}>
          <Pause size={16} aria-hidden="true" />
          {text.model.pause}
          <span className="visually-hidden">{name}</span>
        </Button>
      </div>
    </div>
  )
}

function saidOf(latest: DownloadEvent): string {
  switch (latest.type) {
    case 'progress': {
      const { done, total, bytesPerSecond, secondsLeft } = latest
      const [here, all, pace] = [done, total, bytesPerSecond].map((bytes) => text.model.bytes(bytes))
      const transferred = text.model.transferred(here ?? '', all ?? '', pace ?? '')
      return secondsLeft === null ? transferred : `${transferred}, ${text.model.left(secondsLeft)}`
    }
    case 'waiting':
      return text.model.waiting(worded(latest.reason), latest.seconds)
    case 'checking':
    case 'done':
      return text.model.checkingDownload
    default:
      return latest
  }
}

function Details({ card }: { readonly card: CatalogueCard }): JSX.Element {
  const { importFile } = useSubject('catalogue', 'importFile')
  const { id, name, family, parameters, patch, resolution, licence, source, state } = card
  const { begin, dialog } = useModelChoice(text.model.importTitle(name), (path) => void importFile(id, path))
  return (
    <div className="stack tight">
      <dl className="facts small">
        <Fact name={text.model.licence}>{licence.name}</Fact>
        <Fact name={text.model.family}>{family}</Fact>
        <Fact name={text.model.size}>{text.model.parameters(parameters)}</Fact>
        <Fact name={text.model.patch}>{text.model.patchValue(patch)}</Fact>
        <Fact name={text.model.native}>{text.model.pixels(resolution)}</Fact>
        <Fact name={text.model.source}>{text.model.sources[source]}</Fact>
      </dl>
      <div>
        <Button look="quiet" disabled={state.state === 'downloading'} onClick={begin}>
          {text.model.importFile}
        </Button>
      </div>
      {dialog}
    </div>
  )
}
