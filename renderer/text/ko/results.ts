/** @file The Results step, in Korean. */
import { count } from '../format.ts'

const images = (n: number): string => `이미지 ${count(n)}장`

export const results = {
  title: '결과',
  lead: '학습에 쓰지 않은 이미지를 모델이 얼마나 잘 맞히는지 보여 줘요.',
  evaluating: '확인용 이미지를 모두 모델에게 물어보는 중…',
  evaluate: '모델 확인하기',
  stopped: '확인을 멈췄어요. 모델은 그대로예요.',
  accuracy: '정확도',
  nothingHeld: '확인용 이미지가 없어서 새로운 이미지를 얼마나 맞힐지 알 수 없어요.',
  balancedAccuracy: '균형 정확도',
  balancedHint: '이미지 수와 상관없이 모든 클래스를 똑같이 쳐요.',
  fiveFold: (accuracy: string, low: string, high: string, n: number) =>
    `확인용 이미지가 적어서, 출발점이 되는 선형 프로브를 ${images(n)} 전체에서 다섯 번에 나누어 따로 확인했어요. 정확도는 ${accuracy}(${low}~${high})예요.`,
  probe: {
    isBetter: (probe: string, trained: string) =>
      `이번에는 학습의 이득이 없었어요. 출발점인 선형 프로브는 확인용 이미지의 ${probe}, 학습한 모델은 ${trained} 맞혀요. 프로브가 답하게 할 수 있고, 언제든 되돌릴 수 있어요.`,
    take: '프로브로 답하기',
    answers: (probe: string, trained: string) =>
      `지금은 확인용 이미지의 ${probe} 맞히는 선형 프로브가 답해요. ${trained} 맞히는 학습한 모델도 그대로 있어요.`,
    takeTrained: '학습한 모델로 되돌리기',
  },
  fairness: {
    title: '드문 클래스도 공평하게(로짓 보정)',
    hint: '이미지가 훨씬 많은 클래스가 있으면 모델은 그쪽으로 답하기 쉬워요. 오른쪽으로 옮기면 다시 학습하지 않고 바로잡아요.',
    asLearned: '학습한 대로',
    allAlike: '모두 똑같이',
    accuracy: '정확도',
    balanced: '균형 정확도',
    now: '지금 선택',
    without: '학습한 대로',
  },
  unsure: {
    title: '언제 ‘불확실’로 답할지',
    hint: '확신이 이보다 낮은 답은 불확실로 표시해요. 아래 제안은 확인용 이미지에서 구했어요.',
    usual: '보통 기준',
    own: '직접 고른 값',
    suggestion: (precision: string, unanswered: number) =>
      unanswered === 0
        ? `답의 ${precision} 맞음: 답하지 않는 이미지 없음.`
        : `답의 ${precision} 맞음: 100장 중 ${unanswered}장은 답하지 않음.`,
    below: (threshold: string) => `(${threshold} 미만이면 불확실)`,
  },
  leftOut: (n: number) => `읽지 못한 파일 ${count(n)}개`,
  report: { save: '인쇄용 보고서 저장', name: '보고서' },
  save: '답을 표로 저장(CSV)',
  csv: { name: '예측', columns: ['파일', '실제', '예측', '확률'] },

  summary: {
    names: (n: number, right: number) =>
      `학습에 쓰지 않은 사진 ${count(n)}장 가운데 ${count(right)}장을 맞혔어요.`,
    range: (accuracy: string, low: string, high: string) =>
      `정확도는 ${accuracy}이고, 새 사진에서는 ${low}~${high}쯤을 기대할 수 있어요.`,
    most: (truth: string, guess: string, n: number) =>
      `가장 자주 헷갈린 것: 실제 ${truth}, 모델의 답 ${guess}, 사진 ${count(n)}장.`,
    terms: {
      accuracy: '모든 사진 가운데 맞힌 비율이에요.',
      macroF1: 'F1 점수(매크로)',
      macroF1Hint: '모든 클래스의 재현율과 정밀도를 하나로 나타낸 값이에요.',
      ece: '보정 오차(ECE)',
      eceHint: '모델이 말하는 확률과 실제로 맞는 비율의 차이예요.',
    },
  },
  pairs: {
    title: '무엇을 헷갈리는지',
    lead: '틀린 사진 옆에, 모델이 답한 클래스의 대표적인 학습 사진을 놓았어요. 가장 자주 헷갈린 것부터 보여 줘요.',
    typical: (kind: string) => `대표적인 학습 사진: ${kind}`,
    typicalBadge: '대표',
    sure: (sure: string) => `${sure} 확신`,
    all: (n: number) => `${count(n)}장 모두 보기`,
    more: (n: number) => `${count(n)}쌍 더 보기`,
  },
  reliability: {
    title: '신뢰도 도표',
    says: '모델이 말하는 확률(확신도)',
    right: '실제로 맞는 비율(정확도)',
    after: '지금의 답',
    before: '확률을 바로잡기 전(온도)',
    perfect: '말하는 만큼 맞음',
    point: (says: string, right: string) => `확신 ${says}: ${right} 맞음.`,
  },

  certainty: '얼마나 확신하는지',
  certaintyGroup: (from: string, to: string) => `${from}~${to} 확신`,
  certaintyTop: (from: string) => `${from} 이상 확신`,
  certaintyBottom: (to: string) => `${to} 미만 확신`,
  certaintyRight: (right: string, n: number) => `${count(n)}장 중 ${right} 맞음`,
  calibration: (before: string, after: string) =>
    `모델이 말하는 확률과 실제로 맞는 비율의 평균 차이(기대 보정 오차): ${after}, 확률을 바로잡기 전에는 ${before}.`,
  certaintyVerdicts: {
    fits: (claimed: string) =>
      `모델은 평균 ${claimed} 확신한다고 답하고, 실제로도 그만큼 맞혀요. 모델이 말하는 확률을 그대로 믿어도 좋아요.`,
    tooSure: (claimed: string) =>
      `모델은 평균 ${claimed} 확신한다고 답하지만, 실제로는 그만큼 맞히지 못해요. 모델이 말하는 확률은 조금 낮춰서 보세요.`,
    notSureEnough: (claimed: string) =>
      `모델은 평균 ${claimed} 확신한다고 답하지만, 실제로는 그보다 더 자주 맞혀요.`,
  },

  perClass: '클래스별 결과',
  class: '클래스',
  support: '이미지 수',
  recall: '재현율',
  recallHint: '이 클래스의 이미지 가운데 알아본 비율',
  precision: '정밀도',
  precisionHint: '이 클래스라고 답한 이미지 가운데 실제로 맞은 비율',
  f1: 'F1 점수',
  f1Hint: '재현율과 정밀도를 합친 값으로, 둘 다 높아야 높아요',
  averagePrecision: 'AP(평균 정밀도)',
  averagePrecisionHint: '평균 정밀도: 정밀도–재현율 곡선 아래의 넓이',
  curvesHint:
    '모델에게 요구하는 확신을 낮춰 갈 때 클래스마다 무엇을 얻는지 보여 주는 곡선이에요. 오른쪽 위 모서리에 가까울수록 좋아요(정밀도–재현율 곡선, AP는 그 아래의 넓이).',
  curvesHardest: (n: number) => `가장 어려워하는 클래스 ${count(n)}개예요.`,
  average: '클래스 평균',
  figuresHint:
    '재현율은 이 클래스의 이미지 가운데 알아본 비율이에요. 정밀도는 이 클래스라고 답한 이미지 가운데 실제로 맞은 비율이에요. F1 점수는 두 비율을 합친 값으로, 둘 다 높아야 높아요.',

  confusion: '모든 답을 클래스별로(혼동 행렬)',
  confusionHint:
    '행은 이미지의 실제 클래스, 열은 모델의 답이에요. 칸을 열면 해당 이미지를 볼 수 있고, 방향키로 칸 사이를 이동해요.',
  truth: '실제',
  cell: (truth: string, guess: string, n: number) => `실제: ${truth}, 모델의 답: ${guess}, ${images(n)}`,
  cellRight: (truth: string, n: number) => `맞힘: ${truth}, ${images(n)}`,
  pair: (truth: string, guess: string) => `실제 ${truth}, 답 ${guess}`,

  mistakes: (n: number) => `틀린 답 모두 보기(${count(n)})`,
  mistakesHint: '가장 확신한 것부터 보여 줘요. 라벨이 잘못된 경우도 많아요.',
  noMistakes: '확인용 이미지를 모두 맞혔어요.',
  mistake: (truth: string, guess: string, sure: string) =>
    `실제: ${truth}, 모델의 답: ${guess} (${sure} 확신)`,
  recognised: (truth: string, sure: string) => `맞힘: ${truth} (${sure} 확신)`,
  takenFor: '모델의 답:',
  more: (n: number) => `더 보기 (${count(n)})`,
  openImage: (what: string) => `열기: ${what}`,
  image: {
    position: (place: number, total: number) => `${count(total)}장 중 ${count(place)}번째`,
    previous: '이전 이미지',
    next: '다음 이미지',
    labelled: '폴더 이름',
    says: '모델의 답',
    asking: '모델에게 물어보는 중…',
  },

  wrong: '라벨이 잘못됐어요',
  correction: '실제로는 무엇인가요?',
  correct: '라벨 저장',
  corrected: (label: string) => `직접 고친 라벨: ${label}`,
  undo: '되돌리기',
  noProject: '라벨은 프로젝트에 속한 학습에서만 고칠 수 있어요.',
  banner: (n: number) => `라벨 ${count(n)}개를 고쳤어요`,
  bannerHint: '다음 학습에서는 고친 라벨로 배워요. 파일은 원래 폴더에 그대로 있어요.',
  again: '다시 학습…',
  move: '파일 옮기기…',
  moving: '파일을 옮기는 중…',

  compareLoading: '학습을 찾는 중…',
  compareCurve: '확인용 이미지의 정확도',
  compareSummary: (lines: string) => `반복에 따른 확인용 이미지의 정확도예요. ${lines}`,
  compareBest: (name: string, best: string) => `${name}: 최고 ${best}.`,
  compareSettings: '다른 점',
  compareSame: '모든 설정이 같아요. 차이는 우연에 따른 것뿐이에요.',
  compareSetting: '설정',
  compareAccuracy: '최고 정확도',
  compareRange: (low: string, high: string) => `${low}~${high}`,
  compareOverlap: '범위가 서로 겹쳐요. 이미지가 이렇게 적으면 차이가 우연일 수 있어요.',
  compareImages: '이미지별 비교',
  compareImagesHint: '둘 중 하나만 맞힌 이미지예요.',
  compareJudge: '이미지별로 비교하기',
  compareJudging: '두 모델에게 확인용 이미지를 물어보는 중…',
  compareOnly: (name: string, n: number) => `‘${name}’ 모델만 맞힘: ${images(n)}`,
  compareNoneShared: '두 학습의 확인용 이미지가 서로 달라서 하나씩 비교할 수 없어요.',
  compareShared: (both: string, n: number) =>
    `두 학습에 공통인 확인용 ${images(n)} 중 ${both}는 둘 다 맞혔어요.`,
  settings: {
    model: '모델',
    family: '모델 계열',
    data: '이미지',
    training: '학습용 이미지',
    resolution: '해상도',
    steps: '반복 횟수(스텝)',
    batch: '반복당 이미지 수(배치)',
    learningRate: '학습률',
    warmup: '워밍업 반복',
    momentum: '모멘텀',
    clip: '기울기 최대 크기',
    seed: '시드',
    augment: '이미지 변형(데이터 증강)',
    optimiser: '옵티마이저',
    balance: '고르지 않은 클래스(균형 표본 추출)',
    framing: '이미지 전체를 정사각형에 맞추는 방법',
    weightDecay: '가중치 감쇠',
    schedule: '스케줄',
    heldOut: '확인용 이미지',
    train: '학습하는 부분',
    firstResolution: '학습 중 해상도(점진적)',
    head: '헤드의 시작',
    searched: '탐색으로 찾음',
  } as Readonly<Record<string, string>>,

  attention: {
    show: '어디를 보는지 보기',
    hint: '밝은 곳은 답에 크게 작용하고 어두운 곳은 적게 작용해요. 어디를 보았는지를 보여 줄 뿐, 이유를 보여 주지는 않아요.',
    layers: '살펴볼 층',
    allLayers: '모든 층',
    lastLayer: '마지막 층',
    strength: '강도',
    little: '적게',
    much: '크게',
    working: '어디를 보는지 찾는 중…',
    alt: (image: string) => `${image}, 모델이 보지 않은 곳을 어둡게 표시`,
  },
  next: '모델 활용하기',
}
