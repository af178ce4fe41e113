/** @file One training of the list: what it is, how good it is, and what can be done with it. */
import { Pencil, Trash2 } from 'lucide-react'
import { useState, type JSX } from 'react'

import type { RunSummary } from '../../../core/api/contract/runs.ts'
import { isUsable } from '../../store/trainings.ts'
import { useSelected, useStudio, useSubject } from '../../studio.ts'
import { date, percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { CompareTick } from './compare-tick.tsx'
import { nameOfModel, nameOfSetting, valueOfSetting } from './setting-words.ts'

interface Setting {
  readonly name: string
  readonly value: string | number | boolean | null
}

interface Props {
  readonly run: RunSummary
  readonly isBest: boolean
  /** Whether its accuracy was measured on the same images as the newest. */
  readonly isComparable: boolean
  /** Its settings that are not those of every training. */
  readonly differing: readonly Setting[]
}

/** The row of a training. */
export function TrainingRow({ run, isBest, isComparable, differing }: Props): JSX.Element {
  const isOpen = useSelected('trainings', ({ open }) => open?.id === run.id)
  const [isRenaming, setRenaming] = useState(false)
  return (
    <li className="training" aria-current={isOpen ? 'true' : undefined}>
      <CompareTick run={run} />
      <div className="stack tight">
        {isRenaming ? (
          <Renaming run={run} onEnd={() => setRenaming(false)} />
        ) : (
          <h2 className="row tight training-name">
            {run.name}
            {isOpen ? <span className="tag accent">{text.trainings.isOpen}</span> : null}
            {isBest ? <span className="tag accent">{text.trainings.best}</span> : null}
            {run.status === 'finished' ? null : (
              <span className={run.status === 'training' ? 'tag accent' : 'tag warning'}>
                {text.home.status[run.status]}
              </span>
            )}
          </h2>
        )}
        <p className="small soft">
          {nameOfModel(run.model.source)} · <time dateTime={run.createdAt}>{date(run.createdAt)}</time>
        </p>
        <Differing settings={differing} />
        {isComparable ? null : <p className="small soft">{text.trainings.otherImages}</p>}
      </div>
      <Accuracy run={run} />
      <Actions run={run} onRename={() => setRenaming(true)} />
    </li>
  )
}

/** A folder's path is too long for a row, and the model stands above. */
const elsewhere = new Set(['model', 'family', 'data'])

function Differing({ settings }: { readonly settings: readonly Setting[] }): JSX.Element | null {
  const shown = settings.filter(({ name }) => !elsewhere.has(name))
  if (shown.length === 0) return null
  return (
    <dl className="training-settings small">
      {shown.map(({ name, value }) => (
        <div key={name}>
          <dt>{nameOfSetting(name)}</dt>
          <dd>{valueOfSetting(name, value)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Accuracy({ run: { bestAccuracy, accuracyInterval } }: { readonly run: RunSummary }): JSX.Element {
  if (bestAccuracy === null) return <p className="training-accuracy soft">{text.trainings.noAccuracy}</p>
  return (
    <p className="training-accuracy">
      <strong className="training-figure number">{percent(bestAccuracy)}</strong>
      {accuracyInterval === null ? null : (
        <span className="small soft number">
          {text.trainings.range(percent(accuracyInterval.low), percent(accuracyInterval.high))}
        </span>
      )}
    </p>
  )
}

interface ActionsProps {
  readonly run: RunSummary
  readonly onRename: () => void
}

function Actions({ run, onRename }: ActionsProps): JSX.Element {
  const { navigation, trainings, training, results } = useStudio()
  const { remove } = useSubject('trainings', 'remove')
  const isTraining = run.status === 'training'
  const goTo = (screen: 'results' | 'use' | 'train'): void => {
    void trainings.getState().show(run.id)
    navigation.getState().go(screen)
  }
  const resume = async (): Promise<void> => {
    navigation.getState().go('train')
    results.getState().forget()
    await training.getState().open(run.id)
    await training.getState().resume()
  }
  const named = (
    <>
      {' '}
      <span className="visually-hidden">{run.name}</span>
    </>
  )
  return (
    <div className="row tight training-actions">
      {isUsable(run) ? (
        <>
          <Button onClick={() => goTo('results')}>
            {text.trainings.open}
            {named}
          </Button>
          <Button onClick={() => goTo('use')}>
            {text.trainings.use}
            {named}
          </Button>
        </>
      ) : null}
      {isTraining || run.status === 'finished' ? null : (
        <Button onClick={() => void resume()}>
          {text.trainings.resume}
          {named}
        </Button>
      )}
      <Button look="quiet" aria-label={text.trainings.rename(run.name)} onClick={onRename}>
        <Pencil size={16} aria-hidden="true" />
      </Button>
      <Button
        look="quiet"
        aria-label={text.trainings.remove(run.name)}
        title={isTraining ? text.trainings.busy : undefined}
        disabled={isTraining}
        onClick={() => void remove(run)}
      >
        <Trash2 size={16} aria-hidden="true" />
      </Button>
    </div>
  )
}

interface RenamingProps {
  readonly run: RunSummary
  readonly onEnd: () => void
}

function Renaming({ run: { id, name }, onEnd }: RenamingProps): JSX.Element {
  const { rename } = useSubject('trainings', 'rename')
  const [typed, setTyped] = useState(name)
  const wanted = typed.trim()
  return (
    <form
      className="row tight"
      onSubmit={(event) => {
        event.preventDefault()
        if (wanted === '') return
        onEnd()
        if (wanted !== name) void rename(id, wanted)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onEnd()
      }}
    >
      <input
        className="input training-rename"
        aria-label={text.trainings.newName}
        value={typed}
        maxLength={120}
        ref={(field) => field?.focus()}
        onFocus={({ target }) => target.select()}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button type="submit" look="primary" disabled={wanted === ''}>
        {text.common.save}
      </Button>
      <Button onClick={onEnd}>{text.common.cancel}</Button>
    </form>
  )
}
