/**
 * @file Every word of the window in Korean, a file for each screen.
 *
 * Polite and plain (해요체). One term for each thing: class 클래스 · image 이미지 · photo 사진 · label 라벨 · training 학습 ·
 * round (step) 반복 · learned from 학습용 · held back 확인용 · accuracy 정확도 · sure 확신 · unsure 불확실 · mistake 틀린 답 ·
 * resolution 해상도 · learning rate 학습률 · export 내보내기. Names stand in ‘ ’ and before a noun, so that no particle
 * depends on how a name ends.
 */
import { common } from './ko/everywhere.ts'
import { palette } from './ko/palette.ts'
import { steps } from './ko/steps.ts'
import { home } from './ko/home.ts'
import { picker } from './ko/picker.ts'
import { data } from './ko/data.ts'
import { catalogue } from './ko/catalogue.ts'
import { model } from './ko/model.ts'
import { train } from './ko/train.ts'
import { results } from './ko/results.ts'
import { trainings } from './ko/trainings.ts'
import { use } from './ko/use.ts'
import { copy, table } from './ko/labels.ts'
import { wall } from './ko/wall.ts'
import { worth } from './ko/worth.ts'
import { inspect } from './ko/inspect.ts'
import { map } from './ko/map.ts'
import type { Words } from './en.ts'

export const ko: Words = {
  common,
  palette,
  steps,
  home,
  picker,
  data,
  catalogue,
  model,
  train,
  results,
  trainings,
  use,
  wall,
  worth,
  map,
  inspect,
  table,
  copy,
}
