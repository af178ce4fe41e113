/** @file Words of every screen, in Japanese. */
export const common = {
  app: 'ViT Studio',
  close: '閉じる',
  cancel: 'キャンセル',
  retry: 'もう一度試す',
  choose: '選択',
  open: '開く',
  none: 'なし',
  connecting: '接続しています…',
  lost: 'ViT Studioとの接続が切れました。ターミナルを閉じた場合は、「npm start」でもう一度起動してください。保存した内容は失われません。',
  notLetIn:
    'このブラウザはまだスタジオに接続できません。ViT Studioがターミナルに最後に表示したアドレスを開いてください。1つのアドレスで開けるブラウザは1つ、1回だけです。',
  reload: '再読み込み',
  theme: '外観',
  themes: { system: 'システム設定', light: 'ライト', dark: 'ダーク' },
  language: '言語',
  skip: '本文へ移動',
  dropHere: '画像をドロップすると、モデルの答えを表示します',
  dropFolder: 'フォルダーをドロップすると、中の画像を使います',
  dismiss: '閉じる',
  detail: 'エラーの詳しい内容',
  save: '保存',
}
