/** @file Suggests showing small classes more often where the classes are very uneven. */
import type { JSX } from 'react'

import { Balance } from '../../../core/data/balance.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { usePlannedSplit } from '../planned-split.ts'

interface Props {
  readonly balance: Balance
  readonly onChange: (balance: Balance) => void
}

// Up to about here training copes by itself.
const unevenFrom = 5

/** Nothing while the classes are even enough. It stays where it is when it is followed, so that nothing moves. */
export function BalanceAdvice({ balance, onChange }: Props): JSX.Element | null {
  const { state } = useSubject('data', 'state')
  const split = usePlannedSplit(state.phase === 'ready' ? state.checked : null)
  const classes = split.toSorted((a, b) => b.training - a.training)
  const [most, least] = [classes[0], classes.at(-1)]
  if (most === undefined || least === undefined || most.training <= unevenFrom * Math.max(1, least.training))
    return null
  const isFollowed = balance !== Balance.enum.none
  return (
    <Notice
      kind="info"
      action={
        <Button onClick={() => onChange(isFollowed ? 'none' : 'sqrt')}>
          {isFollowed ? text.train.balanceUndo : text.train.balanceTake}
        </Button>
      }
    >
      {text.train.balanceAdvice(most.name, most.training, least.name, least.training)}
    </Notice>
  )
}
