/** @file The map of the photos, in Japanese. */
import { count, percent } from '../format.ts'

export const map = {
  views: { wall: '一覧', map: 'マップ', worth: '要確認' },
  view: '写真の見せ方',
  eye: 'どのモデルの目で',
  before: (model: string) => (model === '' ? '選んだモデル（学習前）' : `${model}（学習前）`),
  after: (run: string, accuracy: number) => `${run}（学習後、${percent(accuracy)}）`,
  seeAsRun: 'マップで写真を見る',
  seeAsRunHint: 'この学習から写真がどう見えるかを、データ画面のマップで表示します。学習前と見比べられます。',
  begin: 'マップを作る',
  again: 'もう一度試す',
  needsModel: '先にモデルを選んでください。マップは、モデルから写真がどう見えるかを表します。',
  waiting:
    '初めてのときは、すべての写真を一度ずつ見るだけの時間がかかります。次からは覚えているものを表示します。',
  stages: {
    checking: '写真を探しています…',
    looking: 'モデルが写真を一枚ずつ見ています…',
    neighbours: '写真どうしを比べています…',
    layout: 'マップを描いています…',
  },
  how: 'モデルに似て見える写真ほど近くにあります（モデルの特徴量のUMAP）。離れたグループどうしの距離には、あまり意味がありません。',
  agreement: (share: number, n: number) =>
    `ある写真に最も似ている${count(n)}枚のうち、${percent(share)}が同じ種類です。`,
  sampled: (laidOut: number, total: number) =>
    `${count(total)}枚のうち${count(laidOut)}枚でマップを描き、残りは最も似ている写真のそばに置きました。`,
  missing: (n: number) => `${count(n)}枚は置けませんでした。`,
  canvas: (n: number) => `写真${count(n)}枚のマップ`,
  keys: '矢印キーで写真から写真へ移り、Shiftと一緒に押すとマップが動きます。プラスとマイナスで拡大・縮小、0で全体を表示します。スペースで写真を選び、Enterで大きく表示、Ctrl+Aですべて選び、Escで選択を外します。',
  alike: (same: number, of: number) => `最も似ている${count(of)}枚のうち${count(same)}枚が同じ種類`,
  tools: 'マップの道具',
  toolNames: {
    move: 'ドラッグでマップを動かす',
    lasso: '投げ縄で写真を選ぶ（Shiftを押しながらのドラッグでも可）',
  },
  chooseVisible: '見えている写真をすべて選ぶ',
  pictures: '余裕があれば写真で表示',
  nearer: '拡大',
  further: '縮小',
  whole: '全体を表示',
}
