/** @file The desktop shell's words in Korean, in the terms of the window (`renderer/text/ko.ts`). */
import type { Words } from './en.ts'

export const ko: Words = {
  app: 'ViT Studio',
  menu: {
    file: '파일',
    newProject: '새 프로젝트',
    openProject: '프로젝트 열기…',
    showData: 'ViT Studio 폴더 보기',
    edit: '편집',
    view: '보기',
    window: '창',
    help: '도움말',
    showLog: '로그 보기',
    licences: '라이선스',
    about: 'ViT Studio에 관하여',
  },
  roles: {
    services: '서비스',
    hide: 'ViT Studio 가리기',
    hideOthers: '다른 앱 가리기',
    unhide: '모두 보기',
    quit: 'ViT Studio 종료',
    close: '창 닫기',
    undo: '실행 취소',
    redo: '다시 실행',
    cut: '잘라내기',
    copy: '복사',
    paste: '붙여넣기',
    delete: '삭제',
    selectAll: '모두 선택',
    resetZoom: '원래 크기',
    zoomIn: '확대',
    zoomOut: '축소',
    togglefullscreen: '전체 화면',
    minimize: '최소화',
    zoom: '창 크기 조절',
    front: '모두 앞으로 가져오기',
  },
  tray: {
    open: 'ViT Studio 열기',
    stop: '학습을 멈추고 저장한 뒤 종료',
    training: (step: number, steps: number) => `학습 중: 반복 ${step} / ${steps}`,
  },
  openProject: { title: '프로젝트 열기', kind: 'ViT Studio 프로젝트' },
  closing: {
    message: '학습이 진행 중이에요.',
    detail:
      '창이 없어도 학습은 계속할 수 있어요. 학습이 끝나면 ViT Studio도 저절로 끝나요. 여기서 멈추면 지금까지 가장 좋은 모델이 남고, 나중에 이어서 학습할 수 있어요.',
    background: '백그라운드에서 계속 학습',
    stop: '멈추고 저장한 뒤 종료',
    cancel: '취소',
  },
  trained: { title: '학습이 끝났어요', body: 'ViT Studio에서 결과를 볼 수 있어요.' },
  failed: {
    title: '학습이 도중에 멈췄어요',
    body: (why: string) => `${why} 지금까지 배운 것은 저장돼 있어요.`,
  },
  windowGone: {
    message: '창이 작동을 멈췄어요.',
    detail: (reason: string) =>
      `작업은 안전해요. 프로젝트는 그때그때 저장되고 학습도 계속되고 있어요. 창을 다시 열어 주세요. (${reason})`,
    reload: '창 다시 열기',
    quit: '종료',
  },
  unresponsive: {
    message: '창이 응답하지 않아요.',
    detail:
      '다른 일을 처리하는 중일 수 있어요. 기다리거나 창을 다시 열어 주세요. 어느 쪽이든 학습은 계속돼요.',
    wait: '기다리기',
    reload: '창 다시 열기',
  },
  cannotStart: 'ViT Studio를 시작할 수 없어요',
  busy: { open: '열어 보기', quit: '종료' },
  unexpected: (log: string) => `일어나지 않아야 할 문제가 생겼어요. 자세한 내용은 로그에 있어요: ${log}`,
}
