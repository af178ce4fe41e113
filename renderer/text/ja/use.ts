/** @file The Use step, in Japanese. */
import { count } from '../format.ts'

const images = (n: number): string => `画像${count(n)}枚`
const files = (n: number): string => `ファイル${count(n)}個`

export const use = {
  title: '活用',
  lead: '新しい画像をモデルに見せたり、モデルをほかのプログラムに持ち出したりできます。',
  views: { label: '操作', ask: '画像を見せる', export: '書き出す' },
  drop: '画像またはフォルダーをここにドロップ',
  dropHint: '画像やフォルダーをドロップすると、モデルの答えを表示します',
  dropLead: '数枚の画像は一枚ずつ、フォルダーは答えごとに示します。',
  choose: '画像を選択…',
  chooseFolder: 'フォルダーを選択…',
  asking: '見ています…',
  unsure: '自信なし',
  unsureHint: '自信なしとする基準',
  unsureExplained:
    'モデルは必ず、最もそれらしい答えを出します。この確率を下回る答えは推測にすぎないため、ご自身で確かめてください。',
  unsureEffect: (unsure: string, right: string) =>
    `確認用の画像では、${unsure}が自信なしとなり、残りのうち${right}が正解です。`,
  unsureAll: '確認用の画像では、すべての答えが自信なしとなります。',
  answers: '答え',
  clear: '消去',
  openAnswer: (name: string) => `開く：${name}`,

  byAnswer: {
    start: '答えごとのフォルダーにコピー…',
    hint: '新しいフォルダーにコピーし、元のファイルはそのまま残します。',
    choose: '新しいフォルダーを作る場所',
    folder: '答えで整理',
    unsure: '自信なし',
    copying: '画像をコピーしています…',
    copied: (n: number, folder: string, failed: number) =>
      failed === 0
        ? `${images(n)}をコピーしました：${folder}`
        : `${images(n)}をコピーしました：${folder}（読み込めなかった画像${count(failed)}枚）`,
  },
  right: {
    ask: '間違い：実際は',
    add: '学習写真に加える',
    added: (label: string) => `学習写真に加えました：${label}。次の学習から学びます。`,
  },
  similar: {
    title: '最も似ている学習写真',
    hint: 'モデルが両方に見たものの近さです（コサイン類似度）。',
    find: (n: number) => `写真${count(n)}枚の中から探す`,
    looking: '学習写真を見ています…',
    photo: (kind: string) => `学習写真：${kind}`,
    alike: (share: string) => `類似度${share}`,
  },
  tryHeldBack: '確認用の写真で試す',
  tryHeldBackHint: 'モデルが学習していない写真で、何が写っているかもわかっています。',
  tryThis: (path: string) => `試す：${path}`,
  others: 'ほかの答え',
  sure: (share: string) => `確信${share}`,
  isRight: '正解',
  isWrong: (truth: string) => `不正解、実際は${truth}`,

  camera: {
    start: 'カメラを使う',
    title: 'カメラ',
    starting: 'カメラを待っています…',
    stop: 'カメラを止める',
    pause: '一時停止',
    resume: '再開',
    keep: 'この画像を残す',
    device: 'カメラ',
    nameless: (n: number) => `カメラ${count(n)}`,
    live: 'カメラの映像',
    privacy: '映像がこのコンピューターの外に出ることはありません。',
    picture: (time: string) => `カメラ ${time}`,
    denied:
      'ここではカメラを使えません。ブラウザーまたはシステムの設定で許可してから、もう一度お試しください。',
    missing: 'カメラが見つかりません。接続してから、もう一度お試しください。',
    busy: 'カメラを開けません。ほかのプログラムが使っている場合は、それを閉じてからもう一度お試しください。',
  },

  table: {
    title: (name: string) => `「${name}」の画像`,
    files: (n: number) => images(n),
    listing: '画像を探しています…',
    progress: (done: number, total: number) => `${files(total)}中${count(done)}個`,
    stop: '中止',
    stopped: (done: number, total: number) =>
      `${files(total)}中${count(done)}個で中止しました。ここまでの答えは残っています。`,
    close: '表を閉じる',
    save: 'CSVで保存',
    filter: '表示',
    all: (n: number) => `すべてのクラス（${count(n)}）`,
    ofClass: (name: string, n: number) => `${name}（${count(n)}）`,
    onlyUnsure: (n: number) => `自信なしだけ（${count(n)}）`,
    kind: (name: string, n: number, unsure: number) =>
      unsure === 0 ? `${name}：${images(n)}` : `${name}：${images(n)}、うち自信なし${count(unsure)}枚`,
    open: (name: string, answer: string, sure: string) => `開く：${name}、${answer}、${sure}`,
    looks: { label: '表示方法', grid: '写真', rows: '表' },
    file: 'ファイル',
    answer: '答え',
    probability: '確信',
    nothing: '条件に合う画像はありません。',
    left: (n: number) => `除外した${files(n)}`,
    notImage: '画像ではありません。',
    shown: (n: number) => `${images(n)}を表示`,
    csv: {
      name: '予測',
      file: 'ファイル',
      prediction: '予測',
      probability: '確率',
      unsure: '自信なし',
      guess: (place: number) => `予測${place}`,
      guessProbability: (place: number) => `確率${place}`,
      problem: '問題',
      yes: 'はい',
      no: 'いいえ',
    },
  },

  export: '形式',
  exportLead:
    'モデルを使う場所を選んでください。書き出したファイルはもう一度開き、実際の画像で、学習したモデルと答えが同じかどうかを確かめます。',
  destination: 'フォルダー',
  destinationOwn: 'ViT Studioの書き出しフォルダー',
  destinationChange: '別のフォルダーを選択…',
  destinationReset: '標準のフォルダーを使う',
  write: (n: number) => (n < 2 ? 'モデルを書き出す' : `${count(n)}つの形式で書き出す`),
  exporting: (name: string, place: number, total: number) =>
    `書き出して確認しています：${name}（${count(place)}/${count(total)}）`,
  verified: (n: number) => `もう一度開き、${images(n)}で確認しました。答えは同じです`,
  difference: (difference: string) => `（ロジットの最大差 ${difference}）`,
  refused: (name: string) => `${name}ではこのモデルを保存できません。`,
  reveal: 'フォルダーを開く',
  copyPath: 'パスをコピー',
  snippet: '使い方',
  snippetFor: 'プログラム',
  snippets: {
    node: 'JavaScript、Node',
    browser: 'JavaScript、ブラウザー',
  },
  copy: 'コピー',
  copied: 'コピーしました',
}
