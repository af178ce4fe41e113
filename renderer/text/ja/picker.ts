/** @file The picker of folders and files, in Japanese. */
import { count } from '../format.ts'

export const picker = {
  folder: '画像のフォルダーを選択',
  checkpoint: 'モデルのファイルまたはフォルダーを選択',
  images: (n: number) => (n === 0 ? '' : `このフォルダーの直下に画像${count(n)}枚`),
  path: 'パス',
  go: '移動',
  up: '上のフォルダーへ',
  places: '場所',
  empty: '選択できるものがありません。別のフォルダーを開いてください。',
  useFolder: (name: string) => `「${name}」を選択`,
  loading: '開いています…',
  list: '内容',
}
