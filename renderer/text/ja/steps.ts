/** @file The rail of steps, in Japanese. */
export const steps = {
  label: 'ステップ',
  project: 'プロジェクト：',
  done: '完了',
  next: '次へ',
  working: '処理中…',
  failed: 'うまくいきませんでした',
  needsRun: '学習後に開きます',
}
