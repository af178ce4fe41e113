/** @file The Train step, in Korean: before, during and after. */
import { count, duration, percent } from '../format.ts'
import type { Words } from '../en.ts'

const rounds = (n: number): string => `반복 ${count(n)}회`
const images = (n: number): string => `이미지 ${count(n)}장`

/** How often each image is seen, as far as it can be said in words. */
function views(epochs: number): string {
  if (epochs < 0.95) return `이미지의 ${percent(epochs)}를 봐요`
  return epochs < 1.5 ? '이미지마다 한 번씩 봐요' : `이미지마다 약 ${count(epochs)}번씩 봐요`
}

export const train: Words['train'] = {
  title: '학습',
  lead: '모델이 이미지를 여러 번 되풀이해 보면서 그때마다 조금씩 나아져요.',
  length: '학습 시간',
  presets: {
    quick: {
      name: '빠르게',
      hint: '먼저 살펴볼 때 좋고, 이것으로 충분할 때도 많아요. 대부분 절반 해상도로 학습해요.',
    },
    standard: {
      name: '보통',
      hint: '이미지 정리가 끝났다면 대개 이것이 알맞아요. 같은 방법으로 더 오래 학습해요.',
    },
    thorough: {
      name: '꼼꼼하게',
      hint: '정확도를 끝까지 높여요. 먼저 가장 좋은 학습률과 자르기를 찾고, 가장 오래 학습해요.',
    },
    paper: {
      name: '논문 그대로',
      hint: 'ViT 논문의 방법이에요. 0에서 시작하는 헤드, 모든 파라미터, 하나의 해상도를 써요.',
    },
  },
  presetCost: (steps: number, epochs: number) => `${rounds(steps)}, ${views(epochs)}`,
  about: (seconds: number) => `약 ${duration(seconds)}`,
  planning: '걸릴 시간을 계산하는 중…',
  plan: (seconds: number, device: string) => `약 ${duration(seconds)} 걸려요(${device}).`,
  planMeasured: '이 모델로 이 컴퓨터에서 실제로 재어 본 시간이에요.',
  planEstimated: '장치의 속도로 짐작한 값이에요. 학습을 시작하면 정확해져요.',
  noDevice: '계산할 수 있는 장치를 찾지 못했어요.',
  details: '자세한 설정',
  groups: { course: '학습 과정', images: '이미지', machine: '장치' },
  steps: '반복 횟수(스텝)',
  stepsHint: '모델이 스스로를 고치는 횟수예요. 많을수록 오래 걸리지만, 어느 정도까지는 더 좋아져요.',
  batch: '반복당 이미지 수(배치)',
  batchHint: '이만큼의 이미지를 평균 내어 한 번 고쳐요. 적을수록 메모리를 덜 쓰지만 덜 안정적이에요.',
  learningRate: '학습률',
  learningRateHint:
    '한 번에 가장 크게 고치는 정도예요. 너무 낮으면 거의 배우지 못하고, 너무 높으면 알던 것을 잊어요.',
  warmup: '워밍업(반복)',
  warmupHint: '처음 이만큼 반복하는 동안 학습률을 서서히 올려서, 알던 것이 흐트러지지 않게 해요.',
  optimiser: '옵티마이저',
  optimiserValue: (optimiser: string, momentum: number | null, clip: number) =>
    momentum === null
      ? `${optimiser}, 기울기 최대 크기 ${clip}`
      : `확률적 경사 하강법, 모멘텀 ${momentum}, 기울기 최대 크기 ${clip}`,
  optimiserHint:
    '모델이 스스로 고치는 방법이에요. 논문에서 쓴 SGD는 이전에 고친 방향을 대부분 이어 가고, AdamW는 가중치마다 폭을 따로 정하는 대신 메모리가 더 필요해요. 한 번에 너무 크게 고치지는 않아요.',
  asPreset: (name: string) => `학습 시간에 맞게: ${name}`,
  head: '헤드의 시작(선형 프로브)',
  headHint:
    '헤드는 특징을 클래스로 바꾸는 부분이에요. 미리보기의 답에서 시작하면 손실이 ln K가 아니라 낮은 값에서 시작해요.',
  heads: { zero: '논문처럼 0에서', probe: '미리보기의 선형 프로브에서' },
  lower: '학습 중의 해상도(점진적)',
  lowerHint:
    '대부분의 반복을 절반 해상도로 하면 걸리는 시간이 4분의 1쯤 되고, 마지막은 선택한 해상도로 해요.',
  lowers: { half: '대부분 절반 해상도로', none: '처음부터 끝까지 선택한 해상도로' },
  parts: '학습할 부분',
  partsHint: '적게 학습하면 빠르고 메모리도 적게 들지만, 때로는 덜 정확해요.',
  partNames: {
    everything: '전부',
    allButEmbedding: '패치 임베딩을 뺀 전부',
    last8: '마지막 블록 8개',
    last4: '마지막 블록 4개',
    last2: '마지막 블록 2개',
    head: '헤드만',
  },
  balance: '고르지 않은 클래스(균형 표본 추출)',
  balanceHint: '이미지 수가 클래스마다 크게 다르면, 적은 클래스를 더 자주 보여 줄 수 있어요.',
  balances: { none: '모든 이미지를 똑같이', sqrt: '적은 클래스를 더 자주', full: '모든 클래스를 똑같이' },
  search: {
    first: '먼저 가장 좋은 설정 찾기',
    firstHint:
      '여러 학습률과 자르기 방법을 짧게 시험하고, 학습 이미지의 일부(5분의 1)를 따로 두고 견주어요. 최대 3배까지 오래 걸려요.',
    tooShort: (steps: number) =>
      `${rounds(steps)} 이상 학습할 때 쓸 수 있어요. 더 짧은 학습은 짧은 시험으로 알 수 없어요.`,
    byFinding: (rate: string) => `${rate}, 설정 찾기로 정함`,
    title: '가장 좋은 설정',
    trial: (n: number, total: number) => `시험 ${total}개 중 ${n}번째`,
    left: (time: string) => `학습까지 약 ${time} 남음`,
    found: (rate: string, crop: string, time: string) =>
      `${time} 만에 찾았어요: 학습률 ${rate}, ‘${crop}’. 이 설정으로 학습해요.`,
    notPossible: '클래스마다 학습 이미지가 하나뿐이라 견줄 수 없어요. 보통 설정으로 학습해요.',
    judging: (training: number, development: number) =>
      `시험마다 학습 이미지 ${count(training)}장으로 배우고, 나머지 ${count(development)}장으로 견주어요.`,
    decides: '좋은 설정은 더 오래 시험해요. 정확도가 비슷하면 손실이 작은 쪽을 골라요.',
    sparse: (classes: number) => `클래스 ${count(classes)}개는 이미지가 5장보다 적어서 어림짐작이에요.`,
    loss: (loss: string, steps: number) => `손실 ${loss}, ${rounds(steps)}`,
    states: {
      waiting: '기다리는 중',
      running: '시험하는 중',
      in: '아직 남음',
      out: '탈락',
      failed: '발산',
      chosen: '가장 좋음',
    },
    paused: '설정을 찾다가 일시 정지했어요. 프로세서는 비어 있고, 지금까지 알아낸 것은 저장돼 있어요.',
  },
  augment: '이미지 변형(데이터 증강)',
  augmentHint: '모델이 이미지를 볼 때마다 조금씩 다르게 보여 줘서, 그대로 외우지 못하게 해요.',
  framing: '이미지 전체를 정사각형에 맞추는 방법',
  framings: {
    squash: { name: '눌러서 맞추기', hint: '전부 보이지만, 길거나 넓은 것은 모양이 달라져요.' },
    crop: { name: '가운데만 자르기', hint: '모양은 그대로지만, 긴 이미지의 양 끝은 보이지 않아요.' },
    letterbox: { name: '여백 넣기', hint: '전부 제 모양으로 보이지만 작아져요(레터박스).' },
  },
  preview: '모델에게 보일 이미지의 모습',
  previewOriginal: '원본 이미지',
  previewVaried: (n: number) => `변형 ${n}`,
  shuffle: '다시 섞기',
  seed: '시드',
  seedHint: '같은 시드를 쓰면 똑같은 학습을 되풀이하고, 다른 시드를 쓰면 자르는 위치와 순서가 달라져요.',
  device: '계산 장치',
  deviceHint: '숫자는 이 컴퓨터에서 잰 속도로, 1초에 몇십억 번 계산하는지를 나타내요.',
  deviceSpeed: (name: string, gflops: string) => `${name} (${gflops} GFLOP/s)`,
  deviceRefused: (name: string) => `${name} (사용할 수 없음)`,
  deviceReason: (name: string, reason: string) => `${name}: ${reason}`,
  automatic: '쓸 수 있는 가장 빠른 장치',
  wholeNumber: (least: number) => `${least} 이상의 정수를 입력해 주세요.`,
  positiveNumber: '0.01처럼 0보다 큰 수를 입력해 주세요.',
  tellMe: '끝나면 알려 주기',
  tellMeHint: '이 창이 뒤에 있으면 시스템 알림을 보내요.',
  tellMeRefused: '브라우저에서 이 페이지의 알림이 꺼져 있어요.',
  missingData: '먼저 이미지를 선택해 주세요.',
  missingModel: '먼저 모델을 선택해 주세요.',
  missingNumbers: '먼저 자세한 설정을 바로잡아 주세요.',
  start: '학습 시작',
  starting: '준비하는 중…',
  stop: '멈추고 가장 좋은 모델 남기기',
  stopping: '멈추는 중…',
  pause: '일시 정지',
  pausing: '일시 정지하는 중…',
  goOn: '계속',
  pausedNote: '일시 정지됨',
  paused: (step: number) =>
    `${rounds(step)} 후 일시 정지했어요. 프로세서는 쓰지 않고 메모리는 유지하며, 지금까지 배운 것은 모두 저장돼 있어요.`,
  staysOn: '이 창을 닫아도 괜찮아요. 터미널에서 ViT Studio를 끝낼 때까지 학습은 계속돼요.',
  running: (step: number, total: number) => `반복 ${count(step)} / ${count(total)}`,
  documentTitle: (share: number) => `${percent(Math.floor(100 * share) / 100)} – ViT Studio`,
  documentTitlePaused: '일시 정지됨 – ViT Studio',
  course: '진행 상황',
  curves: '곡선',
  heldCurve: '맞힌 확인용 이미지',
  ofHeld: (held: number, isOver: boolean) =>
    `확인용 이미지 ${count(held)}장 가운데 맞힌 비율${isOver ? '' : ' (지금까지 가장 좋은 값)'}`,
  noneHeld: '확인용 이미지가 없어서 얼마나 잘하는지 알 수 없어요.',
  left: (time: string) => `${time} 남음`,
  speed: '초당 이미지 수',
  memory: '메모리',
  learnedFrom: '학습용 이미지',
  heldBack: '확인용 이미지',
  resolution: '해상도',
  eachRound: '각 반복',
  average: '평균',
  training: '학습용',
  validation: '확인용',
  accuracy: '정확도',
  accuracySummary: (learning: string, held: string) =>
    `반복에 따른 정확도예요. 지금 학습용 이미지 ${learning}, 확인용 이미지 ${held}.`,
  loss: '손실',
  lossSummary: (learning: string, held: string) =>
    `반복에 따른 손실이에요. 지금 학습용 이미지 ${learning}, 확인용 이미지 ${held}. 낮을수록 좋아요.`,
  learningRateSummary: (now: string) =>
    `반복에 따른 학습률이에요(지금 ${now}). 처음에 올라갔다가 0까지 내려가요.`,
  gradNorm: '기울기 크기',
  gradNormSummary: (now: string) =>
    `반복에 따른 기울기 크기예요(지금 ${now}). 모델이 얼마나 세게 끌려가는지 보여 줘요.`,
  lookBack: '되돌아보기',
  readOut: (r) =>
    `반복 ${count(r.step)}: 정확도 ${r.accuracy}, 확인용 ${r.heldAccuracy}; 손실 ${r.loss}, 확인용 ${r.heldLoss}; ` +
    `학습률 ${r.learningRate}; 기울기 크기 ${r.gradNorm}`,
  probing: '출발점을 찾는 중…',
  probingPlace: (done: number, total: number, secondsLeft: number | null) =>
    `${images(total)} 중 ${count(done)}장 확인${secondsLeft === null ? '' : `, 약 ${duration(secondsLeft)} 남음`}`,
  headStarted: (chance: string) =>
    `헤드가 선형 프로브에서 시작하므로, 확인용 이미지의 손실은 찍을 때의 값(ln K = ${chance})보다 낮은 곳에서 시작해요.`,
  headKnows: (accuracy: string) => `프로브만으로도 확인용 이미지의 ${accuracy} 맞혀요.`,
  facts: {
    title: '이 학습에 대해',
    model: '시작한 모델',
    probe: '선형 프로브의 정확도',
    temperature: '확률의 온도',
    weights: '가중치',
    mixed: (share: string) => `시작에서 마지막 단계까지의 ${share} 지점(가중치 평균), 어떤 단계보다 나음`,
    answers: '답하는 모델',
    models: { trained: '학습한 모델', probe: '선형 프로브' },
    fairness: '드문 클래스에 대한 공평함',
    unsure: '불확실로 표시할 기준',
    usual: '보통 기준',
    resumed: '이어서 시작할 때 확인한 점',
    unknown: '알 수 없음',
  },
  balanceAdvice: (most: string, many: number, least: string, few: number) =>
    `‘${most}’ 클래스의 학습용 이미지는 ${count(many)}장인데 ‘${least}’ 클래스는 ${count(few)}장뿐이에요. 작은 클래스를 더 자주 보여 주면 더 잘 알아봐요.`,
  balanceTake: '작은 클래스를 더 자주 보여 주기',
  balanceUndo: '모든 이미지를 똑같이 보여 주기',
  examples: '확인용 이미지 몇 장',
  examplesHint: '모델은 이 이미지로는 학습하지 않아요. 얼마나 확신하게 되는지 지켜보세요.',
  exampleRight: '맞힘',
  exampleWrong: '틀림',
  exampleImage: (truth: string) => `확인용 이미지: ${truth}`,
  examplesWhen: '이전과 지금',
  examplesBefore: '이전',
  examplesNow: '지금',
  examplesAt: (step: number) => (step === 0 ? '첫 반복 전' : `${rounds(step)} 후`),
  done: '완료',
  outcome: (accuracy: string, held: number) =>
    `가장 좋은 모델은 확인용 ${images(held)} 중 ${accuracy}를 맞혀요.`,
  outcomeRange: (low: string, high: string) =>
    `비슷한 다른 이미지에서는 ${low}에서 ${high} 사이로 예상돼요(20번 중 19번).`,
  outcomeWide: '확인용 이미지가 적어서 범위가 넓어요. 이미지가 많아지면 좁아져요.',
  outcomeBest: (step: number, steps: number) =>
    step === steps
      ? '마지막 반복에서도 나아지고 있었어요. 더 오래 학습하면 도움이 될 수 있어요.'
      : `${count(steps)}회 중 ${rounds(step)} 후에 가장 좋았고, 그때의 모델을 남겼어요.`,
  outcomePlain: '완료했어요. 확인용 이미지가 없어서 얼마나 좋은지는 알 수 없어요. 마지막 모델을 남겼어요.',
  nextLook: '다음으로 틀린 답을 살펴보세요. 라벨이 잘못된 경우도 많아요.',
  stopped: '멈췄어요. 지금까지 가장 좋은 모델이 남아 있고, 이어서 학습할 수 있어요.',
  failed: '학습이 중단됐어요.',
  safe: '마지막으로 저장할 때까지 배운 것은 안전해요.',
  continue: '이어서 학습',
  again: '다시 학습…',
  next: '결과 보기',
  newsDone: (name: string) => `${name}: 학습이 끝났어요`,
  newsDoneBody: (accuracy: string) => `가장 좋은 모델은 확인용 이미지의 ${accuracy}를 맞혀요.`,
  newsFailed: (name: string) => `${name}: 학습이 중단됐어요`,
}
