/** @file Labels from a table, and copies in class folders, in Japanese. */
import { count } from '../format.ts'

const rows = (n: number): string => `${count(n)}行`
const photos = (n: number): string => `写真${count(n)}枚`

export const table = {
  menu: '表から種類を読み込む…',
  title: (file: string) => `「${file}」から種類を読み込む`,
  reading: '表を読んでいます…',
  fileColumn: 'ファイル名の列',
  labelColumn: '種類の列',
  matched: (n: number, total: number) => `${rows(total)}から${photos(n)}の種類を決めます。`,
  apply: (n: number) => `${photos(n)}に適用`,
  doubts: {
    withoutImage: (n: number) => `当てはまる写真がない${rows(n)}：`,
    ambiguous: (n: number) => `複数の写真に当てはまるため使わない${rows(n)}：`,
    contradicting: (n: number) => `前の行と食い違うため使わない${rows(n)}：`,
    withoutLabel: (n: number) => `種類が空の${rows(n)}：`,
    withoutRow: (n: number) => `表にないため、そのままにする${photos(n)}：`,
  },
  refused: (n: number, label: string) => `「${label}」の${rows(n)}は使いません：`,
}

export const copy = {
  menu: 'クラスのフォルダーにコピー…',
  title: '写真をクラスのフォルダーにコピー',
  lead: '種類が決まっている写真をすべて、その名前のフォルダーにコピーします。元の写真はそのままです。',
  choose: '場所を選択…',
  folderName: (project: string) => `${project} 種類別`,
  apart: '確認用の写真は別のフォルダーに分ける（trainとval）',
  now: 'コピー',
  progress: (done: number, total: number) => `${photos(total)}中${count(done)}枚`,
  done: (n: number) => `${photos(n)}をコピーしました。`,
}
