/** @file Words of every screen, in Korean. */
export const common = {
  app: 'ViT Studio',
  close: '닫기',
  cancel: '취소',
  retry: '다시 시도',
  choose: '선택',
  open: '열기',
  none: '없음',
  connecting: '연결하는 중…',
  lost: 'ViT Studio와 연결이 끊어졌어요. 터미널을 닫았다면 ‘npm start’로 다시 시작해 주세요. 저장한 내용은 사라지지 않아요.',
  notLetIn:
    '이 브라우저는 아직 스튜디오에 연결할 수 없어요. ViT Studio가 터미널에 마지막으로 표시한 주소를 여세요. 주소 하나로 브라우저 하나를 한 번만 열 수 있어요.',
  reload: '다시 열기',
  theme: '화면 모드',
  themes: { system: '시스템 설정', light: '밝게', dark: '어둡게' },
  language: '언어',
  skip: '본문으로 건너뛰기',
  dropHere: '이미지를 놓으면 모델의 답을 볼 수 있어요',
  dropFolder: '폴더를 놓으면 그 안의 이미지를 사용해요',
  dismiss: '닫기',
  detail: '자세한 오류 내용',
  save: '저장',
}
