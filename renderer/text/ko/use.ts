/** @file The Use step, in Korean. */
import { count } from '../format.ts'

const images = (n: number): string => `이미지 ${count(n)}장`
const files = (n: number): string => `파일 ${count(n)}개`

export const use = {
  title: '활용',
  lead: '새로운 이미지를 모델에게 보여 주거나, 모델을 다른 프로그램으로 가져가세요.',
  views: { label: '할 일', ask: '이미지 보여 주기', export: '내보내기' },
  drop: '이미지나 폴더를 여기에 놓아 주세요',
  dropHint: '이미지나 폴더를 놓으면 모델의 답을 볼 수 있어요',
  dropLead: '이미지 몇 장은 하나씩, 폴더는 답별로 나누어 보여 줘요.',
  choose: '이미지 선택…',
  chooseFolder: '폴더 선택…',
  asking: '살펴보는 중…',
  unsure: '불확실',
  unsureHint: '불확실로 표시할 기준',
  unsureExplained:
    '모델은 항상 가장 그럴듯한 답을 내놓아요. 확률이 이 값보다 낮으면 추측일 뿐이니 직접 확인해 주세요.',
  unsureEffect: (unsure: string, right: string) =>
    `확인용 이미지에서는 ${unsure}가 불확실로 표시되고, 나머지는 ${right} 맞아요.`,
  unsureAll: '확인용 이미지에서는 모든 답이 불확실로 표시돼요.',
  answers: '답',
  clear: '비우기',
  openAnswer: (name: string) => `열기: ${name}`,

  byAnswer: {
    start: '답별 폴더로 복사…',
    hint: '새 폴더에 복사하고, 원래 파일은 그대로 두어요.',
    choose: '새 폴더를 만들 곳',
    folder: '답별 정리',
    unsure: '불확실',
    copying: '이미지를 복사하는 중…',
    copied: (n: number, folder: string, failed: number) =>
      failed === 0
        ? `${images(n)} 복사함: ${folder}`
        : `${images(n)} 복사함: ${folder} (읽지 못한 이미지 ${count(failed)}장)`,
  },
  right: {
    ask: '틀렸어요, 실제로는',
    add: '학습 사진에 추가',
    added: (label: string) => `학습 사진에 추가했어요: ${label}. 다음 학습부터 배워요.`,
  },
  similar: {
    title: '가장 비슷한 학습 사진',
    hint: '모델이 두 사진에서 본 것이 이만큼 비슷해요(코사인 유사도).',
    find: (n: number) => `사진 ${count(n)}장 가운데서 찾기`,
    looking: '학습 사진을 살펴보는 중…',
    photo: (kind: string) => `학습 사진: ${kind}`,
    alike: (share: string) => `${share} 비슷함`,
  },
  tryHeldBack: '확인용 사진으로 해 보기',
  tryHeldBackHint: '모델이 학습하지 않은 사진이고, 무엇이 찍혔는지도 알고 있어요.',
  tryThis: (path: string) => `해 보기: ${path}`,
  others: '다른 답',
  sure: (share: string) => `${share} 확신`,
  isRight: '맞음',
  isWrong: (truth: string) => `틀림, 실제: ${truth}`,

  camera: {
    start: '카메라 사용',
    title: '카메라',
    starting: '카메라를 기다리는 중…',
    stop: '카메라 끄기',
    pause: '일시 정지',
    resume: '계속',
    keep: '이 장면 남기기',
    device: '카메라',
    nameless: (n: number) => `카메라 ${count(n)}`,
    live: '카메라 화면',
    privacy: '영상은 이 컴퓨터 밖으로 나가지 않아요.',
    picture: (time: string) => `카메라 ${time}`,
    denied: '여기에서 카메라를 사용할 수 없어요. 브라우저나 시스템 설정에서 허용한 뒤 다시 시도해 주세요.',
    missing: '카메라를 찾지 못했어요. 연결한 뒤 다시 시도해 주세요.',
    busy: '카메라를 열 수 없어요. 다른 프로그램이 쓰고 있다면 닫은 뒤 다시 시도해 주세요.',
  },

  table: {
    title: (name: string) => `‘${name}’ 폴더의 이미지`,
    files: (n: number) => images(n),
    listing: '이미지를 찾는 중…',
    progress: (done: number, total: number) => `${files(total)} 중 ${count(done)}개`,
    stop: '멈춤',
    stopped: (done: number, total: number) =>
      `${files(total)} 중 ${count(done)}개까지 보고 멈췄어요. 지금까지의 답은 남아 있어요.`,
    close: '표 닫기',
    save: 'CSV로 저장',
    filter: '보기',
    all: (n: number) => `모든 클래스 (${count(n)})`,
    ofClass: (name: string, n: number) => `${name} (${count(n)})`,
    onlyUnsure: (n: number) => `불확실한 것만 (${count(n)})`,
    kind: (name: string, n: number, unsure: number) =>
      unsure === 0 ? `${name}: ${images(n)}` : `${name}: ${images(n)}, 불확실 ${count(unsure)}장`,
    open: (name: string, answer: string, sure: string) => `열기: ${name}, ${answer}, ${sure}`,
    looks: { label: '보기 방식', grid: '그림', rows: '표' },
    file: '파일',
    answer: '답',
    probability: '확신',
    nothing: '조건에 맞는 이미지가 없어요.',
    left: (n: number) => `제외된 ${files(n)}`,
    notImage: '이미지가 아니에요.',
    shown: (n: number) => `${images(n)} 표시`,
    csv: {
      name: '예측',
      file: '파일',
      prediction: '예측',
      probability: '확률',
      unsure: '불확실',
      guess: (place: number) => `예측 ${place}`,
      guessProbability: (place: number) => `확률 ${place}`,
      problem: '문제',
      yes: '예',
      no: '아니요',
    },
  },

  export: '형식',
  exportLead:
    '모델을 어디에서 쓸지 골라 주세요. 파일을 쓴 뒤 다시 열어서, 실제 이미지로 학습된 모델과 답이 같은지 확인해요.',
  destination: '폴더',
  destinationOwn: 'ViT Studio의 내보내기 폴더',
  destinationChange: '다른 폴더 선택…',
  destinationReset: '기본 폴더 사용',
  write: (n: number) => (n < 2 ? '모델 내보내기' : `${count(n)}가지 형식으로 내보내기`),
  exporting: (name: string, place: number, total: number) =>
    `쓰고 확인하는 중: ${name} (${count(place)}/${count(total)})`,
  verified: (n: number) => `다시 열어 ${images(n)}으로 확인했어요. 답이 같아요`,
  difference: (difference: string) => `(로짓의 최대 차이 ${difference})`,
  refused: (name: string) => `${name} 형식으로는 이 모델을 담을 수 없어요.`,
  reveal: '폴더 열기',
  copyPath: '경로 복사',
  snippet: '사용 방법',
  snippetFor: '프로그램',
  snippets: {
    node: 'JavaScript, Node',
    browser: 'JavaScript, 브라우저',
  },
  copy: '복사',
  copied: '복사했어요',
}
