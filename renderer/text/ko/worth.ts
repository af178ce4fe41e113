/** @file The photos that are worth a look before training, in Korean. */
import { count, percent } from '../format.ts'

export const worth = {
  begin: '사진 비교하기',
  needsModel: '먼저 모델을 선택하세요. 비슷한 사진들이 다른 종류인 사진을 모델이 찾아 줘요.',
  doubts: '다른 종류처럼 보이는 사진',
  doubtsHow:
    '이 모델에게 가장 비슷해 보이는 사진(특징이 가장 가까운 이웃) 10장 중 7장 이상이 다른 한 종류예요. 모델이 틀릴 수도 있으니 직접 판단하세요.',
  found: (n: number) => `살펴볼 사진 ${count(n)}장`,
  nothing: '어긋나 보이는 사진이 없어요.',
  nothingHow: (n: number) => `사진 ${count(n)}장을 가장 비슷한 사진들과 비교했어요.`,
  youSay: (own: string, suggested: string, votes: number, of: number) =>
    `지금 종류: ‘${own}’. 가장 비슷한 사진 ${count(of)}장 중 ${count(votes)}장의 종류: ‘${suggested}’.`,
  asSuggested: (kind: string) => `‘${kind}’ 종류로 바꾸기`,
  right: (kind: string) => `‘${kind}’ 그대로 두기`,
  rightHint: '종류가 바뀌지 않는 한 다시 보여 주지 않아요.',
  alike: '가장 비슷한 사진',
  open: (name: string) => `크게 보기: ${name}`,
  weak: (share: number) =>
    `이 모델에게는 종류들이 서로 비슷해 보여요. 가장 비슷한 사진 중 같은 종류의 비율: ${percent(share)}. 다른 모델이나 학습한 모델은 더 많이 찾아 줘요.`,
  kept: (n: number) => `맞다고 한 것: ${count(n)}개.`,
  again: '다시 보기',
  more: (n: number) => `${count(n)}장 더 보기`,
  pairs: '거의 같은 사진 두 장',
  pairsHow: '검사에서 찾았어요. 똑같은 사본이거나, 다시 저장했거나, 크기를 바꿨거나, 잇달아 찍은 사진이에요.',
  inTwoKinds: (a: string, b: string) => `한 장은 ‘${a}’, 다른 한 장은 ‘${b}’. 둘 다 맞을 수는 없어요.`,
  onBothSides:
    '한 장은 학습용, 다른 한 장은 확인용이에요. 모델이 이미 답을 본 셈이라 정확도가 실제보다 높게 나와요.',
  both: (kind: string) => `둘 다 ‘${kind}’`,
  keepBoth: '둘 다 그대로 두기',
  leaveOut: (file: string) => `제외하기: ${file}`,
}
