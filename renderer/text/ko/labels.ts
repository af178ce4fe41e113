/** @file Labels from a table, and copies in class folders, in Korean. */
import { count } from '../format.ts'

const rows = (n: number): string => `${count(n)}행`
const photos = (n: number): string => `사진 ${count(n)}장`

export const table = {
  menu: '표에서 종류 가져오기…',
  title: (file: string) => `‘${file}’ 표에서 종류 가져오기`,
  reading: '표를 읽는 중…',
  fileColumn: '파일 이름이 있는 열',
  labelColumn: '종류가 있는 열',
  matched: (n: number, total: number) => `${rows(total)}에서 ${photos(n)}의 종류를 정해요.`,
  apply: (n: number) => `${photos(n)}에 적용`,
  doubts: {
    withoutImage: (n: number) => `해당하는 사진이 없는 ${rows(n)}:`,
    ambiguous: (n: number) => `여러 사진에 해당할 수 있어 쓰지 않는 ${rows(n)}:`,
    contradicting: (n: number) => `앞의 행과 달라서 쓰지 않는 ${rows(n)}:`,
    withoutLabel: (n: number) => `종류가 비어 있는 ${rows(n)}:`,
    withoutRow: (n: number) => `표에 없어서 그대로 두는 ${photos(n)}:`,
  },
  refused: (n: number, label: string) => `‘${label}’ 종류의 ${rows(n)}은 쓰지 않아요:`,
}

export const copy = {
  menu: '클래스 폴더로 복사…',
  title: '사진을 클래스 폴더로 복사',
  lead: '종류가 정해진 사진을 모두 그 이름의 폴더로 복사해요. 원본 사진은 그대로 있어요.',
  choose: '위치 선택…',
  folderName: (project: string) => `${project} 종류별`,
  apart: '확인용 사진은 다른 폴더로 나누기(train과 val)',
  now: '복사',
  progress: (done: number, total: number) => `${photos(total)} 중 ${count(done)}장`,
  done: (n: number) => `${photos(n)}을 복사했어요.`,
}
