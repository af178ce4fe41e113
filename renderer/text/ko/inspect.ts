/** @file A look inside a model, in Korean. */
import { count } from '../format.ts'

export const inspect = {
  title: '모델 들여다보기',
  working: '들여다보는 중…',
  before: (name: string) => `학습 전: ${name}`,
  after: (name: string) => `학습 후: ${name}`,
  needsPhotos: '데이터 화면에서 사진을 선택하면 각 헤드가 얼마나 멀리, 어디를 보는지 볼 수 있어요.',
  filters: '맨 먼저 찾는 것(패치 필터의 주성분)',
  filtersHint:
    '사진의 조각마다 이런 무늬와 비교하고, 앞에 있을수록 중요해요. 줄무늬, 점, 색이 또렷하면 잘 학습된 모델이고, 잡음처럼 보이면 아직 배운 것이 적은 모델이에요.',
  filtersAlt: (n: number) => `작은 컬러 그림으로 나타낸 무늬 ${count(n)}개`,
  noFilters: '이 모델은 사진을 먼저 ResNet으로 읽어서, 그림으로 보여 줄 패치 필터가 없어요.',
  positions: '조각의 위치를 아는 방법(위치 임베딩의 유사도)',
  positionsHint:
    '작은 네모 하나가 위치 하나를 뜻하고, 그 위치와 비슷한 위치를 보여 줘요. 자기 자리 주변과 같은 행, 같은 열이 밝으면 모델이 그림의 배치를 배운 거예요.',
  positionsAlt: (rows: number, columns: number) => `위치 ${count(rows)} × ${count(columns)}개의 유사도`,
  tooManyPositions: '이 모델은 위치가 너무 많아 모두 보여 줄 수 없어요.',
  distances: '얼마나 멀리 보는지(깊이별 평균 어텐션 거리)',
  distancesHint:
    '점 하나가 한 층의 헤드 하나이고, 높을수록 멀리 봐요(단위: 픽셀). 학습된 모델의 앞쪽 층에는 가까이 보는 헤드와 멀리 보는 헤드가 함께 있고, 뒤쪽 층에서는 모두 멀리 봐요.',
  distanceAlt: (layer: number, near: number, far: number) =>
    `${count(layer)}층: ${count(near)}–${count(far)}픽셀`,
  distancesCaption: (photos: number) => `가로는 층, 세로는 픽셀이에요. 사진 ${count(photos)}장의 평균이에요.`,
  attention: '사진에서 보는 곳(어텐션 롤아웃)',
  attentionHint:
    '선택한 층까지 거쳐 답에 닿는 부분이 밝아요. 헤드 하나를 고르면 그 헤드만 거친 결과예요. 앞쪽 층은 거의 모든 곳을, 뒤쪽 층은 사진의 주인공을 봐요.',
  photo: '사진 선택',
  photoNamed: (path: string) => `보기: ${path}`,
  photoAlt: (layer: number) => `${count(layer)}층이 보는 곳을 색으로 나타낸 사진`,
  layer: '층',
  layerOf: (layer: number, all: number) => `${count(layer)} / ${count(all)}`,
  head: '헤드',
  allHeads: '모든 헤드, 처음부터 따라감',
  headNamed: (head: number) => `${count(head)}번 헤드만`,
  little: '적게',
  much: '많이',
}
