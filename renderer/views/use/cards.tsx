/** @file A few new images, each with what the model says about it. */
import { useState, type JSX } from 'react'

import type { Asked } from '../../store/use.ts'
import { thresholdOf } from '../../store/answers.ts'
import { useSelected, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { GuessBars } from '../../charts/guesses.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { AttentionChoice, AttentionPicture } from '../attention-picture.tsx'
import { ImageDialog } from '../image-dialog.tsx'

interface Props {
  readonly model: string
  readonly cards: readonly Asked[]
}

/** The newest first; each opens in close-up. */
export function Cards({ model, cards }: Props): JSX.Element {
  const { clearCards } = useSubject('use', 'clearCards')
  const [open, setOpen] = useState<number | null>(null)
  const readable = cards.filter(({ prediction }) => prediction?.reason === null)
  const place = readable.findIndex(({ key }) => key === open)
  const shown = readable[place]
  return (
    <section className="stack" aria-label={text.use.answers}>
      <div className="row apart">
        <AttentionChoice />
        <Button look="quiet" onClick={clearCards}>
          {text.use.clear}
        </Button>
      </div>
      <ul className="answers" aria-live="polite">
        {cards.map((card) => (
          <li key={card.key}>
            <Card model={model} card={card} onOpen={() => setOpen(card.key)} />
          </li>
        ))}
      </ul>
      {shown === undefined ? null : (
        <ImageDialog
          title={shown.file.name}
          model={model}
          source={shown}
          alt={shown.file.name}
          place={place}
          total={readable.length}
          onGo={(next) => setOpen(readable[next]?.key ?? null)}
          onClose={() => setOpen(null)}
        >
          <Answer prediction={shown.prediction} />
        </ImageDialog>
      )}
    </section>
  )
}

interface CardProps {
  readonly model: string
  readonly card: Asked
  readonly onOpen: () => void
}

function Card({ model, card: { file, prediction }, onOpen }: CardProps): JSX.Element {
  const isRead = prediction?.reason === null
  return (
    <article className="answer" aria-label={text.use.guesses(file.name)}>
      {isRead ? (
        <button type="button" aria-label={text.use.openAnswer(file.name)} onClick={onOpen}>
          <AttentionPicture model={model} source={{ file }} alt={file.name} size={320} />
        </button>
      ) : (
        <div className="lit-image" />
      )}
      <div className="stack tight">
        <span className="clip small soft" title={file.name}>
          {file.name}
        </span>
        <Answer prediction={prediction} />
      </div>
    </article>
  )
}

/** The first guess as a word, then all as bars; or why there is none. */
function Answer({ prediction }: Pick<Asked, 'prediction'>): JSX.Element {
  const threshold = useSelected('answers', thresholdOf)
  if (prediction === null) return <Progress label={text.use.asking} />
  const [best] = prediction.top
  if (best === undefined) return <Notice kind="error">{prediction.reason ?? ''}</Notice>
  return (
    <>
      <h3 className="row">
        {best.label}
        {best.probability < threshold ? <span className="tag warning">{text.use.unsure}</span> : null}
      </h3>
      <GuessBars top={prediction.top} />
    </>
  )
}
