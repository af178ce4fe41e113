/** @file The command palette, in Korean. */
export const palette = {
  open: '무엇이든 찾기',
  title: '무엇을 할까요?',
  placeholder: '화면, 프로젝트, 할 일을 입력하세요',
  nothing: '입력한 글자에 맞는 것이 없어요.',
  hint: '↑ ↓ 고르기, Enter 실행, Esc 닫기',
  groups: {
    now: '지금 할 수 있는 일',
    screens: '화면으로 가기',
    projects: '프로젝트 열기',
    look: '화면 모드와 언어',
  },
  home: '내 프로젝트',
  theme: (name: string) => `화면 모드: ${name}`,
  language: (name: string) => `언어: ${name}`,
  exportModel: '모델을 파일로 내보내기',
  checkAgain: '이미지 다시 확인하기',
  beginSample: '샘플 사진으로 프로젝트 시작하기',
}
