/** @file The trainings of a project, and the open one, in Japanese. */
import { count } from '../format.ts'

export const trainings = {
  lead: 'このプロジェクトのすべての学習です。結果、活用、エクスポートは、開いている学習についてのものです。',
  titled: (screen: string, name: string) => `${screen}：${name}`,
  openOne: '開いている学習',
  option: (name: string, accuracy: string) => `${name}（${accuracy}）`,
  all: 'すべての学習',
  isOpen: '表示中',
  best: '最良',
  open: '開く',
  use: '活用',
  resume: '学習を続ける',
  rename: (name: string) => `「${name}」の名前を変更`,
  newName: '新しい名前',
  remove: (name: string) => `「${name}」を削除`,
  busy: '学習中です。先に停止してください。',
  removed: (name: string) =>
    `「${name}」を削除しました。別の学習を削除するか、ViT Studioを閉じるまでは、元に戻せます。`,
  undo: '元に戻す',
  none: '学習はまだありません',
  noneHint: 'このプロジェクトで学習したものがここに表示されます。',
  again: 'もう一度学習…',
  range: (low: string, high: string) => `${low}から${high}の間`,
  noAccuracy: '未測定',
  otherImages: '最新の学習とは別の画像で測定したため、比べることはできません。',
  compare: (name: string) => `「${name}」を比較`,
  comparison: '比較',
  compareMore: '何が違いを生んだかを見るには、上で2つ以上の学習を選んでください。',
  others: '他のプロジェクトの学習',
  notSame:
    'これらの学習は別々の画像を確認用に残しています。一方の画像がやさしかった可能性があるため、正解率だけでは優劣を決められません。',
  kept: (name: string, share: string) =>
    `「${name}」は、開始時と最後のステップの混合（${share}の地点）を残しています。どのステップよりもよいため、曲線上の点にはありません。`,
  keptStep: '以下の正解率は、残してある重みのものです。最後ではなく、最もよかったステップのものです。',
  yes: 'はい',
  no: 'いいえ',
  oneResolution: '1つの解像度のみ',
  started: (size: number) => `最初は${count(size)}ピクセル`,
}
