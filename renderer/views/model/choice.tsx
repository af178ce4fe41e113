/** @file The models on this computer, one of which is chosen: the starter, files that were opened, finished downloads. */
import { useState, type JSX, type ReactNode } from 'react'

import { ShareBar } from '../../charts/bars.tsx'
import type { ModelDescription } from '../../../core/api/contract/models.ts'
import {
  matches,
  offersOf,
  orders,
  paceOf,
  sortedOffers,
  type Offer,
  type Order,
} from '../../store/offers.ts'
import { useSubject } from '../../studio.ts'
import { goodForOf } from '../../text/good-for.ts'
import { worded } from '../../text/sentences.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Fold } from '../../ui/fold.tsx'
import { useExpected, type Expected } from './few-shot-question.ts'

/** The models on this computer as cards of which one is chosen; none of them for words that fit none. */
export function ModelChoice({ words, order }: Search): JSX.Element {
  const { cards } = useSubject('model', 'cards')
  const { cards: catalogue } = useSubject('catalogue', 'cards')
  const { work } = useSubject('fewShot', 'work')
  const expected = useExpected()
  const ranking = useRanking(order, work === null ? expected : null)
  const offers = offersOf(cards, catalogue)
  const shown = sortedOffers(offers, order, ranking).filter((offer) => matches(saidOf(offer), words))
  return (
    <fieldset>
      <legend className="visually-hidden">{text.model.here}</legend>
      {shown.map((offer) => (
        <Card key={offer.path} offer={offer} expected={expected.get(offer.path) ?? null} />
      ))}
    </fieldset>
  )
}

/**
 * The answer that the cards are ranked by: the one that was there when the list was opened or its order chosen. A later one is
 * written on the cards and moves none of them, because someone may be about to press one.
 */
function useRanking(
  order: Order,
  expected: ReadonlyMap<string, Expected> | null,
): ReadonlyMap<string, number> {
  const [ranked, setRanked] = useState<{ readonly order: Order; readonly by: typeof expected }>({
    order,
    by: expected,
  })
  if (ranked.order !== order) setRanked({ order, by: expected })
  return new Map([...(ranked.by ?? [])].map(([path, { accuracy }]) => [path, accuracy]))
}

/** What the list of models is searched for, and its order. */
export interface Search {
  readonly words: string
  readonly order: Order
}

interface FindProps {
  readonly words: string
  readonly order: Order
  readonly onWords: (words: string) => void
  readonly onOrder: (order: Order) => void
}

/** Search words, and an order. */
export function FindAndOrder({ words, order, onWords, onOrder }: FindProps): JSX.Element {
  return (
    <div className="row">
      <input
        className="input model-find"
        type="search"
        aria-label={text.model.find}
        placeholder={text.model.find}
        value={words}
        onChange={({ target }) => onWords(target.value)}
      />
      <select
        className="input select"
        aria-label={text.model.order}
        value={order}
        onChange={({ target }) => onOrder(orders.find((one) => one === target.value) ?? 'recommended')}
      >
        {orders.map((one) => (
          <option key={one} value={one}>
            {text.model.orders[one]}
          </option>
        ))}
      </select>
    </div>
  )
}

/** What is searched for words. */
export function saidOf({ name, model, listed, path }: Offer): string[] {
  return [name, model?.family ?? '', listed?.family ?? '', listed === null ? '' : goodForOf(listed), path]
}

interface CardProps {
  readonly offer: Offer
  readonly expected: Expected | null
}

function Card({ offer, expected }: CardProps): JSX.Element {
  const { state, speed, choose } = useSubject('model', 'state', 'speed', 'choose')
  const { outcome } = useSubject('fewShot', 'outcome')
  const { path, name, source, model, listed, problem } = offer
  const isChosen = state.phase === 'ready' && state.model.path === path
  const isStarter = source === 'starter'
  const pace = paceOf(offer, speed)
  const bytes = model?.bytes ?? listed?.bytes ?? 0
  return (
    <div className="model-card">
      <label>
        <input
          type="radio"
          name="model"
          checked={isChosen}
          disabled={problem !== null}
          onChange={() => void choose(path)}
        />
        <span className="row tight">
          <strong>{isStarter ? text.model.starter : name}</strong>
          {outcome?.best === path ? <span className="tag accent">{text.model.suitsBest}</span> : null}
          {outcome?.alike.includes(path) === true ? <span className="tag">{text.model.asGood}</span> : null}
        </span>
        <span className="small soft">{problem === null ? hintOf(offer) : worded(problem)}</span>
        {problem === null ? (
          <Figures figures={[text.model.bytes(bytes), ...(pace === null ? [] : [text.model.pace(pace)])]} />
        ) : null}
        <ExpectedOnPhotos expected={expected} />
      </label>
      <Fold title={text.model.details}>
        <Details offer={offer} />
      </Fold>
    </div>
  )
}

/** A line that is there before its figure is. */
function ExpectedOnPhotos({ expected }: Pick<CardProps, 'expected'>): JSX.Element {
  return (
    <span className="model-expected">
      {expected === null ? null : (
        <>
          <strong className="number">{text.model.expected(expected.accuracy, expected.spread)}</strong>
          <span className="small">{text.model.onYours}</span>
          <ShareBar share={expected.accuracy} />
        </>
      )}
    </span>
  )
}

/** Short figures in a line, none of them broken. */
export function Figures({ figures }: { readonly figures: readonly string[] }): JSX.Element {
  return (
    <span className="small model-figures">
      {figures.map((figure) => (
        <span key={figure}>{figure}</span>
      ))}
    </span>
  )
}

function hintOf({ source, model, listed }: Offer): string {
  if (listed !== null) return goodForOf(listed)
  if (source === 'starter') return text.model.starterHint
  return model?.kind === 'run' ? text.model.runHint : text.model.openedHint
}

function licenceOf({ source, model, listed }: Offer): string {
  if (listed !== null) return listed.licence.name
  if (source === 'starter') return text.model.starterLicence
  return model?.kind === 'run' ? text.model.runLicence : text.model.unknownLicence
}

function Details({ offer }: { readonly offer: Offer }): JSX.Element {
  const { model, listed, path, source } = offer
  return (
    <div className="stack tight">
      <dl className="facts small">
        <Fact name={text.model.licence}>{licenceOf(offer)}</Fact>
        {model === null ? null : <Sizes model={model} />}
        <Fact name={text.model.place}>
          <span className="path">{path}</span>
        </Fact>
      </dl>
      {source === 'opened' ? <Forget path={path} /> : null}
      {listed === null ? null : <RemoveDownload offer={offer} />}
    </div>
  )
}

function Sizes({ model }: { readonly model: ModelDescription }): JSX.Element {
  return (
    <>
      <Fact name={text.model.family}>{model.family}</Fact>
      <Fact name={text.model.size}>{text.model.parameters(model.parameters)}</Fact>
      <Fact name={text.model.native}>{text.model.pixels(model.resolution.height)}</Fact>
    </>
  )
}

/** A name and its value, for a list of facts. */
export function Fact({
  name,
  children,
}: {
  readonly name: string
  readonly children: ReactNode
}): JSX.Element {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Forget({ path }: { readonly path: string }): JSX.Element {
  const { forget } = useSubject('model', 'forget')
  return (
    <div>
      <Button look="quiet" onClick={() => void forget(path)}>
        {text.model.forget}
      </Button>
      <p className="small soft">{text.model.forgetHint}</p>
    </div>
  )
}

/** A download can be deleted while it is not the model in use. */
function RemoveDownload({ offer: { path, listed } }: { readonly offer: Offer }): JSX.Element | null {
  const { remove, problems } = useSubject('catalogue', 'remove', 'problems')
  const { state, forget } = useSubject('model', 'state', 'forget')
  if (listed === null) return null
  const isShared = listed.state.state === 'ready' && listed.state.shared
  if (isShared) return <p className="small soft">{text.model.shared}</p>
  const isChosen = state.phase === 'ready' && state.model.path === path
  return (
    <div>
      <Button
        look="quiet"
        disabled={isChosen}
        onClick={() => void remove(listed.id).then(async () => forget(path))}
      >
        {text.model.remove}
      </Button>
      {problems[listed.id] === undefined ? null : <p className="small">{problems[listed.id]}</p>}
    </div>
  )
}
