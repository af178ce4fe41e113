/** @file The trainings of a project, and the open one, in Korean. */
import { count } from '../format.ts'

export const trainings = {
  lead: '이 프로젝트에서 한 모든 학습이에요. 결과, 활용, 내보내기는 열려 있는 학습을 다뤄요.',
  titled: (screen: string, name: string) => `${screen}: ${name}`,
  openOne: '열려 있는 학습',
  option: (name: string, accuracy: string) => `${name} (${accuracy})`,
  all: '모든 학습',
  isOpen: '열려 있음',
  best: '최고',
  open: '열기',
  use: '활용',
  resume: '이어서 학습',
  rename: (name: string) => `${name} 이름 바꾸기`,
  newName: '새 이름',
  remove: (name: string) => `${name} 삭제`,
  busy: '지금 학습하고 있어요. 먼저 멈추세요.',
  removed: (name: string) =>
    `‘${name}’ 학습을 삭제했어요. 다른 학습을 삭제하거나 ViT Studio를 닫기 전까지 되돌릴 수 있어요.`,
  undo: '되돌리기',
  none: '아직 학습이 없어요',
  noneHint: '이 프로젝트에서 학습하면 여기에 나타나요.',
  again: '다시 학습…',
  range: (low: string, high: string) => `${low}에서 ${high} 사이`,
  noAccuracy: '측정하지 않음',
  otherImages: '가장 최근의 학습과 다른 이미지로 측정했으므로 서로 비교할 수 없어요.',
  compare: (name: string) => `${name} 비교`,
  comparison: '비교',
  compareMore: '무엇이 차이를 만들었는지 보려면 위에서 학습을 두 개 이상 고르세요.',
  others: '다른 프로젝트의 학습',
  notSame:
    '이 학습들은 서로 다른 이미지를 확인용으로 남겨 두었어요. 한쪽 이미지가 더 쉬웠을 수 있으므로 정확도로 우열을 가릴 수 없어요.',
  kept: (name: string, share: string) =>
    `‘${name}’ 학습은 시작과 마지막 스텝의 혼합(${share} 지점)을 보관해요. 어떤 스텝보다 정확하며, 그래서 곡선의 어느 점에도 없어요.`,
  keptStep: '아래의 정확도는 보관된 가중치의 정확도예요. 마지막이 아니라 가장 좋은 스텝의 것이에요.',
  yes: '예',
  no: '아니요',
  oneResolution: '한 가지 해상도로만',
  started: (size: number) => `처음에는 ${count(size)}픽셀`,
}
