/** @file The wall of photos, in Japanese. */
import { count } from '../format.ts'

export const wall = {
  open: (name: string) => `大きく表示：${name}`,
  size: '写真の大きさ',
  pixels: (side: number) => `${count(side)}ピクセル`,
  filter: '表示する写真',
  all: 'すべて',
  order: '並べ方',
  groupings: { kind: '種類ごと', mixed: '混ぜて' },
  traits: {
    unlabelled: '種類なし',
    heldBack: '確認用',
    copies: 'コピー',
    suspicious: '要確認',
    leftOut: '除外済み',
  },
  traitHints: {
    unlabelled: 'まだ種類が決まっていない写真です。学習には使いません。',
    heldBack: 'モデルが学ばない写真です。初めて見る写真をどれだけ当てられるかがわかります。',
    copies: 'まったく同じ写真や、ほとんど同じに見える写真です。確認用に分けるときも離しません。',
    suspicious: '同じ写真、またはほとんど同じ写真が二つの種類に入っています。どちらかが間違いです。',
    leftOut: '自分で除外した写真です。学習には使わず、ファイルはそのままです。',
  },
  kinds: '種類（クラス）',
  kindHint: (own: number, held: number) =>
    `学習用${count(own)}枚、確認用${count(held)}枚。クリックするとこの種類だけ、Ctrlを押しながらだとほかの種類も一緒に表示します。`,
  learned: '学習用',
  why: '理由と方法',
  problems: '知っておくとよいこと',
  allProblems: (n: number) => `${count(n)}件すべて`,
  nothing: '当てはまる写真がありません。',
  corrected: '修正済み',
  chooseAll: 'すべて選択',
  chooseAllOf: (kind: string) => `すべて選択：${kind}`,
  chosen: (n: number) => `写真${count(n)}枚を選択中`,
  bar: '選択した写真の操作',
  clear: '選択を解除',
}
