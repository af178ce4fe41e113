/** @file The wall of photos, in Japanese. */
import type { LabelStep } from '../../../core/api/contract/labels.ts'
import { count } from '../format.ts'

type Step = LabelStep['kind']

const photos = (n: number): string => `写真${count(n)}枚`

/** 「a」「b」; null is no kind. */
function named(names: readonly (string | null)[]): string {
  return names.map((name) => (name === null ? '種類なし' : `「${name}」`)).join('')
}

const steps: Record<Step, (n: number, names: string) => string> = {
  label: (n, names) => `${photos(n)}：${names}`,
  leaveOut: (n) => `${photos(n)}を除外`,
  takeBack: (n) => `${photos(n)}を元に戻す`,
  holdBack: (n) => `${photos(n)}を確認用に`,
  automatic: (n) => `${photos(n)}を無作為に`,
  asFolder: (n) => `${photos(n)}をフォルダーどおりに`,
  makeClass: (_, names) => `新しい種類${names}`,
  renameClass: (_, names) => `種類の名前を変更：${names}`,
  mergeClasses: (_, names) => `種類を統合：${names}`,
  deleteClass: (_, names) => `種類を削除：${names}`,
  table: (n) => `表から${photos(n)}の種類を指定`,
}

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
  labelledByHand: '自分で指定',
  chooseAll: 'すべて選択',
  chooseAllOf: (kind: string) => `すべて選択：${kind}`,
  chosen: (n: number) => `${photos(n)}を選択中`,
  bar: '選択した写真の操作',
  clear: '選択を解除',
  label: '選択した写真の種類',
  labelHint: '種類の名前…',
  labelAs: (kind: string, key: string) => `この写真の種類：${kind}（${key}）`,
  makeNamed: (name: string) => `新しい種類「${name}」`,
  leaveOut: '除外する',
  leaveOutHint: '学習には使いません。ファイルはそのままです。',
  takeBack: '元に戻す',
  holdBack: '確認用にする',
  holdBackHint: '確認だけに使います。モデルはこの写真からは学びません。',
  automatic: '無作為に決める',
  asFolder: 'フォルダーどおりに戻す',
  isWrong: '種類が違いますか？正しい種類を入力してください',
  filesStay: 'このプロジェクトだけに記録します。ファイルは元の場所にそのままです。',
  undo: '取り消す',
  redo: 'やり直す',
  more: 'その他',
  noKinds: 'まだ種類がありません。同じ種類の写真を選んで、名前を付けてください。',
  newKind: '新しい種類',
  kindMenu: (kind: string) => `名前の変更、統合、削除：${kind}`,
  rename: '名前を変更…',
  renameTitle: (kind: string) => `「${kind}」の名前を変更`,
  merge: '別の種類にまとめる…',
  mergeTitle: (kind: string) => `「${kind}」を別の種類にまとめる`,
  mergeInto: 'まとめる先',
  mergeHint: (kind: string, into: string) =>
    `「${kind}」の写真はすべて「${into}」になります。ファイルはそのままで、取り消せます。`,
  mergeNow: '一つにまとめる',
  deleteKind: '種類だけを削除し、写真は残す',
  kindName: '名前',
  nameHint: 'このプロジェクトだけで使う名前です。フォルダー名は変わりません。',
  nameNow: 'この名前にする',
  step: (kind: Step, n: number, names: readonly (string | null)[]) => steps[kind](n, named(names)),
  said: (way: 'done' | 'undone' | 'redone', kind: Step, n: number, names: readonly (string | null)[]) =>
    `${{ done: '', undone: '取り消しました：', redone: 'やり直しました：' }[way]}${steps[kind](n, named(names))}`,
  guide: '種類を決める',
  labelledOf: (n: number, total: number) => `${count(total)}枚中${count(n)}枚の種類が決まりました`,
  allLabelled: 'すべての写真の種類が決まりました。',
  beginLabelling:
    '同じ種類の写真を選んで、名前を付けてください。クリック、Shift、Ctrl、または四角で選べます。',
  labelMore: (n: number) =>
    `二つ以上の種類を${count(n)}枚ずつ決めてください。残りの種類をモデルが提案します。`,
  canSuggest: '残りの種類をモデルが提案できます。',
  looking: (done: number, total: number) => `モデルが写真を調べています：${count(total)}枚中${count(done)}枚`,
  suggested: (right: number, n: number) =>
    `モデルの提案です。自信のないものが先です。自分で決めた${count(n)}枚のうち${count(right)}枚は当てられます。`,
  suggest: '種類を提案してもらう',
  showNewer: '新しい提案を表示',
  acceptSure: (n: number) => `確かな${count(n)}枚をすべて受け入れる`,
  acceptThese: (n: number) => `この${count(n)}枚を受け入れる`,
  acceptRow: (n: number, kind: string) => `この行の${count(n)}枚を受け入れる：${kind}`,
  probably: 'おそらく',
  unsure: 'この写真はどの種類ですか？',
}
