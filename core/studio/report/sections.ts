/** @file The sections of a report, from the sentence to the model card. */
import { basename } from 'node:path'

import { at } from '../../tensor/shape.ts'
import { framingChoiceOf } from '../../data/preprocess.ts'
import { wilsonInterval } from '../../train/evaluation/metrics.ts'
import type { RunRecord } from '../../train/run/run-record.ts'
import { colourOf } from './charts.ts'
import type { ReportContent } from './content.ts'
import { empty, html, type Markup } from './html.ts'
import type { Writing } from './language.ts'

type Facts = readonly (readonly [name: string, value: Markup | string])[]

/** A name of a file, class or folder, whose direction of writing does not change that of the text around it. */
function nameOf(text: string): Markup {
  return html`<bdi>${text}</bdi>`
}

function kindOf(label: number, name: string): Markup {
  return html`<span class="mark" style="background:${colourOf(label)}"></span>${nameOf(name)}`
}

function factTable(facts: Facts): Markup {
  return html`<table class="facts">
    <tbody>
      ${facts.map(
        ([name, value]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${value}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

/** What it comes to, in sentences. */
export function summary({ record, evaluation }: ReportContent, writing: Writing): Markup {
  const { words, percent, count } = writing
  const { images, accuracy, accuracyInterval: interval } = evaluation
  const right = images.filter(({ label, predicted }) => label === predicted).length
  const range =
    interval === null
      ? empty
      : html`<p>${words.range(percent(accuracy), percent(interval.low), percent(interval.high))}</p>`
  const probe =
    record.probe === null ? empty : html`<p class="soft">${words.probe(percent(record.probe.accuracy))}</p>`
  return html`<p class="lead">${words.names(count(images.length), count(right))}</p>
    ${range} ${probe}
    <p class="soft">${words.selected}</p>`
}

/** The figures by their usual names, with what they mean. */
export function figures({ evaluation }: ReportContent, writing: Writing): Markup {
  const { words, percent, number } = writing
  const {
    accuracy,
    accuracyInterval: interval,
    balancedAccuracy,
    calibrationError,
    loss,
    perClass,
  } = evaluation
  const scores = perClass.flatMap(({ f1 }) => f1 ?? [])
  const macroF1 = scores.length === 0 ? null : scores.reduce((sum, f1) => sum + f1, 0) / scores.length
  const range = interval === null ? '' : ` (${words.between(percent(interval.low), percent(interval.high))})`
  const rows = [
    [words.accuracy, `${percent(accuracy)}${range}`, words.accuracyMeans],
    [words.balanced, percent(balancedAccuracy), words.balancedMeans],
    [words.macroF1, percent(macroF1), words.macroF1Means],
    [
      words.ece,
      percent(calibrationError?.after ?? null),
      words.eceMeans(percent(calibrationError?.before ?? null)),
    ],
    [words.loss, loss === null ? '–' : number(loss), words.lossMeans],
  ] as const
  return html`<h2>${words.figures}</h2>
    <table class="figures">
      <thead>
        <tr>
          <th>${words.figure}</th>
          <th>${words.value}</th>
          <th>${words.meaning}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([name, value, meaning]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${value}</td>
              <td class="soft">${meaning}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
}

/** The photos and how they were divided. */
export function dataSection({ data, record }: ReportContent, writing: Writing): Markup {
  const { words, count, percent } = writing
  const { validationSplit: share, validationRoot, trainingRoot } = data
  const hasOwnFolder = share === null || validationRoot !== trainingRoot
  const split = hasOwnFolder ? words.splitFolder : words.splitShare(percent(share ?? null))
  return html`<h2>${words.data}</h2>
    ${factTable([
      [words.folder, nameOf(basename(trainingRoot))],
      [words.classes, count(record.classes.length)],
      [words.learnedFrom, count(data.training.length)],
      [words.heldOut, count(data.validation.length)],
      [words.split, split],
      ...(data.skipped.length === 0 ? [] : [[words.leftOut, count(data.skipped.length)] as const]),
    ])}`
}

/** The figures of every class, recall with its interval. */
export function classSection({ evaluation, curves }: ReportContent, writing: Writing): Markup {
  const { words, count, percent } = writing
  const rows = evaluation.perClass.map((one, label) => {
    const right = evaluation.confusion[label]?.[label] ?? 0
    const interval = wilsonInterval(right, one.support)
    const range =
      interval === null ? '' : ` (${words.between(percent(interval.low), percent(interval.high))})`
    const curve = curves.find((found) => found.label === label)
    return html`<tr>
      <th scope="row">${kindOf(label, one.name)}</th>
      <td class="number">${count(one.trained)}</td>
      <td class="number">${count(one.support)}</td>
      <td class="number">${percent(one.recall)}<span class="soft">${range}</span></td>
      <td class="number">${percent(one.precision)}</td>
      <td class="number">${percent(one.f1)}</td>
      <td class="number">${percent(curve?.averagePrecision ?? null)}</td>
    </tr>`
  })
  const heads = [words.trained, words.support, words.recall, words.precision, words.f1, words.ap]
  return html`<h2>${words.perClass}</h2>
    <table>
      <thead>
        <tr>
          <th>${words.class}</th>
          ${heads.map((name) => html`<th class="number">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
    <p class="soft">${words.perClassHint}</p>`
}

// More columns do not fit on a page.
const widestMatrix = 16
const mostPairs = 30

/** The confusion matrix; with many classes the most frequent mix-ups. */
export function confusionSection({ evaluation }: ReportContent, writing: Writing): Markup {
  const { words, count } = writing
  const { confusion, perClass } = evaluation
  if (perClass.length > widestMatrix) return mixUps({ confusion, perClass }, writing)
  const rows = confusion.map((row, truth) => {
    const total = Math.max(
      1,
      row.reduce((sum, n) => sum + n, 0),
    )
    const cells = row.map((n, guess) => {
      const share = Math.round(60 * (n / total))
      const tone = truth === guess ? '11 107 93' : '156 68 16'
      const shade = n === 0 ? 0 : 12 + share
      return html`<td style="background:rgb(${tone} / ${shade}%)">${n === 0 ? '' : count(n)}</td>`
    })
    return html`<tr>
      <th scope="row">${kindOf(truth, at(perClass, truth).name)}</th>
      ${cells}
    </tr>`
  })
  return html`<h2>${words.confusion}</h2>
    <p class="soft">${words.confusionHint}</p>
    <table class="matrix">
      <thead>
        <tr>
          <td></td>
          ${perClass.map(({ name }) => html`<th scope="col">${nameOf(name)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`
}

function mixUps(
  { confusion, perClass }: Pick<ReportContent['evaluation'], 'confusion' | 'perClass'>,
  { words, count }: Writing,
): Markup {
  const pairs = confusion
    .flatMap((row, truth) => row.map((n, guess) => ({ truth, guess, n })))
    .filter(({ truth, guess, n }) => n > 0 && truth !== guess)
    .sort((a, b) => b.n - a.n)
    .slice(0, mostPairs)
  if (pairs.length === 0) return empty
  const nameAt = (label: number): string => at(perClass, label).name
  return html`<h2>${words.mixUps(count(pairs.length))}</h2>
    <table>
      <tbody>
        ${pairs.map(
          ({ truth, guess, n }) =>
            html`<tr>
              <th scope="row">${words.takenFor(nameAt(truth), nameAt(guess))}</th>
              <td>${count(n)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
}

/** The mistakes as pictures. */
export function mistakeSection({ mistakes, allMistakes, record }: ReportContent, writing: Writing): Markup {
  const { words, count, percent } = writing
  if (allMistakes === 0)
    return html`<h2>${words.mistakes}</h2>
      <p>${words.noMistakes}</p>`
  const items = mistakes.map(({ image, jpeg }) => {
    const what = words.takenFor(at(record.classes, image.label), at(record.classes, image.predicted))
    const picture =
      jpeg === null
        ? html`<div class="gone"></div>`
        : html`<img alt="${what}" src="data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}" />`
    return html`<li>
      ${picture}${nameOf(what)}<br /><span class="soft">${words.sure(percent(image.probability))}</span>
    </li>`
  })
  return html`<h2>${words.mistakes}</h2>
    <p class="soft">${words.mistakesHint(count(mistakes.length), count(allMistakes))}</p>
    <ul class="mistakes">
      ${items}
    </ul>`
}

/** How it was trained and how it answers. */
export function recipeSection({ record, history }: ReportContent, writing: Writing): Markup {
  const { words, count, percent, number } = writing
  const { settings, model, preprocessing, answers, result, times } = record
  const { height, width } = preprocessing.resolution
  const steps = result?.steps ?? history.at(-1)?.step ?? settings.steps
  const { kind: optimiser, ...numbers } = settings.optimiser
  const details = Object.entries(numbers).map(([name, value]) => `${name} ${number(value)}`)
  return html`<h2>${words.recipe}</h2>
    ${factTable([
      [words.model, nameOf(basename(model.source))],
      [words.family, model.family],
      [words.resolution, words.pixels(count(height), count(width))],
      [words.framing, words.framings[framingChoiceOf(preprocessing)]],
      [words.augmentation, variationOf(record, writing)],
      [words.steps, count(steps)],
      [words.batch, count(settings.batch)],
      [words.learningRate, number(settings.learningRate)],
      [words.warmup, count(settings.warmup)],
      [words.optimiser, [optimiser === 'sgd' ? 'SGD' : 'AdamW', ...details].join(', ')],
      [words.head, words.heads[settings.head]],
      [words.balance, words.balances[settings.balance]],
      [words.answers, words.answering[answers.model]],
      [words.fairness, percent(answers.fairness)],
      ...(result?.temperature === null || result === null
        ? []
        : [[words.temperature, number(result.temperature)] as const]),
      ...(answers.unsureBelow === null ? [] : [[words.unsure, percent(answers.unsureBelow)] as const]),
      [words.seed, count(settings.seed)],
      [words.engine, settings.engine],
      [words.time, words.minutes(number(times.seconds / 60))],
    ])}`
}

function variationOf({ augmentation }: RunRecord, { words, percent, number }: Writing): string {
  const { crop, flip, trivial, erase } = augmentation
  const parts = [
    ...(crop === null
      ? []
      : 'enlarged' in crop
        ? [words.variations.enlarged(number(crop.enlarged))]
        : [words.variations.crop(percent(crop.area[0]))]),
    ...(flip > 0 ? [words.variations.flip] : []),
    ...(trivial ? [words.variations.trivial] : []),
    ...(erase > 0 ? [words.variations.erase(percent(erase))] : []),
  ]
  return parts.length === 0 ? words.variations.none : parts.join(', ')
}

/** What only the person knows, to be written by hand or on the screen. */
export function modelCard({ words }: Writing): Markup {
  const lines = Object.values(words.cardLines).map(
    (name) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>
          <div
            class="fill"
            contenteditable="plaintext-only"
            role="textbox"
            aria-label="${name}"
            data-hint="${words.toFill}"
          ></div>
        </td>
      </tr>`,
  )
  return html`<h2>${words.card}</h2>
    <p class="soft screen">${words.cardHint}</p>
    <table class="facts">
      <tbody>
        ${lines}
      </tbody>
    </table>
    <p class="soft">${words.limitsHint}</p>`
}
