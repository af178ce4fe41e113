/** @file The picker of folders and files, in Korean. */
import { count } from '../format.ts'

export const picker = {
  folder: '이미지 폴더 선택',
  checkpoint: '모델 파일 또는 폴더 선택',
  images: (n: number) => (n === 0 ? '' : `이 폴더에 바로 들어 있는 이미지 ${count(n)}장`),
  path: '경로',
  go: '이동',
  up: '상위 폴더로',
  places: '위치',
  empty: '선택할 항목이 없어요. 다른 폴더를 열어 보세요.',
  useFolder: (name: string) => `‘${name}’ 선택`,
  loading: '여는 중…',
  list: '내용',
}
