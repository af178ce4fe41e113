/** @file A look inside a model, in Japanese. */
import { count } from '../format.ts'

export const inspect = {
  title: 'モデルの中を見る',
  working: '中を調べています…',
  before: (name: string) => `学習前：${name}`,
  after: (name: string) => `学習後：${name}`,
  needsPhotos: 'データ画面で写真を選ぶと、各ヘッドがどれだけ遠く、どこを見ているかを表示できます。',
  filters: '最初に探すもの（パッチフィルターの主成分）',
  filtersHint:
    '写真の各パッチはこのような模様と比べられ、前にあるものほど重要です。縞や点や色がはっきりしていればよく学習されたモデルで、雑音のようならあまり学んでいないモデルです。',
  filtersAlt: (n: number) => `小さなカラー画像で表した模様${count(n)}個`,
  noFilters: 'このモデルは写真をまずResNetで読むため、画像として見せられるパッチフィルターがありません。',
  positions: 'パッチの場所の知り方（位置埋め込みの類似度）',
  positionsHint:
    '小さな四角一つが一つの位置を表し、それに似た位置を示します。自分の場所の周りと、同じ行や列が明るければ、モデルは画像の並びを学んでいます。',
  positionsAlt: (rows: number, columns: number) => `${count(rows)} × ${count(columns)}個の位置の類似度`,
  tooManyPositions: 'このモデルは位置が多すぎるため、すべては表示できません。',
  distances: 'どれだけ遠くを見るか（深さごとの平均アテンション距離）',
  distancesHint:
    '点一つが層のヘッド一つで、高いほど遠くを見ます（単位はピクセル）。学習されたモデルでは、初めの層に近くを見るヘッドと遠くを見るヘッドがあり、終わりの層ではどれも遠くを見ます。',
  distanceAlt: (layer: number, near: number, far: number) =>
    `第${count(layer)}層：${count(near)}～${count(far)}ピクセル`,
  distancesCaption: (photos: number) => `横は層、縦はピクセルです。写真${count(photos)}枚の平均です。`,
  attention: '写真のどこを見るか（アテンションロールアウト）',
  attentionHint:
    '選んだ層までを通って答えに届く部分ほど明るく表示します。ヘッドを一つ選ぶと、そのヘッドだけの結果です。初めの層はほぼ全体を、終わりの層は写真の主題を見ます。',
  photo: '写真を選ぶ',
  photoNamed: (path: string) => `表示：${path}`,
  photoAlt: (layer: number) => `第${count(layer)}層が見ている場所を色で示した写真`,
  layer: '層',
  layerOf: (layer: number, all: number) => `${count(layer)} / ${count(all)}`,
  head: 'ヘッド',
  allHeads: 'すべてのヘッド（最初からたどる）',
  headNamed: (head: number) => `ヘッド${count(head)}だけ`,
  little: '少ない',
  much: '多い',
}
