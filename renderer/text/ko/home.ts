/** @file The first screen, in Korean. */
import { count, percent } from '../format.ts'

export const home = {
  title: '내 사진을 구별하는 모델을 만들어 보세요',
  lead: '구별하고 싶은 종류(클래스)마다 폴더를 하나씩 만들어 예시 사진을 나누어 담아 주세요. ViT Studio가 이 컴퓨터에서 학습하고, 사진은 밖으로 나가지 않아요.',
  sample: '샘플 사진으로 시작하기',
  sampleHint: '여러 클래스의 작은 그림과 프로그램에 들어 있는 작은 모델로 해 볼 수 있어요.',
  sampleName: '샘플 사진',
  own: '사진 폴더 선택',
  ownHint:
    '폴더를 여기에 놓아도 돼요. ‘익음’, ‘안 익음’처럼 클래스마다 폴더를 하나씩 만들고, 각각 사진을 20장 이상 담아 주세요.',
  how: [
    {
      title: '종류별로 사진을 모아요',
      words: '구별하고 싶은 것마다 폴더 하나에 사진을 20장 이상 담아 주세요. 사진 파일은 그대로 남아요.',
    },
    {
      title: '모델이 사진을 보고 배워요',
      words: '사진을 조각조각 여러 번 보면서 배우고, 처음 보는 사진으로 시험을 봐요.',
    },
    {
      title: '새 사진을 물어봐요',
      words:
        '무엇이 보이는지, 얼마나 확신하는지 알려 줘요. 다른 프로그램에서 여는 파일로 가져갈 수도 있어요.',
    },
  ],
  dropHere: '폴더를 놓으면 새 프로젝트를 시작해요',
  earlier: '내 프로젝트',
  noneTitle: '아직 프로젝트가 없어요.',
  noRuns: '학습한 내용이 여기에 나타나고, 언제든 이어서 할 수 있어요.',
  loading: '이전 작업을 찾는 중…',
  rename: (name: string) => `이름 바꾸기: ${name}`,
  newName: '새 이름',
  remove: (name: string) => `삭제: ${name}`,
  removeTitle: (name: string) => `‘${name}’ 프로젝트를 삭제할까요?`,
  removeLead: '프로젝트가 삭제돼요. 이미지는 원래 자리에 그대로 남아요.',
  removeRuns: (n: number) => `학습된 모델 ${count(n)}개도 함께 삭제하기. 되돌릴 수 없어요.`,
  removeNow: '삭제',
  images: (images: number, classes: number) => `이미지 ${count(images)}장, 클래스 ${count(classes)}개`,
  noImages: '아직 이미지가 없어요',
  runs: (n: number) => (n === 0 ? '아직 학습하지 않음' : `${count(n)}번 학습함`),
  changed: '마지막 변경',
  alone: '프로젝트 없이 학습한 모델',
  aloneHint: '열면 프로젝트로 만들어져요.',
  status: {
    training: '학습 중',
    interrupted: '중단됨',
    stopped: '멈춤',
    failed: '실패',
    finished: '완료',
  },
  best: (name: string, accuracy: number) => `최고: ‘${name}’, 정확도 ${percent(accuracy)}`,
  accuracy: (value: number) => `정확도 ${percent(value)}`,
}
