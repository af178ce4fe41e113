/** @file The Data step, in Korean. */
import { count, megabytes } from '../format.ts'

const images = (n: number): string => `이미지 ${count(n)}장`
const files = (n: number): string => `파일 ${count(n)}개`

/** `‘a’, ‘b’`; long lists are cut. */
function listed(names: readonly string[]): string {
  const quoted = names
    .slice(0, 6)
    .map((name) => `‘${name}’`)
    .join(', ')
  return names.length > 6 ? `${quoted} 외 ${count(names.length - 6)}개` : quoted
}

export const data = {
  title: '데이터',
  lead: '모델이 보고 배울 사진이에요. 선택한 폴더 안의 폴더 하나가 클래스(종류) 하나이고, 폴더 이름이 클래스의 이름이 돼요.',
  choose: '폴더 선택…',
  change: '다른 폴더 선택…',
  sample: '샘플 사진 사용하기',
  dropTitle: '사진 폴더를 여기에 놓아 주세요',
  dropLead: '그 안에 클래스마다 폴더가 하나씩 있어야 해요:',
  dropExample: ['과일', '익음', '안 익음'] as readonly [string, string, string],
  checking: '모든 이미지를 살펴보는 중…',
  checked: (done: number, total: number) => `${images(total)} 중 ${count(done)}장`,
  making: '샘플 사진을 준비하는 중…',
  copying: '놓은 이미지를 복사하는 중…',
  copied: (done: number, total: number) => `${megabytes(done / 1e6)} / ${megabytes(total / 1e6)}`,
  copyHint:
    '브라우저는 놓은 폴더의 위치를 알려 주지 않아서, 이미지를 ViT Studio의 폴더로 복사해요. 원본 파일은 그대로예요.',
  isCopy: '놓은 폴더를 ViT Studio의 폴더 안에 복사한 것이에요.',
  left: (n: number) => `그 안의 다른 ${files(n)}는 복사하지 않았어요.`,
  again: '다시 검사',
  againHint: '그 사이에 추가하거나 바꾸거나 지운 이미지를 찾아요.',
  classes: '클래스',
  findClass: '클래스 찾기',
  moreClasses: (n: number) => `클래스가 ${count(n)}개 더 있어요. 이름의 일부를 입력해 찾아보세요.`,
  noClass: '그런 이름의 클래스가 없어요.',
  summary: (total: number, classes: number) => `${count(total)}장, 클래스 ${count(classes)}개`,
  splitTitle: '확인용 이미지(검증)',
  split: (training: number, validation: number) =>
    `학습용 ${count(training)}장, 확인용 ${count(validation)}장`,
  splitWhy:
    '모델은 확인용 이미지로는 학습하지 않아요. 그래서 처음 보는 사진을 얼마나 잘 맞히는지 알 수 있어요.',
  splitHow: '클래스마다 같은 비율로 무작위로 골라요. 서로 닮은 이미지는 나누지 않아요.',
  held: '확인용 비율',
  countOf: images,
  ownFolder: '다른 폴더를 확인용으로 사용…',
  ownFolderHint: '같은 이름의 폴더들이 들어 있어야 해요.',
  usesFolder: '이 폴더의 이미지를 확인용으로 써요:',
  noOwnFolder: '대신 일정 비율을 확인용으로 사용',
  images: '이미지',
  wall: '클래스별 모든 이미지',
  picture: (label: string, file: string) => `${label}, ${file}`,
  keys: '방향키로 이동하고 Enter 키로 이미지를 열어요.',
  skipped: (n: number) => `제외된 ${files(n)}`,
  skippedHint: '사용하지 않는 파일이에요. 파일은 그대로 남아 있어요.',
  moreSkipped: (n: number) => `그 밖에 ${files(n)}`,
  allGood: '이 이미지들에는 걱정할 점이 없어요.',
  show: '이미지 보기',
  alikeTitle: '서로 닮은 이미지',
  someTitle: '해당 이미지',
  shownOf: (shown: number, total: number) => `${count(total)}장 중 처음 ${count(shown)}장`,
  learnedFrom: '학습용',
  heldBack: '확인용',
  trainWith: (model: string) => `‘${model}’ 모델로 학습 단계로 건너뛰기`,
  next: '모델 단계로 계속',
  tooSingle:
    '낱개 사진이에요. 첫 화면에 놓으면 새 프로젝트가 돼요. 여기에 더하려면 폴더에 넣고 다시 검사해 주세요.',
  manyFolders: '놓은 폴더들',
  image: {
    position: (place: number, total: number) => `${count(total)}장 중 ${count(place)}번째`,
    previous: '이전',
    next: '다음',
    file: '파일',
    class: '클래스',
    size: '크기',
    pixels: (width: number, height: number) => `${count(width)} × ${count(height)}픽셀`,
    wrong: '클래스가 잘못됐나요? 맞는 클래스를 골라 주세요',
    asFolder: (label: string) => `${label} (폴더 이름 그대로)`,
    wrongHint: '이 프로젝트에만 기록되고 파일은 옮겨지지 않아요. 다음 검사와 다음 학습부터 반영돼요.',
  },
  corrections: (n: number) => `${images(n)}의 클래스를 직접 바꿨어요.`,
  moveFiles: '파일도 옮기기…',
  moveTitle: '파일을 맞는 폴더로 옮길까요?',
  moveLead: (n: number) =>
    `디스크에 있는 ${files(n)}를 직접 고른 클래스의 폴더로 각각 옮겨요. 덮어쓰는 파일은 없어요. 같은 이름이 있으면 옮기는 파일의 이름에 번호를 붙여요.`,
  moveNow: '파일 옮기기',
  moving: '파일을 옮기는 중…',
  moved: (n: number) => `${files(n)}를 옮겼어요.`,
  notMoved: (n: number) => `${files(n)}는 옮기지 못했어요:`,
  warning: {
    layout: (training: string, validation: string) =>
      `선택한 폴더가 두 폴더로 나뉘어 있어서, ‘${training}’ 폴더로 학습하고 ‘${validation}’ 폴더는 확인용으로 써요.`,
    onlyTraining: (training: string) =>
      `모델은 ‘${training}’ 폴더로 학습해요. 이 폴더는 데이터 세트의 여러 부분으로 이루어져 있고, 같은 클래스가 있는 다른 부분은 없어요.`,
    innerFolder: (folder: string) => `하나뿐인 폴더 ‘${folder}’ 안에 있는 폴더를 클래스로 사용해요.`,
    nestedClasses: (folders: readonly string[], inside: readonly string[]) =>
      `${listed(folders)} 폴더를 클래스로 보았지만 그 안에 또 폴더가 있어요(${listed(inside)}). 그 폴더들이 클래스라면 한 단계 안쪽 폴더를 골라 주세요.`,
    splitInside: (folders: readonly string[]) =>
      `클래스 폴더 안에 ${listed(folders)} 폴더가 있어요. 그 안의 이미지를 모두 학습에 사용해요.`,
    unusedFolder: (name: string) => `‘${name}’ 폴더는 사용하지 않아요.`,
    emptyClass: (name: string, folder: string) =>
      `${folder}의 ‘${name}’ 폴더에는 쓸 수 있는 이미지가 없어서 제외했어요.`,
    missingClasses: (classes: readonly string[]) =>
      `${listed(classes)} 클래스에는 확인용 이미지가 없어서, 얼마나 잘 알아보는지 알 수 없어요.`,
    onlyValidation: (n: number) =>
      `확인용 ${images(n)}은 학습용 이미지가 없는 클래스에 속해요. 이 이미지들은 사용하지 않아요.`,
    notRemembered: (reason: string) => `검사 결과를 저장할 수 없어서, 다음 검사도 이만큼 걸려요. ${reason}`,
    singleImage: (classes: readonly string[]) =>
      `${listed(classes)} 클래스에는 이미지가 한 장뿐이어서 확인용으로 둘 이미지가 없어요. 이미지를 더 추가해 주세요.`,
    fewImages: (classes: readonly string[], fewest: number) =>
      `${listed(classes)} 클래스에는 이미지가 ${count(fewest)}장보다 적어요. 클래스마다 20장쯤은 있어야 결과를 믿을 수 있어요.`,
    imbalance: (most: string, mostImages: number, least: string, leastImages: number) =>
      `클래스마다 이미지 수가 크게 달라요. ‘${most}’ ${count(mostImages)}장, ‘${least}’ ${count(leastImages)}장이에요. 모델이 이미지가 많은 클래스로 치우칠 수 있으니, 결과에서 클래스별로 확인해 주세요.`,
    sameInTwoClasses: (n: number) =>
      `${images(n)}이 두 클래스에 똑같이 들어 있어요. 둘 중 하나는 잘못된 것이에요.`,
    nearInTwoClasses: (n: number) =>
      `${images(n)}이 다른 클래스의 이미지와 거의 똑같아 보여요. 클래스가 맞는지 확인해 주세요.`,
    copies: (n: number) =>
      `${images(n)}이 같은 클래스의 다른 이미지와 완전히 같아요. 똑같은 이미지는 학습용과 확인용으로 나누지 않아요.`,
    nearCopies: (n: number) =>
      `${images(n)}이 같은 클래스의 다른 이미지와 거의 똑같아 보여요. 이런 이미지는 학습용과 확인용으로 나누지 않아요.`,
    leakedCopies: (n: number) =>
      `확인용 ${images(n)}이 학습용에도 들어 있어요. 정확도가 실제보다 높게 나올 거예요.`,
    leakedNearCopies: (n: number) =>
      `확인용 ${images(n)}이 학습용 이미지와 거의 똑같아 보여요. 정확도가 실제보다 높게 나올 거예요.`,
    small: (n: number, resolution: number) =>
      `${images(n)}이 모델이 보는 크기인 ${count(resolution)}픽셀보다 훨씬 작아서 흐릿해져요.`,
    flat: (n: number) => `${images(n)}이 전체적으로 거의 한 가지 색이에요.`,
    narrowRange: (n: number, bits: number) =>
      `${images(n)}이 16비트 파일에 색마다 ${count(bits)}비트만 쓰고 있어서 거의 검게 보여요. 먼저 밝기를 전체 범위로 넓히거나 8비트로 저장해 주세요.`,
    leftOut: (n: number, total: number, most: number, reason: string) =>
      `파일 ${count(total)}개 중 ${count(n)}개를 제외했어요. 가장 많은 이유(${count(most)}개): ${reason}`,
    morePages: (n: number) =>
      `파일 ${count(n)}개에 페이지나 프레임이 여러 개 들어 있어요. 첫 번째만 사용해요.`,
  },
}
