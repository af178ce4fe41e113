/** @file The wall of photos, in Korean. */
import type { LabelStep } from '../../../core/api/contract/labels.ts'
import { count } from '../format.ts'

type Step = LabelStep['kind']

const photos = (n: number): string => `사진 ${count(n)}장`

/** ‘a’, ‘b’; null is no kind. */
function named(names: readonly (string | null)[]): string {
  return names.map((name) => (name === null ? '종류 없음' : `‘${name}’`)).join(', ')
}

const steps: Record<Step, (n: number, names: string) => string> = {
  label: (n, names) => `${photos(n)}: ${names}`,
  leaveOut: (n) => `${photos(n)} 제외`,
  takeBack: (n) => `${photos(n)} 다시 넣음`,
  holdBack: (n) => `${photos(n)} 확인용으로 둠`,
  automatic: (n) => `${photos(n)} 무작위로 정함`,
  asFolder: (n) => `${photos(n)} 폴더대로 되돌림`,
  makeClass: (_, names) => `새 종류 ${names}`,
  renameClass: (_, names) => `종류 이름 변경: ${names}`,
  mergeClasses: (_, names) => `종류 합침: ${names}`,
  deleteClass: (_, names) => `종류 삭제: ${names}`,
  table: (n) => `표에 따라 ${photos(n)} 종류 정함`,
}

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
  labelledByHand: '직접 정함',
  chooseAll: '모두 선택',
  chooseAllOf: (kind: string) => `모두 선택: ${kind}`,
  chosen: (n: number) => `${photos(n)} 선택됨`,
  bar: '선택한 사진으로 할 일',
  clear: '선택 해제',
  label: '선택한 사진의 종류',
  labelHint: '종류 이름…',
  labelAs: (kind: string, key: string) => `이 사진들의 종류: ${kind} (${key})`,
  makeNamed: (name: string) => `새 종류 ‘${name}’`,
  leaveOut: '제외하기',
  leaveOutHint: '학습에 쓰지 않아요. 파일은 그대로예요.',
  takeBack: '다시 넣기',
  holdBack: '확인용으로 두기',
  holdBackHint: '확인에만 써요. 모델은 이 사진으로 학습하지 않아요.',
  automatic: '무작위로 정하기',
  asFolder: '폴더대로 되돌리기',
  isWrong: '종류가 틀렸나요? 맞는 종류를 적어 주세요',
  filesStay: '이 프로젝트에만 기억해 둬요. 파일은 그 자리에 그대로 있어요.',
  undo: '실행 취소',
  redo: '다시 실행',
  more: '더 보기',
  noKinds: '아직 종류가 없어요. 같은 종류의 사진을 선택하고 이름을 붙여 주세요.',
  newKind: '새 종류',
  kindMenu: (kind: string) => `이름 변경, 합치기, 삭제: ${kind}`,
  rename: '이름 변경…',
  renameTitle: (kind: string) => `‘${kind}’ 이름 변경`,
  merge: '다른 종류에 합치기…',
  mergeTitle: (kind: string) => `‘${kind}’ 종류를 다른 종류에 합치기`,
  mergeInto: '합칠 종류',
  mergeHint: (kind: string, into: string) =>
    `‘${kind}’ 종류의 사진이 모두 ‘${into}’ 종류가 돼요. 파일은 그대로이고, 되돌릴 수 있어요.`,
  mergeNow: '하나로 합치기',
  deleteKind: '종류만 삭제하고 사진은 두기',
  kindName: '이름',
  nameHint: '이 프로젝트에서만 쓰는 이름이에요. 폴더 이름은 바뀌지 않아요.',
  nameNow: '이 이름 사용',
  step: (kind: Step, n: number, names: readonly (string | null)[]) => steps[kind](n, named(names)),
  said: (way: 'done' | 'undone' | 'redone', kind: Step, n: number, names: readonly (string | null)[]) =>
    `${{ done: '', undone: '되돌림: ', redone: '다시 실행: ' }[way]}${steps[kind](n, named(names))}`,
  guide: '종류 정하기',
  labelledOf: (n: number, total: number) => `${count(total)}장 중 ${count(n)}장의 종류를 정했어요`,
  allLabelled: '모든 사진의 종류를 정했어요.',
  beginLabelling:
    '같은 종류의 사진을 골라 이름을 붙여 주세요. 클릭, Shift, Ctrl 또는 사각형으로 고를 수 있어요.',
  labelMore: (n: number) =>
    `두 종류 이상을 ${count(n)}장씩 정해 주세요. 그러면 모델이 나머지의 종류를 제안해요.`,
  canSuggest: '모델이 나머지의 종류를 제안할 수 있어요.',
  looking: (done: number, total: number) =>
    `모델이 사진을 살펴보는 중: ${count(total)}장 중 ${count(done)}장`,
  suggested: (right: number, n: number) =>
    `모델의 제안이에요. 불확실한 것부터 보여요. 직접 정한 ${count(n)}장 중 ${count(right)}장을 맞혔을 거예요.`,
  suggest: '종류 제안받기',
  showNewer: '새 제안 보기',
  acceptSure: (n: number) => `확실한 ${count(n)}장 모두 받아들이기`,
  acceptThese: (n: number) => `이 ${count(n)}장 받아들이기`,
  acceptRow: (n: number, kind: string) => `이 줄의 ${count(n)}장 받아들이기: ${kind}`,
  probably: '아마도',
  unsure: '이 사진들은 어떤 종류인가요?',
}
