/** @file Devices, and why one is not used. */
import type { Translations } from './translations.ts'

export const devices: Translations = {
  'The {0} device ran out of memory. {1}': {
    ko: '장치({0})의 메모리가 부족해요. {1}',
    ja: 'デバイス（{0}）のメモリが足りなくなりました。{1}',
  },
  'Use a smaller micro-batch or resolution, or close other programs.': {
    ko: '한 번에 처리하는 이미지 수나 해상도를 줄이거나, 다른 프로그램을 닫아 주세요.',
    ja: '一度に処理する枚数か解像度を小さくするか、ほかのプログラムを閉じてください。',
  },
  'The GPU stopped working in the middle of a step. {0}': {
    ko: '학습 도중에 GPU가 멈췄어요. {0}',
    ja: '学習の途中でGPUが停止しました。{0}',
  },
  'Continue the run with --resume, or on the CPU with --engine cpu.': {
    ko: '학습을 이어 가거나(--resume), CPU로 이어 가 주세요(--engine cpu).',
    ja: '学習を続けるか（--resume）、CPUで続けてください（--engine cpu）。',
  },
  'The {0} device cannot run this: {1}.': {
    ko: '장치({0})에서 실행할 수 없어요({1}).',
    ja: 'デバイス（{0}）では実行できません（{1}）。',
  },
  '{0} Use --engine cpu, or update the graphics driver.': {
    ko: '{0} CPU를 쓰거나(--engine cpu) 그래픽 드라이버를 업데이트해 주세요.',
    ja: '{0}CPUを使うか（--engine cpu）、グラフィックスドライバーを更新してください。',
  },
  'no graphics card with a working driver was found': {
    ko: '드라이버가 작동하는 그래픽 카드가 없어요',
    ja: 'ドライバーの動作するグラフィックカードが見つかりません',
  },
  'the libraries it needs are not installed': {
    ko: '필요한 라이브러리가 설치되어 있지 않아요',
    ja: '必要なライブラリがインストールされていません',
  },
  'no graphics driver (Vulkan) is installed.': {
    ko: '그래픽 드라이버(Vulkan)가 설치되어 있지 않아요.',
    ja: 'グラフィックスドライバー（Vulkan）がインストールされていません。',
  },
  'its results were wrong by {0}.': {
    ko: '계산 결과에 오차({0})가 있었어요.',
    ja: '計算結果に誤差（{0}）がありました。',
  },
  'There is no {0} device in this installation; it offers {1}. Choose one of these or auto.': {
    ko: '이 설치에는 장치({0})가 없어요. 쓸 수 있는 장치: {1}. 그중에서 고르거나 auto로 두세요.',
    ja: 'このインストールにはデバイス（{0}）がありません。使えるもの：{1}。この中から選ぶか、autoにしてください。',
  },
  '{0} ({1}) was not used: {2}': {
    ko: '{0}({1}) 장치를 쓰지 않았어요: {2}',
    ja: '{0}（{1}）は使いませんでした：{2}',
  },
  '{0} ({1}) works but is slower: {2} against {3}.': {
    ko: '{0}({1}) 장치는 쓸 수 있지만 더 느려요({2}, 선택한 장치는 {3}).',
    ja: '{0}（{1}）は使えますが、より遅いです（{2}、選ばれたものは{3}）。',
  },
  'TensorFlow is not installed. {0}': {
    ko: 'TensorFlow가 설치되어 있지 않아요. {0}',
    ja: 'TensorFlowがインストールされていません。{0}',
  },
  '{0} installs it.': {
    ko: '설치하려면 {0} 명령을 실행해 주세요.',
    ja: '{0}でインストールできます。',
  },
  'To use it, run the studio from its source, after {0}.': {
    ko: '사용하려면 {0} 명령을 실행한 다음 소스에서 스튜디오를 실행해 주세요.',
    ja: '使うには、{0}の後にソースからスタジオを実行してください。',
  },
  'TensorFlow is installed without its native library.': {
    ko: 'TensorFlow가 네이티브 라이브러리 없이 설치되어 있어요.',
    ja: 'TensorFlowがネイティブライブラリなしでインストールされています。',
  },
  '{0} {1} downloads it.': {
    ko: '{0} {1} 명령으로 내려받을 수 있어요.',
    ja: '{0}{1}でダウンロードできます。',
  },
  'TensorFlow for graphics cards needs CUDA 11 and cuDNN 8, and this system lacks {0}. Install them, or take the library for processors: `npm run setup:tensorflow -- cpu`.':
    {
      ko: '그래픽 카드용 TensorFlow에는 CUDA 11과 cuDNN 8이 필요한데 이 시스템에는 없는 것이 있어요({0}). 설치하거나 프로세서용 라이브러리를 쓰세요: `npm run setup:tensorflow -- cpu`.',
      ja: 'グラフィックカード用のTensorFlowにはCUDA 11とcuDNN 8が必要ですが、このシステムにはないものがあります（{0}）。インストールするか、プロセッサー用のライブラリを使ってください：`npm run setup:tensorflow -- cpu`。',
    },
  'one of their libraries': {
    ko: '그 라이브러리 중 하나',
    ja: 'そのライブラリの1つ',
  },
  'TensorFlow calls {0} of Node.js, which Node.js {1} no longer has. Use an older Node.js, or another engine.':
    {
      ko: 'TensorFlow가 호출하는 {0} 기능이 Node.js {1} 버전에는 이제 없어요. 이전 Node.js나 다른 장치를 사용해 주세요.',
      ja: 'TensorFlowが呼び出す{0}は、Node.js {1}にはもうありません。以前のNode.jsか、別のエンジンを使ってください。',
    },
  'TensorFlow’s native library is not for Node.js {0}. {1} gets one that is, if there is one.': {
    ko: 'TensorFlow의 네이티브 라이브러리가 Node.js {0} 버전용이 아니에요. 있다면 {1} 명령으로 맞는 것을 받을 수 있어요.',
    ja: 'TensorFlowのネイティブライブラリがNode.js {0}用ではありません。あれば、{1}で入手できます。',
  },
  'TensorFlow’s native library could not be loaded: {0}. {1} reinstalls it.': {
    ko: 'TensorFlow의 네이티브 라이브러리를 불러오지 못했어요({0}). {1} 명령으로 다시 설치할 수 있어요.',
    ja: 'TensorFlowのネイティブライブラリを読み込めませんでした（{0}）。{1}で入れ直せます。',
  },
  'TensorFlow ran out of memory. {0}': {
    ko: 'TensorFlow의 메모리가 부족해요. {0}',
    ja: 'TensorFlowのメモリが足りなくなりました。{0}',
  },
  'There is no device called {0}. Choose one from the list.': {
    ko: '{0} 장치가 없어요. 목록에서 선택해 주세요.',
    ja: '{0}というデバイスはありません。一覧から選んでください。',
  },
  'No device on this machine can train. {0}': {
    ko: '이 컴퓨터에는 학습할 수 있는 장치가 없어요. {0}',
    ja: 'このコンピューターには学習できるデバイスがありません。{0}',
  },
}
