/** @file The rail of steps, in Japanese. */
export const steps = {
  label: 'ステップ',
  project: 'プロジェクト：',
  names: { data: 'データ', model: 'モデル', train: '学習', results: '結果', use: '活用' },
  done: '完了',
  next: '次へ',
  working: '処理中…',
  needsRun: '学習後に開きます',
}
