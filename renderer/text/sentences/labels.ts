/** @file Sentences about labels: tables of them, and copies into class folders. */
import type { Translations } from './translations.ts'

export const labels: Translations = {
  'This is no table in text form, or is in UTF-16. Save it as CSV in UTF-8.': {
    ko: '텍스트로 된 표가 아니거나 UTF-16으로 저장되었어요. UTF-8 CSV로 저장해 주세요.',
    ja: 'テキスト形式の表でないか、UTF-16で保存されています。UTF-8のCSVで保存してください。',
  },
  'The table has {0} rows, and at most {1} can be read. Divide it.': {
    ko: '표에 행이 {0}개 있는데, 최대 {1}개까지 읽을 수 있어요. 표를 나누어 주세요.',
    ja: '表には{0}行ありますが、読み込めるのは{1}行までです。表を分けてください。',
  },
  'A table with a column of file names and a column of labels is needed, and this one has one column or none.':
    {
      ko: '파일 이름 열과 레이블 열이 있는 표가 필요한데, 이 표에는 열이 하나뿐이거나 없어요.',
      ja: 'ファイル名の列とラベルの列がある表が必要ですが、この表には列が1つしかないか、ありません。',
    },
  'No column of the table names images of this folder. Its first row: {0}': {
    ko: '이 폴더의 이미지 이름이 있는 열이 표에 없어요. 첫 행: {0}',
    ja: 'このフォルダーの画像の名前がある列が表にありません。最初の行：{0}',
  },
  'No image has a label yet, so there is nothing to copy. Label some first.': {
    ko: '아직 레이블이 있는 이미지가 없어서 복사할 것이 없어요. 먼저 몇 장에 레이블을 붙여 주세요.',
    ja: 'まだラベルの付いた画像がないため、コピーするものがありません。先に何枚かにラベルを付けてください。',
  },
  '{0} is no complete path. Choose a folder.': {
    ko: '완전한 경로가 아니에요: {0}. 폴더를 선택해 주세요.',
    ja: '{0}は完全なパスではありません。フォルダーを選んでください。',
  },
  '{0} lies within the images themselves ({1}), where the copies would be taken for more of them. Choose a folder elsewhere.':
    {
      ko: '{0} 폴더는 이미지 폴더({1}) 안에 있어서, 복사본이 새 이미지로 여겨져요. 다른 곳의 폴더를 선택해 주세요.',
      ja: '{0}は画像のフォルダー（{1}）の中にあり、コピーが新しい画像とみなされます。別の場所のフォルダーを選んでください。',
    },
  '{0} is not empty: it holds {1}. Choose an empty or a new folder, so that nothing is mixed up.': {
    ko: '{0} 폴더가 비어 있지 않아요({1}). 섞이지 않도록 빈 폴더나 새 폴더를 선택해 주세요.',
    ja: '{0}は空ではありません（{1}があります）。混ざらないように、空または新しいフォルダーを選んでください。',
  },
  'The images take {0} GB, and {1} GB are free where {2} is. Choose a folder on another disk.': {
    ko: '이미지는 {0} GB인데, {2} 폴더가 있는 디스크에는 {1} GB가 남아 있어요. 다른 디스크의 폴더를 선택해 주세요.',
    ja: '画像は{0} GBありますが、{2}のあるディスクの空きは{1} GBです。別のディスクのフォルダーを選んでください。',
  },
}
