/** @file The map of the photos, in Korean. */
import { count, percent } from '../format.ts'

export const map = {
  views: { wall: '사진 벽', map: '지도', worth: '살펴볼 사진' },
  view: '사진을 보는 방식',
  eye: '누구의 눈으로',
  before: (model: string) => (model === '' ? '선택한 모델, 학습 전' : `${model}, 학습 전`),
  after: (run: string, accuracy: number) => `${run}, 학습 후 (${percent(accuracy)})`,
  seeAsRun: '지도에서 사진 보기',
  seeAsRunHint:
    '이 학습 결과가 사진을 어떻게 보는지 데이터 화면의 지도에서 보여 줘요. 학습 전과 견줄 수 있어요.',
  begin: '지도 만들기',
  again: '다시 시도',
  needsModel: '먼저 모델을 선택하세요. 지도는 모델이 사진을 어떻게 보는지 보여 줘요.',
  waiting: '처음에는 사진을 한 번씩 모두 보는 만큼 걸리고, 그다음부터는 기억해 둔 것을 보여 줘요.',
  stages: {
    checking: '사진을 찾는 중…',
    looking: '모델이 사진을 하나씩 보는 중…',
    neighbours: '사진을 서로 비교하는 중…',
    layout: '지도를 그리는 중…',
  },
  how: '모델에게 비슷해 보이는 사진끼리 가까이 있어요(모델 특징의 UMAP). 멀리 떨어진 무리 사이의 거리는 큰 뜻이 없어요.',
  agreement: (share: number, n: number) =>
    `한 사진과 가장 비슷한 사진 ${count(n)}장 중 같은 종류의 비율: ${percent(share)}.`,
  sampled: (laidOut: number, total: number) =>
    `사진 ${count(total)}장 중 ${count(laidOut)}장으로 지도를 그리고, 나머지는 가장 비슷한 사진 옆에 놓았어요.`,
  missing: (n: number) => `사진 ${count(n)}장은 놓을 수 없었어요.`,
  canvas: (n: number) => `사진 ${count(n)}장의 지도`,
  keys: '화살표 키로 사진 사이를 옮겨 다니고, Shift와 함께 누르면 지도가 움직여요. 더하기와 빼기로 확대·축소하고, 0 키는 전체를 보여 줘요. 스페이스는 사진 선택, Enter는 크게 보기, Ctrl+A는 모두 선택, Esc는 선택 해제예요.',
  alike: (same: number, of: number) => `가장 비슷한 ${count(of)}장 중 ${count(same)}장이 같은 종류`,
  tools: '지도 도구',
  toolNames: {
    move: '끌어서 지도 움직이기',
    lasso: '올가미로 사진 선택(또는 Shift를 누른 채 끌기)',
  },
  chooseVisible: '보이는 사진 모두 선택',
  pictures: '자리가 있으면 사진으로 보기',
  nearer: '확대',
  further: '축소',
  whole: '전체 보기',
}
