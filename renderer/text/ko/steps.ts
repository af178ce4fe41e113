/** @file The rail of steps, in Korean. */
export const steps = {
  label: '단계',
  project: '프로젝트:',
  names: { data: '데이터', model: '모델', train: '학습', results: '결과', use: '활용' },
  done: '완료',
  next: '다음',
  working: '진행 중…',
  needsRun: '학습 후 열려요',
}
