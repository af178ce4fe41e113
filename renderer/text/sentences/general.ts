/** @file What the system refuses, and sentences that many subjects use. */
import type { Translations } from './translations.ts'

export const general: Translations = {
  '{0} {1}': { ko: '{0} {1}', ja: '{0}{1}' },
  'Stopped on request.': { ko: '요청에 따라 멈췄어요.', ja: '指示により停止しました。' },
  'Something unexpected was thrown: {0}': {
    ko: '예상하지 못한 오류가 생겼어요: {0}',
    ja: '予期しないエラーが起きました：{0}',
  },
  'Choose another folder.': { ko: '다른 폴더를 선택해 주세요.', ja: '別のフォルダーを選んでください。' },
  'Free some space and continue; what was saved before is intact.': {
    ko: '공간을 비우고 이어 가 주세요. 그 전에 저장한 내용은 그대로 있어요.',
    ja: '空き容量を増やして続けてください。それまでに保存した内容はそのままです。',
  },
  'Reading or writing it is not permitted. Check the permissions or choose another folder.': {
    ko: '읽거나 쓸 권한이 없어요. 권한을 확인하거나 다른 폴더를 선택해 주세요.',
    ja: '読み書きする権限がありません。権限を確認するか、別のフォルダーを選んでください。',
  },
  'Too many files are open. Close other programs and try again.': {
    ko: '열려 있는 파일이 너무 많아요. 다른 프로그램을 닫고 다시 시도해 주세요.',
    ja: '開いているファイルが多すぎます。ほかのプログラムを閉じて、もう一度お試しください。',
  },
  'The disk or network share it is on is not responding properly. Check the connection and try again.': {
    ko: '파일이 있는 디스크나 네트워크 폴더가 제대로 응답하지 않아요. 연결을 확인하고 다시 시도해 주세요.',
    ja: 'ファイルのあるディスクまたは共有フォルダーが正しく応答していません。接続を確認して、もう一度お試しください。',
  },
  'This is a device or a pipe, not a file that can be used here. Choose another one.': {
    ko: '장치나 파이프여서 파일로 쓸 수 없어요. 다른 파일을 선택해 주세요.',
    ja: 'デバイスまたはパイプで、ここで使えるファイルではありません。別のものを選んでください。',
  },
  'There is no such file or folder. Check the path.': {
    ko: '그런 파일이나 폴더가 없어요. 경로를 확인해 주세요.',
    ja: 'そのようなファイルまたはフォルダーはありません。パスを確認してください。',
  },
  'The disk is read-only. {0}': {
    ko: '디스크가 읽기 전용이에요. {0}',
    ja: 'ディスクが読み取り専用です。{0}',
  },
  'The disk is full. {0}': { ko: '디스크에 남은 공간이 없어요. {0}', ja: 'ディスクがいっぱいです。{0}' },
  'Your disk quota is used up. {0}': {
    ko: '디스크 할당량을 다 썼어요. {0}',
    ja: 'ディスクの割り当て量を使い切りました。{0}',
  },
  'The file would be larger than this disk or your account allows. {0}': {
    ko: '파일이 이 디스크나 계정에서 허용하는 크기를 넘어요. {0}',
    ja: 'ファイルがこのディスクまたはアカウントで許される大きさを超えます。{0}',
  },
  'Another program is using it. Close that program and try again.': {
    ko: '다른 프로그램이 사용하고 있어요. 그 프로그램을 닫고 다시 시도해 주세요.',
    ja: '別のプログラムが使用中です。そのプログラムを閉じて、もう一度お試しください。',
  },
  'The disk could not be read or written. Check the disk, or copy the file to another one.': {
    ko: '디스크를 읽거나 쓰지 못했어요. 디스크를 확인하거나 파일을 다른 디스크로 복사해 주세요.',
    ja: 'ディスクを読み書きできませんでした。ディスクを確認するか、ファイルを別のディスクにコピーしてください。',
  },
  'The system has no memory left for it. Close other programs and try again.': {
    ko: '메모리가 부족해요. 다른 프로그램을 닫고 다시 시도해 주세요.',
    ja: 'メモリが足りません。ほかのプログラムを閉じて、もう一度お試しください。',
  },
  'A part of this path is a file, not a folder.': {
    ko: '이 경로의 한 부분이 폴더가 아니라 파일이에요.',
    ja: 'このパスの途中にフォルダーではなくファイルがあります。',
  },
  'This is a folder, but a file was expected.': {
    ko: '파일이 필요한데 폴더예요.',
    ja: 'ファイルが必要ですが、これはフォルダーです。',
  },
  'It already exists. Choose another name.': {
    ko: '이미 있어요. 다른 이름을 선택해 주세요.',
    ja: 'すでに存在します。別の名前を選んでください。',
  },
  'The folder is not empty. Choose another name.': {
    ko: '폴더가 비어 있지 않아요. 다른 이름을 선택해 주세요.',
    ja: 'フォルダーが空ではありません。別の名前を選んでください。',
  },
  'This path is a loop of links. Check where the links point.': {
    ko: '이 경로의 링크가 돌고 돌아요. 링크가 가리키는 곳을 확인해 주세요.',
    ja: 'このパスのリンクが循環しています。リンク先を確認してください。',
  },
  'The name or the path is too long for this disk. Choose a shorter one.': {
    ko: '이름이나 경로가 이 디스크에 비해 너무 길어요. 더 짧게 정해 주세요.',
    ja: '名前またはパスがこのディスクには長すぎます。もっと短くしてください。',
  },
  'The name has characters that this disk cannot store. Choose another name.': {
    ko: '이 디스크에 저장할 수 없는 글자가 이름에 있어요. 다른 이름을 선택해 주세요.',
    ja: 'このディスクに保存できない文字が名前に含まれています。別の名前を選んでください。',
  },
  'It cannot be moved from one disk to another. {0}': {
    ko: '다른 디스크로는 옮길 수 없어요. {0}',
    ja: '別のディスクへは移動できません。{0}',
  },
  'The folder holds as many entries as this disk allows. {0}': {
    ko: '폴더에 이 디스크가 허용하는 최대 개수의 항목이 들어 있어요. {0}',
    ja: 'フォルダー内の項目数が、このディスクの上限に達しています。{0}',
  },
  'The file is too large to be read here.': {
    ko: '파일이 너무 커서 읽을 수 없어요.',
    ja: 'ファイルが大きすぎて読み込めません。',
  },
  'The file is larger than 2 GiB, too large for what it should hold.': {
    ko: '파일이 2 GiB보다 커요. 들어 있어야 할 내용에 비해 너무 커요.',
    ja: 'ファイルが2 GiBを超えていて、内容に対して大きすぎます。',
  },
  'A path cannot contain a zero byte. Check the path.': {
    ko: '경로에는 0바이트 문자가 들어갈 수 없어요. 경로를 확인해 주세요.',
    ja: 'パスにゼロバイトを含めることはできません。パスを確認してください。',
  },
  'The system refused it ({0}).': {
    ko: '시스템이 거부했어요({0}).',
    ja: 'システムに拒否されました（{0}）。',
  },
  '{0}: {1}': { ko: '{0}: {1}', ja: '{0}：{1}' },
  'The connection to the studio was lost. Check that it is still running in its terminal, then reload this page.':
    {
      ko: '스튜디오와 연결이 끊어졌어요. 터미널에서 아직 실행 중인지 확인하고 이 페이지를 새로 고쳐 주세요.',
      ja: 'スタジオとの接続が切れました。ターミナルでまだ動いているか確認して、このページを再読み込みしてください。',
    },
  '{0} was called with invalid input. {1}': {
    ko: '{0}: 잘못된 값이 전달됐어요. {1}',
    ja: '{0}に正しくない値が渡されました。{1}',
  },
}
