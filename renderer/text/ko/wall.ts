/** @file The wall of photos, in Korean. */
import { count } from '../format.ts'

export const wall = {
  open: (name: string) => `크게 보기: ${name}`,
  size: '사진 크기',
  pixels: (side: number) => `${count(side)}픽셀`,
  filter: '표시할 사진',
  all: '전체',
  order: '정렬',
  groupings: { kind: '종류별', mixed: '섞어서' },
  traits: {
    unlabelled: '종류 없음',
    heldBack: '확인용',
    copies: '사본',
    suspicious: '의심스러움',
    leftOut: '제외함',
  },
  traitHints: {
    unlabelled: '아직 종류를 정하지 않은 사진이에요. 학습에 쓰지 않아요.',
    heldBack: '모델이 학습하지 않는 사진이에요. 처음 보는 사진을 얼마나 잘 맞히는지 알려 줘요.',
    copies: '똑같은 사본이나 거의 같아 보이는 사진이에요. 확인용으로 나눌 때 함께 둬요.',
    suspicious: '같거나 거의 같은 사진이 두 종류에 들어 있어요. 둘 중 하나는 잘못됐어요.',
    leftOut: '직접 제외한 사진이에요. 학습에 쓰지 않고, 파일은 그대로예요.',
  },
  kinds: '종류(클래스)',
  kindHint: (own: number, held: number) =>
    `학습용 ${count(own)}장, 확인용 ${count(held)}장. 클릭하면 이 종류만, Ctrl과 함께 클릭하면 다른 종류와 같이 보여요.`,
  learned: '학습용',
  why: '이유와 방법',
  problems: '알아 두면 좋은 점',
  allProblems: (n: number) => `${count(n)}가지 모두`,
  nothing: '조건에 맞는 사진이 없어요.',
  corrected: '고침',
  chooseAll: '모두 선택',
  chooseAllOf: (kind: string) => `모두 선택: ${kind}`,
  chosen: (n: number) => `사진 ${count(n)}장 선택됨`,
  bar: '선택한 사진으로 할 일',
  clear: '선택 해제',
}
