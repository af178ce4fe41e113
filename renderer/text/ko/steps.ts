/** @file The rail of steps, in Korean. */
export const steps = {
  label: '단계',
  project: '프로젝트:',
  done: '완료',
  next: '다음',
  working: '진행 중…',
  failed: '잘되지 않았어요',
  needsRun: '학습 후 열려요',
}
