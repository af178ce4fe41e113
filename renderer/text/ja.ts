/**
 * @file Every word of the window in Japanese, a file for each screen.
 *
 * Polite and plain (です・ます). One term for each thing: class クラス · image 画像 · photo 写真 · label ラベル · training 学習 ·
 * round (step) 反復 · learned from 学習用 · held back 確認用 · accuracy 正解率 · sure 確信 · unsure 自信なし · mistake 間違い ·
 * resolution 解像度 · learning rate 学習率 · export 書き出し. Names stand in 「 」.
 */
import { common } from './ja/everywhere.ts'
import { palette } from './ja/palette.ts'
import { steps } from './ja/steps.ts'
import { home } from './ja/home.ts'
import { picker } from './ja/picker.ts'
import { data } from './ja/data.ts'
import { catalogue } from './ja/catalogue.ts'
import { model } from './ja/model.ts'
import { train } from './ja/train.ts'
import { results } from './ja/results.ts'
import { trainings } from './ja/trainings.ts'
import { use } from './ja/use.ts'
import { copy, table } from './ja/labels.ts'
import { wall } from './ja/wall.ts'
import { worth } from './ja/worth.ts'
import { inspect } from './ja/inspect.ts'
import { map } from './ja/map.ts'
import type { Words } from './en.ts'

export const ja: Words = {
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
