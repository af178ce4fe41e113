/** @file Training runs, the engine and the studio itself. */
import type { Translations } from './translations.ts'

export const runs: Translations = {
  'The optimiser {0} cannot work with {1}.': {
    ko: '최적화 방법({0})에 {1} 설정을 함께 쓸 수 없어요.',
    ja: 'オプティマイザー{0}は{1}と一緒に使えません。',
  },
  'The pretraining in {0} has done {1} of {2} steps. Ask for more with --steps.': {
    ko: '{0} 폴더의 사전 학습은 {2}회 중 {1}회를 마쳤어요. --steps로 더 늘려 주세요.',
    ja: '{0}の事前学習は{2}回のうち{1}回を終えています。--stepsで増やしてください。',
  },
  'The network of {0} is not the one asked for: they differ in “{1}”. Give the same width, depth, heads and patch.':
    {
      ko: '{0} 모델이 요청한 것과 달라요(‘{1}’). 같은 너비, 깊이, 헤드, 패치를 정해 주세요.',
      ja: '{0}のネットワークは指定と異なります（「{1}」）。同じ幅、深さ、ヘッド、パッチを指定してください。',
    },
  'Pictures of {0} pixels with patches of {1}, and a width of {2} with {3} heads: both must divide without remainder. Choose other values.':
    {
      ko: '이미지 {0}픽셀과 패치 {1}, 너비 {2} · 헤드 {3}: 둘 다 나머지 없이 나누어져야 해요. 다른 값을 선택해 주세요.',
      ja: '画像{0}ピクセルとパッチ{1}、幅{2}とヘッド{3}：どちらも割り切れる必要があります。別の値にしてください。',
    },
  'Nobody is waiting for it any more.': {
    ko: '이제 기다리는 곳이 없어요.',
    ja: 'もう待っている相手がいません。',
  },
  'ViT Studio is already open, and uses {0}.': {
    ko: 'ViT Studio가 이미 열려 있고 {0} 폴더를 쓰고 있어요.',
    ja: 'ViT Studioはすでに開いていて、{0}を使っています。',
  },
  'ViT Studio is already open at {0}, and uses {1}.': {
    ko: 'ViT Studio가 이미 열려 있고({0}) {1} 폴더를 쓰고 있어요.',
    ja: 'ViT Studioはすでに開いていて（{0}）、{1}を使っています。',
  },
  '{0} Use it there, or close it first.': {
    ko: '{0} 거기서 사용하거나 먼저 닫아 주세요.',
    ja: '{0}そちらを使うか、先に閉じてください。',
  },
  '{0} is not inside {1}.': {
    ko: '{0} 항목이 {1} 안에 있지 않아요.',
    ja: '{0}は{1}の中にありません。',
  },
  'Stopped after the last step. Everything is saved; continue with --resume.': {
    ko: '마지막 반복 뒤에 멈췄어요. 모두 저장했으니 이어 갈 수 있어요(--resume).',
    ja: '最後の反復の後で停止しました。すべて保存されています。続けられます（--resume）。',
  },
  'Stopped after step {0}. Everything is saved; continue with --resume.': {
    ko: '반복 {0}회 뒤에 멈췄어요. 모두 저장했으니 이어 갈 수 있어요(--resume).',
    ja: '反復{0}回の後で停止しました。すべて保存されています。続けられます（--resume）。',
  },
  'The warm-up of {0} steps is not shorter than the run of {1}. {2}': {
    ko: '준비 구간({0}회)이 학습 전체({1}회)보다 짧지 않아요. {2}',
    ja: 'ウォームアップ（{0}回）が学習全体（{1}回）より短くありません。{2}',
  },
  'Shorten the warm-up or train for more steps.': {
    ko: '준비 구간을 줄이거나 더 오래 학습해 주세요.',
    ja: 'ウォームアップを短くするか、反復を増やしてください。',
  },
  'The warm-up is {0} steps and the whole run {1}: the warm-up must be at least 0 and shorter than the run. Shorten the warm-up or train for more steps.':
    {
      ko: '준비 구간이 {0}회이고 학습 전체가 {1}회예요. 준비 구간은 0 이상이고 전체보다 짧아야 해요. 준비 구간을 줄이거나 더 오래 학습해 주세요.',
      ja: 'ウォームアップが{0}回、学習全体が{1}回です。ウォームアップは0以上で全体より短い必要があります。短くするか、反復を増やしてください。',
    },
  'The run in {0} is finished. Start a new one to train further.': {
    ko: '{0} 학습은 끝났어요. 더 학습하려면 새로 시작해 주세요.',
    ja: '{0}の学習は終わっています。さらに学習するには新しく始めてください。',
  },
  'The model in {0} is not the one that this run started with. Put it back, or start a new run.': {
    ko: '{0}: 이 학습을 시작한 모델이 아니에요. 되돌려 놓거나 새 학습을 시작해 주세요.',
    ja: '{0}のモデルは、この学習を始めたときのものではありません。元に戻すか、新しい学習を始めてください。',
  },
  'Training that starts at {0} pixels has to end at a higher, square resolution, and this one ends at {1} × {2}. Choose a lower one to start with, or none.':
    {
      ko: '{0}픽셀로 시작하는 학습은 더 높은 정사각형 해상도로 끝나야 하는데 끝 해상도가 {1} × {2} 픽셀이에요. 더 낮은 해상도로 시작하거나 쓰지 마세요.',
      ja: '{0}ピクセルで始める学習は、より高い正方形の解像度で終わる必要がありますが、{1} × {2}で終わります。より低い解像度で始めるか、使わないでください。',
    },
  '{0} reads images of {1} × {2} pixels as {3} × {4} patches, with {5} attention heads in each of {6} blocks. That is more memory or time for each image than any model of its size takes. Choose another model, or a lower resolution.':
    {
      ko: '{0}: {1} × {2} 픽셀을 패치 {3} × {4}개로 읽고, 블록 {6}개마다 어텐션 헤드가 {5}개예요. 같은 크기의 어떤 모델보다 메모리나 시간이 많이 들어요. 다른 모델이나 더 낮은 해상도를 선택해 주세요.',
      ja: '{0}は{1} × {2}ピクセルの画像を{3} × {4}パッチで読み、{6}ブロックのそれぞれに{5}個のアテンションヘッドがあります。同じ大きさのどのモデルより多くのメモリか時間がかかります。別のモデルか、低い解像度を選んでください。',
    },
  "The position embedding has shape {0}, but a {1} × {2} grid with {3} prefix rows needs {4} rows. Check the model's grid.":
    {
      ko: '위치 임베딩의 모양이 {0}인데, {1} × {2} 격자와 앞의 {3}행에는 {4}행이 필요해요. 모델의 격자를 확인해 주세요.',
      ja: '位置埋め込みの形が{0}ですが、{1} × {2}の格子と先頭の{3}行には{4}行必要です。モデルの格子を確認してください。',
    },
  'The studio is being closed.': {
    ko: '스튜디오를 닫는 중이에요.',
    ja: 'スタジオを終了しています。',
  },
  'The engine, which does the computing, has ended unexpectedly ({0}), as happens when memory runs out.': {
    ko: '계산을 맡은 엔진이 갑자기 끝났어요({0}). 메모리가 부족할 때 생기는 일이에요.',
    ja: '計算を行うエンジンが予期せず終了しました（{0}）。メモリが足りないときに起こります。',
  },
  'The engine, which does the computing, has ended unexpectedly ({0}).': {
    ko: '계산을 맡은 엔진이 갑자기 끝났어요({0}).',
    ja: '計算を行うエンジンが予期せず終了しました（{0}）。',
  },
  '{0} What was saved is intact: press Continue to go on from there, with a new engine.': {
    ko: '{0} 저장한 내용은 그대로예요. ‘계속’을 누르면 새 엔진으로 이어 가요.',
    ja: '{0}保存した内容はそのままです。「続ける」を押すと、新しいエンジンで続きから始めます。',
  },
  '{0} is being downloaded. Pause the download first.': {
    ko: '{0} 모델을 내려받는 중이에요. 먼저 내려받기를 멈춰 주세요.',
    ja: '{0}をダウンロード中です。先にダウンロードを一時停止してください。',
  },
  'These images were not checked since the studio was opened. Check the folder again.': {
    ko: '스튜디오를 연 뒤로 이 이미지들을 검사하지 않았어요. 폴더를 다시 검사해 주세요.',
    ja: 'スタジオを開いてから、これらの画像を調べていません。フォルダーをもう一度調べてください。',
  },
  'Another program is using port {0}. Choose another one, or leave out --port.': {
    ko: '다른 프로그램이 포트 {0}번을 쓰고 있어요. 다른 포트를 고르거나 --port를 빼 주세요.',
    ja: '別のプログラムがポート{0}を使っています。別のポートにするか、--portを外してください。',
  },
  'The window is not built: {0} is empty. Run npm run build.': {
    ko: '창이 빌드되지 않았어요. {0} 폴더가 비어 있어요. npm run build를 실행해 주세요.',
    ja: 'ウインドウがビルドされていません。{0}が空です。npm run buildを実行してください。',
  },
  '“{0}” is being trained now. Stop the training first, then delete it.': {
    ko: '‘{0}’ 프로젝트를 지금 학습하고 있어요. 먼저 학습을 멈추고 나서 지워 주세요.',
    ja: '「{0}」は学習中です。先に学習を止めてから削除してください。',
  },
  'A browser cannot show a dialog for folders on this machine. Choose the folder in the window.': {
    ko: '브라우저는 이 컴퓨터의 폴더를 고르는 창을 띄울 수 없어요. 창 안에서 폴더를 선택해 주세요.',
    ja: 'ブラウザーはこのコンピューターのフォルダーを選ぶ画面を出せません。ウインドウの中で選んでください。',
  },
  'There is no file manager to show it in. It is at {0}.': {
    ko: '보여 줄 파일 관리자가 없어요. 위치: {0}',
    ja: '表示するファイルマネージャーがありません。場所：{0}',
  },
  'The studio does not know {0}: the window and the engine are different versions. Reload the page.': {
    ko: '스튜디오가 {0} 기능을 몰라요. 창과 엔진의 버전이 달라요. 페이지를 새로 고쳐 주세요.',
    ja: 'スタジオは{0}を知りません。ウインドウとエンジンの版が異なります。ページを再読み込みしてください。',
  },
  'What the run in {0} says about held-out images is not known: it held out none, or comes from an earlier version. Open its results in the window once, which evaluates it; or start a new run.':
    {
      ko: '{0} 학습이 확인용 이미지를 어떻게 맞혔는지 알 수 없어요. 확인용 이미지가 없거나 이전 버전에서 만들었어요. 창에서 결과를 한 번 열어 평가하거나 새 학습을 시작해 주세요.',
      ja: '{0}の学習の、確認用画像への答えが分かりません。確認用画像がないか、以前の版のものです。ウインドウで結果を一度開いて評価するか、新しい学習を始めてください。',
    },
  'There is no run {0} in {1}. It may have been moved or deleted.': {
    ko: '{1} 폴더에 {0} 학습이 없어요. 옮겨졌거나 지워졌을 수 있어요.',
    ja: '{1}に学習{0}がありません。移動または削除されたのかもしれません。',
  },
  'Another run is being trained. Wait until it is done, or stop it.': {
    ko: '다른 학습을 하고 있어요. 끝날 때까지 기다리거나 멈춰 주세요.',
    ja: '別の学習が進行中です。終わるまで待つか、止めてください。',
  },
  'Training was stopped. Everything is saved; press Continue to resume.': {
    ko: '학습을 멈췄어요. 모두 저장했어요. 이어 가려면 ‘계속’을 눌러 주세요.',
    ja: '学習を止めました。すべて保存されています。続けるには「続ける」を押してください。',
  },
  'This run held out no images, so there is nothing to judge it by. Start one that holds out some of the images.':
    {
      ko: '이 학습에는 확인용 이미지가 없어서 평가할 것이 없어요. 이미지 일부를 확인용으로 두고 새로 시작해 주세요.',
      ja: 'この学習には確認用画像がないため、評価できません。画像の一部を確認用にして、新しく始めてください。',
    },
  'The {0} export in {1} was opened again and gives other results than the run: logits differ by {2}, and {3} is allowed. Do not use it; please report this.':
    {
      ko: '{1}에 내보낸 파일({0})을 다시 열어 보니 결과가 학습과 달라요. 로짓 차이 {2}, 허용 {3}. 사용하지 말고 알려 주세요.',
      ja: '{1}に書き出したもの（{0}）を開き直すと、結果が学習と異なります。ロジットの差は{2}、許容は{3}です。使わずに、お知らせください。',
    },
  'The images of this run in {0} cannot be read, so the export cannot be checked. Put the folder back.': {
    ko: '{0} 폴더에 있던 이 학습의 이미지를 읽을 수 없어서 내보낸 파일을 확인할 수 없어요. 폴더를 되돌려 놓아 주세요.',
    ja: '{0}にあるこの学習の画像を読み込めないため、書き出しを確認できません。フォルダーを元に戻してください。',
  },
  "The resolution {0} is not a multiple of this model's patch size, {1} pixels. The nearest that is: {2}.": {
    ko: '해상도 {0}픽셀이 이 모델의 패치 크기 {1}픽셀의 배수가 아니에요. 가장 가까운 값: {2}.',
    ja: '解像度{0}はこのモデルのパッチの大きさ{1}ピクセルの倍数ではありません。最も近い値：{2}。',
  },
  '{0} needs about {1} GB of memory on top of what is in use, and {2} GB is available. Choose a smaller model, or close other programs.':
    {
      ko: '{0}: 지금 쓰는 것 말고도 메모리가 약 {1} GB 필요한데 {2} GB를 쓸 수 있어요. 더 작은 모델을 고르거나 다른 프로그램을 닫아 주세요.',
      ja: '{0}には使用中のほかに約{1} GBのメモリが必要ですが、使えるのは{2} GBです。小さいモデルを選ぶか、ほかのプログラムを閉じてください。',
    },
  'There are no images in {0} to test on. Add at least one more image to every class, or choose a folder of validation images.':
    {
      ko: '{0} 폴더에 시험할 이미지가 없어요. 클래스마다 이미지를 한 장 이상 추가하거나 확인용 이미지 폴더를 선택해 주세요.',
      ja: '{0}に試すための画像がありません。クラスごとに画像を1枚以上追加するか、確認用画像のフォルダーを選んでください。',
    },
  'No image in {0} can be read any more. Check that the folder is still there, then try again.': {
    ko: '{0} 폴더의 이미지를 이제 하나도 읽을 수 없어요. 폴더가 아직 있는지 확인하고 다시 시도해 주세요.',
    ja: '{0}の画像がもう1枚も読み込めません。フォルダーがまだあるか確認して、もう一度お試しください。',
  },
  'There are 0 images to fit the few-shot probe on; at least 1 is needed.': {
    ko: '퓨샷 프로브에 쓸 이미지가 0장이에요. 1장 이상 필요해요.',
    ja: '少数例プローブに使う画像が0枚です。1枚以上必要です。',
  },
  'The run in {0} has no checkpoint yet. {1}': {
    ko: '{0} 학습에 아직 체크포인트가 없어요. {1}',
    ja: '{0}の学習にはまだチェックポイントがありません。{1}',
  },
  'The best weights of the run in {0} are missing: there is no {1}. {2}': {
    ko: '{0} 학습의 가장 좋은 가중치({1})가 없어요. {2}',
    ja: '{0}の学習の最も良い重み（{1}）がありません。{2}',
  },
  '{0} is damaged: it is not as it was written. {1}': {
    ko: '{0}: 손상됐어요. 기록했을 때와 내용이 달라요. {1}',
    ja: '{0}は壊れています。書き込んだときの内容と異なります。{1}',
  },
  '{0} belongs to another run. {1}': {
    ko: '{0}: 다른 학습의 파일이에요. {1}',
    ja: '{0}は別の学習のものです。{1}',
  },
  '{0}: {1} {2}, expected {3}. {4}': {
    ko: '{0}: {1} {2}, 필요한 것은 {3}. {4}',
    ja: '{0}：{1} {2}、必要なのは{3}。{4}',
  },
  'Continue the run with --resume: it continues from the previous one.': {
    ko: '학습을 이어 가 주세요(--resume). 그 전의 체크포인트부터 이어 가요.',
    ja: '学習を続けてください（--resume）。その前のチェックポイントから続きます。',
  },
  'Continue it with --resume; the first checkpoint is written within a minute.': {
    ko: '이어 가 주세요(--resume). 첫 체크포인트는 1분 안에 저장돼요.',
    ja: '続けてください（--resume）。最初のチェックポイントは1分以内に保存されます。',
  },
  'Put a copy of it back, or train again.': {
    ko: '복사본을 되돌려 놓거나 다시 학습해 주세요.',
    ja: 'コピーを元に戻すか、もう一度学習してください。',
  },
  'Choose the trained model instead of the probe.': {
    ko: '프로브 대신 학습된 모델을 선택해 주세요.',
    ja: 'プローブの代わりに学習済みモデルを選んでください。',
  },
  'Remove it to continue from the previous checkpoint.': {
    ko: '지우면 그 전의 체크포인트부터 이어 가요.',
    ja: '取り除くと、その前のチェックポイントから続けられます。',
  },
  'Put the right file back, or remove this one.': {
    ko: '맞는 파일을 되돌려 놓거나 이 파일을 지워 주세요.',
    ja: '正しいファイルを元に戻すか、これを取り除いてください。',
  },
  'The checkpoint does not belong to this run; start a new run.': {
    ko: '이 학습의 체크포인트가 아니에요. 새 학습을 시작해 주세요.',
    ja: 'この学習のチェックポイントではありません。新しい学習を始めてください。',
  },
  '{0} already contains a run. {1}': {
    ko: '{0} 폴더에 이미 학습이 있어요. {1}',
    ja: '{0}にはすでに学習があります。{1}',
  },
  '{0} holds files of a run whose {1} is missing, {2} among them. {3}': {
    ko: '{0} 폴더에 학습 파일({2} 등)이 있지만 {1} 파일이 없어요. {3}',
    ja: '{0}に学習のファイル（{2}など）がありますが、{1}がありません。{3}',
  },
  '{0} trains the run in {1}. Wait until it has finished, or stop it there.': {
    ko: '{0}: {1} 학습을 하고 있어요. 끝날 때까지 기다리거나 거기서 멈춰 주세요.',
    ja: '{0}が{1}の学習をしています。終わるまで待つか、そちらで止めてください。',
  },
  'The run in {0} is a pretraining on rendered pictures and has no images. {1}': {
    ko: '{0} 학습은 그려 낸 그림으로 한 사전 학습이어서 이미지가 없어요. {1}',
    ja: '{0}の学習は描画した絵による事前学習で、画像がありません。{1}',
  },
  'The run in {0} is a fine-tuning on images, not a pretraining. Choose another folder.': {
    ko: '{0} 학습은 사전 학습이 아니라 이미지로 한 학습이에요. 다른 폴더를 선택해 주세요.',
    ja: '{0}の学習は事前学習ではなく、画像によるファインチューニングです。別のフォルダーを選んでください。',
  },
  'There is no run in {0}: {1} is missing. Check the path.': {
    ko: '{0} 폴더에 학습이 없어요. {1} 파일이 없어요. 경로를 확인해 주세요.',
    ja: '{0}に学習がありません。{1}がありません。パスを確認してください。',
  },
  'Continue it with --resume, or choose another folder.': {
    ko: '이어 가거나(--resume) 다른 폴더를 선택해 주세요.',
    ja: '続けるか（--resume）、別のフォルダーを選んでください。',
  },
  'Choose another folder, or take these files away.': {
    ko: '다른 폴더를 선택하거나 이 파일들을 치워 주세요.',
    ja: '別のフォルダーを選ぶか、これらのファイルを取り除いてください。',
  },
  'Continue it with pretrain --resume, or fine-tune its network.': {
    ko: '사전 학습을 이어 가거나(pretrain --resume) 그 모델을 학습해 주세요.',
    ja: '事前学習を続けるか（pretrain --resume）、そのネットワークをファインチューニングしてください。',
  },
  'Put the right file back.': {
    ko: '맞는 파일을 되돌려 놓아 주세요.',
    ja: '正しいファイルを元に戻してください。',
  },
  'The run in {0} was removed or replaced while it was being trained, so training has ended.': {
    ko: '학습하는 동안 {0} 폴더가 지워지거나 바뀌어서 학습이 끝났어요.',
    ja: '学習中に{0}が取り除かれたか置き換えられたため、学習を終えました。',
  },
  'Another process has trained the run in {0} further in the meantime. {1}': {
    ko: '그 사이에 다른 프로세스가 {0} 학습을 더 진행했어요. {1}',
    ja: 'その間に別のプロセスが{0}の学習を進めました。{1}',
  },
  'Try again to continue from there.': {
    ko: '다시 시도하면 거기서부터 이어 가요.',
    ja: 'もう一度試すと、そこから続けられます。',
  },
  'Stopped during the search, after {0} of {1} trials. Everything is saved; continue with --resume.': {
    ko: '탐색 도중 시험 {1}개 중 {0}개 뒤에 멈췄어요. 모두 저장했으니 이어 갈 수 있어요(--resume).',
    ja: '探索の途中、試行{1}回のうち{0}回の後で停止しました。すべて保存されています。続けられます（--resume）。',
  },
  'Every trial of the search diverged: the loss was no longer a number. The model or the images may be unusual; train without a search, with a low learning rate.':
    {
      ko: '탐색의 모든 시험이 발산했어요. 손실이 수가 아니게 됐어요. 모델이나 이미지가 특이할 수 있으니 탐색 없이 낮은 학습률로 학습해 주세요.',
      ja: '探索のすべての試行が発散しました。損失が数ではなくなりました。モデルか画像が特殊かもしれません。探索なしで、低い学習率で学習してください。',
    },
  'The learning rate and the variation of images are both given, so a search has nothing to find. Leave one of them out, or do not search.':
    {
      ko: '학습률과 이미지 변형이 모두 정해져 있어서 탐색할 것이 없어요. 둘 중 하나를 비우거나 탐색하지 마세요.',
      ja: '学習率と画像の変化がどちらも指定されているため、探索するものがありません。どちらかを外すか、探索しないでください。',
    },
  'A training of {0} steps is too short for a search: trials that take no longer than two trainings would say nothing about it. Train for at least {1} steps, or do not search.':
    {
      ko: '반복 {0}회의 학습은 탐색하기에 너무 짧아요. 학습 두 번보다 오래 걸리지 않는 시험으로는 알 수 있는 것이 없어요. {1}회 이상 학습하거나 탐색하지 마세요.',
      ja: '反復{0}回の学習は探索には短すぎます。学習2回分以内の試行では何も分かりません。{1}回以上学習するか、探索しないでください。',
    },
  'Training this model needs about {0} GB of memory even for single images, and {1} GB is available. Choose a smaller model or resolution, or close other programs.':
    {
      ko: '이 모델을 학습하려면 이미지 한 장씩이라도 메모리가 약 {0} GB 필요한데 {1} GB를 쓸 수 있어요. 더 작은 모델이나 해상도를 고르거나 다른 프로그램을 닫아 주세요.',
      ja: 'このモデルの学習には、画像1枚ずつでも約{0} GBのメモリが必要ですが、使えるのは{1} GBです。小さいモデルか解像度を選ぶか、ほかのプログラムを閉じてください。',
    },
  'Training diverged at step {0}: the loss is no longer a number. The learning rate {1} is too high for this model and data; start again with a lower one, {2} for example.':
    {
      ko: '반복 {0}회에서 학습이 발산했어요. 손실이 수가 아니게 됐어요. 학습률 {1} 값이 이 모델과 데이터에 너무 높아요. 더 낮은 값(예: {2})으로 다시 시작해 주세요.',
      ja: '反復{0}回で学習が発散しました。損失が数ではなくなりました。学習率{1}はこのモデルとデータには高すぎます。より低い値（例：{2}）で始め直してください。',
    },
  'Another process of ViT Studio (number {0})': {
    ko: 'ViT Studio의 다른 프로세스(번호 {0})',
    ja: 'ViT Studioの別のプロセス（番号{0}）',
  },
  'Another process of ViT Studio (number {0} on {1})': {
    ko: 'ViT Studio의 다른 프로세스({1}의 번호 {0})',
    ja: 'ViT Studioの別のプロセス（{1}の番号{0}）',
  },
  '{0} is using {1}. Wait until it has finished, or stop it there.': {
    ko: '{0}: {1} 폴더를 쓰고 있어요. 끝날 때까지 기다리거나 거기서 멈춰 주세요.',
    ja: '{0}が{1}を使っています。終わるまで待つか、そちらで止めてください。',
  },
  '{0} already contains other files. Choose a new or empty folder for the sample pictures.': {
    ko: '{0} 폴더에 이미 다른 파일이 있어요. 샘플 그림을 넣을 새 폴더나 빈 폴더를 선택해 주세요.',
    ja: '{0}にはすでにほかのファイルがあります。サンプル画像用に新しいフォルダーか空のフォルダーを選んでください。',
  },
}
