/** @file What a run was made from, and how it answers: for people who want to know exactly. */
import { Fragment, type JSX } from 'react'

import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { optimiserNames } from '../../../core/optim/optimiser-kind.ts'
import { percent, twoFigures } from '../../text/format.ts'
import { sentenceOfRecovery } from '../../text/recovery.ts'
import { text } from '../../text/text.ts'
import { Fold } from '../../ui/fold.tsx'

/** Folded away until asked for. */
export function RunFacts({ run }: { readonly run: RunDetails }): JSX.Element {
  return (
    <Fold title={text.train.facts.title}>
      <dl className="facts card">
        {factsOf(run).map(([name, value]) => (
          <Fragment key={`${name} ${value}`}>
            <dt>{name}</dt>
            <dd className="number">{value}</dd>
          </Fragment>
        ))}
      </dl>
    </Fold>
  )
}

function factsOf(run: RunDetails): readonly (readonly [string, string])[] {
  const { settings, probe, answers, temperature, mixed, model, search, recovery } = run
  const { facts, optimiserValue, heads, balances, framings } = text.train
  const { batch, learningRate, warmup, optimiser, momentum, clip, head, balance, framing, seed } = settings
  const rate = twoFigures(learningRate)
  return [
    [facts.model, `${model.source} (${model.family})`],
    [text.train.batch, String(batch)],
    [
      text.train.learningRate,
      search === null || search.chosen === null ? rate : text.train.search.byFinding(rate),
    ],
    [text.train.warmup, String(warmup)],
    [text.train.optimiser, optimiserValue(optimiserNames[optimiser], momentum, clip)],
    [text.train.head, heads[head]],
    [text.train.balance, balances[balance]],
    [text.train.framing, framings[framing].name],
    [text.train.seed, String(seed)],
    [facts.probe, probe === null ? facts.unknown : percent(probe.accuracy)],
    [facts.temperature, temperature === null ? facts.unknown : twoFigures(temperature)],
    ...(mixed === null ? [] : [[facts.weights, facts.mixed(percent(mixed))] as const]),
    [facts.answers, facts.models[answers.model]],
    [facts.fairness, twoFigures(answers.fairness)],
    [facts.unsure, answers.unsureBelow === null ? facts.usual : percent(answers.unsureBelow)],
    ...recovery.map((note) => [facts.resumed, sentenceOfRecovery(note)] as const),
  ]
}
