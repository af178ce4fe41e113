/** @file What was found when a run was resumed: a row for each kind of note, in every language. */
import type { RunNote } from '../../core/train/events.ts'
import { count } from './format.ts'
import { language, type Language } from './language.ts'

type Sentences = {
  readonly [Type in RunNote['type']]: (note: Extract<RunNote, { readonly type: Type }>) => string
}

const en: Sentences = {
  olderCheckpoint: ({ step }) =>
    `The newest checkpoint is damaged. Training continues from the one before it, after round ${count(step)}.`,
  startsOver: () =>
    'The checkpoint is damaged, and there is no earlier one. Training starts over and will give the same numbers.',
  bestLost: ({ step }) =>
    `The best weights so far, those after round ${count(step)}, are missing or damaged. The best are chosen from here on.`,
  historyGap: ({ steps }) =>
    `The curves have a gap: ${steps === 1 ? 'one round' : `${count(steps)} rounds`} could not be read. Training itself is not affected.`,
  trialRepeated: ({ trial }) =>
    `What was saved of trial ${count(trial)} of the search is damaged. What is lost of it is repeated.`,
  imagesChanged: ({ images, example }) =>
    `${images === 1 ? 'One image has' : `${count(images)} images have`} changed since this run began, such as ${example}. Training continues with what is there now and will not give the same numbers.`,
  imagesMissing: ({ images, example }) =>
    images === 1
      ? `One image is no longer there: ${example}. Another of its class takes its place, and training will not give the same numbers.`
      : `${count(images)} images are no longer there, such as ${example}. Others of their classes take their place, and training will not give the same numbers.`,
}

const ko: Sentences = {
  olderCheckpoint: ({ step }) =>
    `가장 최근의 체크포인트가 손상됐어요. 그 전의 체크포인트를 써서, 반복 ${count(step)}회 다음부터 학습을 이어 가요.`,
  startsOver: () =>
    '체크포인트가 손상됐고 그 전의 것도 없어요. 학습을 처음부터 다시 하며, 결과는 똑같이 나와요.',
  bestLost: ({ step }) =>
    `지금까지 가장 좋았던 가중치(반복 ${count(step)}회 후)가 없거나 손상됐어요. 가장 좋은 가중치는 이제부터 다시 골라요.`,
  historyGap: ({ steps }) =>
    `그래프에 빈 곳이 있어요. 반복 ${count(steps)}회의 기록을 읽지 못했어요. 학습 자체에는 영향이 없어요.`,
  trialRepeated: ({ trial }) =>
    `탐색의 ${count(trial)}번째 시험에서 저장한 내용이 손상됐어요. 잃어버린 부분을 다시 해요.`,
  imagesChanged: ({ images, example }) =>
    `이 학습을 시작한 뒤 이미지 ${count(images)}장이 바뀌었어요(예: ${example}). 지금 있는 이미지로 이어 가므로 결과가 똑같이 나오지는 않아요.`,
  imagesMissing: ({ images, example }) =>
    `이미지 ${count(images)}장이 이제 없어요(예: ${example}). 같은 클래스의 다른 이미지로 대신하므로 결과가 똑같이 나오지는 않아요.`,
}

const ja: Sentences = {
  olderCheckpoint: ({ step }) =>
    `最新のチェックポイントが壊れています。その前のものを使い、反復${count(step)}回の次から続けます。`,
  startsOver: () =>
    'チェックポイントが壊れていて、前のものもありません。最初から学習し直しますが、結果は同じになります。',
  bestLost: ({ step }) =>
    `これまでで最も良かった重み（反復${count(step)}回の時点）がないか、壊れています。最も良い重みは、ここから選び直します。`,
  historyGap: ({ steps }) =>
    `グラフに抜けがあります。反復${count(steps)}回分の記録を読めませんでした。学習そのものに影響はありません。`,
  trialRepeated: ({ trial }) =>
    `探索の${count(trial)}番目の試行の保存内容が壊れています。失われた分をやり直します。`,
  imagesChanged: ({ images, example }) =>
    `この学習を始めてから、画像${count(images)}枚が変わっています（例：${example}）。今ある画像で続けるため、同じ結果にはなりません。`,
  imagesMissing: ({ images, example }) =>
    `画像${count(images)}枚がなくなっています（例：${example}）。同じクラスの別の画像で代えるため、同じ結果にはなりません。`,
}

const words: Readonly<Record<Language, Sentences>> = { en, ko, ja }

/** A note in the window's language. */
export function sentenceOfRecovery(note: RunNote): string {
  const say = words[language][note.type] as (one: RunNote) => string
  return say(note)
}
