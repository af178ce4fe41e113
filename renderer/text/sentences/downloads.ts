/** @file The catalogue and downloads. */
import type { Translations } from './translations.ts'

export const downloads: Translations = {
  '“{0}” is not the address of a mirror. Give one that begins with https:// or http://.': {
    ko: '‘{0}’ 주소는 미러 주소가 아니에요. https:// 또는 http://로 시작하는 주소를 입력해 주세요.',
    ja: '「{0}」はミラーのアドレスではありません。https://またはhttp://で始まるものを指定してください。',
  },
  'The download of {0} cannot be used. {1}': {
    ko: '내려받은 {0} 모델을 쓸 수 없어요. {1}',
    ja: 'ダウンロードした{0}は使えません。{1}',
  },
  'The catalogue has no model “{0}”. It has: {1}.': {
    ko: '목록에 ‘{0}’ 모델이 없어요. 있는 모델: {1}.',
    ja: 'カタログに「{0}」というモデルはありません。あるもの：{1}。',
  },
  '{0} is overloaded and asks you to wait for {1} minutes. Continue the download then; what has arrived is kept.':
    {
      ko: '{0}: 서버가 붐벼서 {1}분 기다려 달라고 해요. 그때 이어서 내려받아 주세요. 받은 것은 그대로 있어요.',
      ja: '{0}が混み合っていて、{1}分待つよう求めています。その後に続けてください。届いた分は残っています。',
    },
  "{0} does not give {1} to everyone (status {2}). Accept the model's terms on its page, set HF_TOKEN to a token of your account and start again; or choose a file you already have.":
    {
      ko: '{0}: {1} 파일을 아무에게나 주지 않아요(상태 {2}). 모델 페이지에서 약관에 동의하고 HF_TOKEN에 계정의 토큰을 넣어 다시 시작하거나, 이미 가진 파일을 선택해 주세요.',
      ja: '{0}は{1}を誰にでも渡すわけではありません（状態{2}）。モデルのページで条件に同意し、HF_TOKENにアカウントのトークンを設定して起動し直すか、お持ちのファイルを選んでください。',
    },
  '{0} has no file {1} (status {2}). If this is a mirror, choose another or none; otherwise the model has moved.':
    {
      ko: '{0}: {1} 파일이 없어요(상태 {2}). 미러라면 다른 것을 고르거나 쓰지 마세요. 아니라면 모델이 옮겨진 거예요.',
      ja: '{0}に{1}がありません（状態{2}）。ミラーであれば別のものにするか外してください。そうでなければモデルが移動しています。',
    },
  '{0} does not give {1} (status {2}). Try again later, or use a mirror.': {
    ko: '{0}: {1} 파일을 주지 않아요(상태 {2}). 나중에 다시 시도하거나 미러를 사용해 주세요.',
    ja: '{0}が{1}を渡しません（状態{2}）。後でもう一度試すか、ミラーを使ってください。',
  },
  '{0} is receiving too many requests (status {1}).': {
    ko: '{0}: 요청이 너무 많아요(상태 {1}).',
    ja: '{0}へのリクエストが多すぎます（状態{1}）。',
  },
  '{0} is not working properly (status {1}).': {
    ko: '{0}: 서버가 제대로 작동하지 않아요(상태 {1}).',
    ja: '{0}が正しく動作していません（状態{1}）。',
  },
  '{0} leads on to {1} over an open line, which is not followed.': {
    ko: '{0}: 암호화되지 않은 연결로 {1} 주소를 가리켜서 따라가지 않아요.',
    ja: '{0}が暗号化されていない接続で{1}に誘導しているため、たどりません。',
  },
  '{0} only leads from one address to the next. Try again later.': {
    ko: '{0}: 주소에서 주소로 계속 넘기기만 해요. 나중에 다시 시도해 주세요.',
    ja: '{0}がアドレスの転送を繰り返すだけです。後でもう一度お試しください。',
  },
  '{0} leads on to “{1}”, which is no address. Try again later.': {
    ko: '{0}: 주소가 아닌 ‘{1}’ 값을 가리켜요. 나중에 다시 시도해 주세요.',
    ja: '{0}がアドレスでない「{1}」に誘導しています。後でもう一度お試しください。',
  },
  'The certificate of {0} is not trusted ({1}). {2}': {
    ko: '{0} 인증서를 믿을 수 없어요({1}). {2}',
    ja: '{0}の証明書を信頼できません（{1}）。{2}',
  },
  'If your network has its own certificate, name its file in NODE_EXTRA_CA_CERTS and start again.': {
    ko: '네트워크에 자체 인증서가 있다면 그 파일을 NODE_EXTRA_CA_CERTS에 적고 다시 시작해 주세요.',
    ja: 'ネットワーク独自の証明書がある場合は、そのファイルをNODE_EXTRA_CA_CERTSに指定して起動し直してください。',
  },
  '{0} has sent nothing for {1} seconds.': {
    ko: '{0}: {1}초 동안 아무것도 오지 않았어요.',
    ja: '{0}から{1}秒間何も届いていません。',
  },
  'The proxy answered {0} to the request for {1}.': {
    ko: '{1} 요청에 프록시가 {0} 상태로 답했어요.',
    ja: '{1}へのリクエストにプロキシが{0}と答えました。',
  },
  '{0} was not found: this machine seems to be offline.': {
    ko: '{0} 서버를 찾지 못했어요. 이 컴퓨터가 오프라인인 것 같아요.',
    ja: '{0}が見つかりません。このコンピューターはオフラインのようです。',
  },
  'There is no way to {0}: this machine seems to be offline.': {
    ko: '{0} 서버로 갈 수 없어요. 이 컴퓨터가 오프라인인 것 같아요.',
    ja: '{0}に到達できません。このコンピューターはオフラインのようです。',
  },
  '{0} does not take the connection.': {
    ko: '{0}: 연결을 받지 않아요.',
    ja: '{0}が接続を受け付けません。',
  },
  '{0} does not answer.': {
    ko: '{0}: 응답이 없어요.',
    ja: '{0}が応答しません。',
  },
  'The connection to {0} broke.': {
    ko: '{0} 연결이 끊어졌어요.',
    ja: '{0}との接続が切れました。',
  },
  'The connection to {0} failed ({1}).': {
    ko: '{0} 연결에 실패했어요({1}).',
    ja: '{0}への接続に失敗しました（{1}）。',
  },
  'The file at {0} has changed in the meantime, so it is downloaded again from the start.': {
    ko: '{0} 서버의 파일이 그 사이에 바뀌어서 처음부터 다시 내려받아요.',
    ja: '{0}のファイルがその間に変わったため、最初からダウンロードし直します。',
  },
  '{0} broke off after {1} of {2} bytes.': {
    ko: '{0}: {2}바이트 중 {1}바이트에서 끊어졌어요.',
    ja: '{0}が{2}バイトのうち{1}バイトで途切れました。',
  },
  'This is not {0} ({1}), but another model: {2}, whose {3} is {4} instead of {5}. To use it as it is, open it as your own file.':
    {
      ko: '{0}({1}) 모델이 아니라 다른 모델이에요: {2}. {3}: {4}, 맞는 값 {5}. 그대로 쓰려면 내 파일로 열어 주세요.',
      ja: '{0}（{1}）ではなく別のモデルです：{2}。{3}：{4}、本来は{5}。そのまま使うには、ご自分のファイルとして開いてください。',
    },
  'This is not {0} ({1}), but a model of another family: {2}. To use it as it is, open it as your own file.':
    {
      ko: '{0}({1}) 모델이 아니라 다른 계열의 모델이에요: {2}. 그대로 쓰려면 내 파일로 열어 주세요.',
      ja: '{0}（{1}）ではなく別の系列のモデルです：{2}。そのまま使うには、ご自分のファイルとして開いてください。',
    },
  '{0} is in a cache that other programs use too: {1}. Remove it there if nothing else needs it.': {
    ko: '{0} 모델은 다른 프로그램도 쓰는 캐시에 있어요: {1}. 다른 곳에서 필요 없다면 거기서 지워 주세요.',
    ja: '{0}はほかのプログラムも使うキャッシュにあります：{1}。ほかで不要なら、そこで削除してください。',
  },
  '{0} answers a request for a whole file with a part of it.': {
    ko: '{0}: 파일 전체를 요청했는데 일부만 보내요.',
    ja: '{0}はファイル全体の要求に一部だけを返します。',
  },
  '{0} needs {1} MB more, but only {2} MB are free in {3}. Free some space and continue; what has arrived is kept.':
    {
      ko: '{0} 파일에 {1} MB가 더 필요한데 {3} 폴더에 {2} MB만 남았어요. 공간을 비우고 이어 가 주세요. 받은 것은 그대로 있어요.',
      ja: '{0}にはあと{1} MB必要ですが、{3}の空きは{2} MBだけです。空きを増やして続けてください。届いた分は残っています。',
    },
  '{0} arrived damaged from {1}, twice: its checksum does not match the one announced. Nothing was kept. Try again later, on another network, or with another mirror.':
    {
      ko: '{1} 서버에서 받은 {0} 파일이 두 번 손상됐어요. 체크섬이 알려진 값과 달라요. 남긴 것은 없어요. 나중에, 다른 네트워크에서, 또는 다른 미러로 다시 시도해 주세요.',
      ja: '{1}から届いた{0}が2回とも壊れていました。チェックサムが公表値と一致しません。何も残していません。後で、別のネットワークで、または別のミラーでお試しください。',
    },
  '{0} The download from {1} was tried several times; what has arrived is kept. Check the connection and continue it, choose a mirror, or choose a file you already have.':
    {
      ko: '{0} {1} 서버에서 여러 번 내려받아 보았어요. 받은 것은 그대로 있어요. 연결을 확인하고 이어 가거나, 미러를 고르거나, 이미 가진 파일을 선택해 주세요.',
      ja: '{0}{1}からのダウンロードを何度か試しました。届いた分は残っています。接続を確認して続けるか、ミラーを選ぶか、お持ちのファイルを選んでください。',
    },
  '{0} is “{1}”, which is not the address of a proxy. Set it to one like http://proxy.example:3128, or to nothing.':
    {
      ko: '{0} 값 ‘{1}’ 주소는 프록시 주소가 아니에요. http://proxy.example:3128 같은 주소로 바꾸거나 비워 주세요.',
      ja: '{0}の「{1}」はプロキシのアドレスではありません。http://proxy.example:3128のようなものにするか、空にしてください。',
    },
}
