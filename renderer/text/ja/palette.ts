/** @file The command palette, in Japanese. */
export const palette = {
  open: 'すべてから探す',
  title: '何をしますか？',
  placeholder: '画面、プロジェクト、操作を入力',
  nothing: '当てはまるものがありません。',
  hint: '↑ ↓で選び、Enterで実行、Escで閉じます',
  groups: { now: '今できること', screens: '画面へ移動', projects: 'プロジェクトを開く', look: '外観と言語' },
  home: 'プロジェクト一覧',
  theme: (name: string) => `外観：${name}`,
  language: (name: string) => `言語：${name}`,
  exportModel: 'モデルをファイルに書き出す',
  checkAgain: '画像をもう一度調べる',
  beginSample: 'サンプル画像でプロジェクトを始める',
}
