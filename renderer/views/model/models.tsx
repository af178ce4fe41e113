/** @file All models in one place: those on this computer, of which one is chosen, and well-known ones to download. */
import { FolderOpen } from 'lucide-react'
import { useState, type JSX } from 'react'

import { downloadable, matches, offersOf, type Order } from '../../store/offers.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { useModelChoice } from '../choose-model.tsx'
import { CatalogueNews, ModelCatalogue, saidOfCard } from './catalogue.tsx'
import { FindAndOrder, ModelChoice, saidOf } from './choice.tsx'
import { FewShotStrip } from './few-shot.tsx'

/** Cards, the question which of them suits the photos, and the way to choose a file. */
export function Models(): JSX.Element {
  const { choose } = useSubject('model', 'choose')
  const { begin, dialog } = useModelChoice(text.model.chooseTitle, (path) => void choose(path))
  const [words, setWords] = useState('')
  const [order, setOrder] = useState<Order>('suits')
  return (
    <section className="stack" aria-labelledby="models">
      <div className="row apart">
        <h2 id="models">{text.model.models}</h2>
        <FindAndOrder words={words} order={order} onWords={setWords} onOrder={setOrder} />
      </div>
      <HonestWord />
      <FewShotStrip />
      <CatalogueNews />
      <div className="model-cards">
        <ModelChoice words={words} order={order} />
        <ModelCatalogue words={words} order={order} />
      </div>
      <NoMatch words={words} />
      <div className="row">
        <Button onClick={begin}>
          <FolderOpen size={17} aria-hidden="true" />
          {text.model.chooseFile}
        </Button>
        <span className="small soft">{text.model.ownHint}</span>
      </div>
      {dialog}
    </section>
  )
}

/** Said where no model here or to download has the words that are searched for. */
function NoMatch({ words }: { readonly words: string }): JSX.Element | null {
  const { cards } = useSubject('model', 'cards')
  const { cards: catalogue } = useSubject('catalogue', 'cards')
  const said = [...offersOf(cards, catalogue).map(saidOf), ...downloadable(catalogue).map(saidOfCard)]
  if (said.length === 0 || said.some((one) => matches(one, words))) return null
  return <p className="soft">{text.model.noMatch}</p>
}

/** Bytes of a download that is called small. */
const small = 100e6

/** Said as long as there is nothing but the starter, which has never seen a photo. */
function HonestWord(): JSX.Element | null {
  const { cards } = useSubject('model', 'cards')
  const { cards: catalogue } = useSubject('catalogue', 'cards')
  const sizes = downloadable(catalogue).flatMap(({ bytes }) => (bytes <= small ? [bytes] : []))
  const hasOthers = offersOf(cards, catalogue).some(({ source }) => source !== 'starter')
  if (hasOthers || sizes.length === 0) return null
  return (
    <p className="model-honest">
      {text.model.honest(text.model.bytes(Math.min(...sizes)), text.model.bytes(Math.max(...sizes)))}
    </p>
  )
}
