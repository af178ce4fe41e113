/** @file The first screen, in Japanese. */
import { count, percent } from '../format.ts'

export const home = {
  title: 'あなたの写真を見分けるモデルを作りましょう',
  lead: '見本の写真を、見分けたい種類（クラス）ごとにフォルダーへ分けて入れてください。ViT Studioがこのコンピューターの中で学習します。写真が外に出ることはありません。',
  sample: 'サンプル画像で試す',
  sampleHint: 'いくつかのクラスの小さな画像と、プログラムに付属する小さなモデルで試せます。',
  sampleName: 'サンプル画像',
  own: '写真のフォルダーを選択',
  ownHint:
    'ここにドロップすることもできます。「熟した」「未熟」のようにクラスごとに一つのフォルダーを作り、それぞれに20枚以上の写真を入れてください。',
  how: [
    {
      title: '種類ごとに写真を集めます',
      words:
        '見分けたいものごとに、フォルダー1つに写真を20枚以上入れてください。写真のファイルはそのまま残ります。',
    },
    {
      title: 'モデルが写真から学びます',
      words: '写真をパッチに分けて何度も見て学び、初めて見る写真で試されます。',
    },
    {
      title: '新しい写真について聞きます',
      words:
        '何が写っているか、どれくらい確信があるかを答えます。ほかのプログラムで開けるファイルとして持ち出せます。',
    },
  ],
  dropHere: 'フォルダーをドロップすると、新しいプロジェクトを始めます',
  earlier: 'プロジェクト',
  noneTitle: 'プロジェクトはまだありません。',
  noRuns: '学習したものがここに表示され、続きから開けます。',
  loading: 'これまでの作業を探しています…',
  rename: (name: string) => `「${name}」の名前を変更`,
  newName: '新しい名前',
  remove: (name: string) => `「${name}」を削除`,
  removeTitle: (name: string) => `「${name}」を削除しますか？`,
  removeLead: 'プロジェクトを削除します。画像は元の場所に残ります。',
  removeRuns: (n: number) => `学習済みモデル${count(n)}個も削除します。元に戻せません。`,
  removeNow: '削除',
  images: (images: number, classes: number) => `画像${count(images)}枚、${count(classes)}クラス`,
  noImages: '画像はまだありません',
  runs: (n: number) => (n === 0 ? 'まだ学習していません' : `${count(n)}回学習`),
  changed: '最終更新',
  alone: 'プロジェクトなしの学習',
  aloneHint: '開くとプロジェクトになります。',
  status: {
    training: '学習中',
    interrupted: '中断',
    stopped: '停止',
    failed: '失敗',
    finished: '完了',
  },
  best: (name: string, accuracy: number) => `最良：「${name}」、正解率 ${percent(accuracy)}`,
  accuracy: (value: number) => `正解率 ${percent(value)}`,
}
