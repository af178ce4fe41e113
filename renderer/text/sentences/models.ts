/** @file Model files. */
import type { Translations } from './translations.ts'

export const models: Translations = {
  '{0} takes the inputs {1}; an image classifier takes one.': {
    ko: '{0}: 입력 {1}. 이미지 분류 모델은 입력이 하나예요.',
    ja: '{0}の入力は{1}です。画像分類器の入力は1つです。',
  },
  '{0} does not give float32 logits for {1}.': {
    ko: '{0}: {1} 입력에 float32 로짓을 내지 않아요.',
    ja: '{0}は{1}に対してfloat32のロジットを出しません。',
  },
  'Tensor {0} in {1} is stored as {2}, which is no type of numbers that weights are read in. Get the same model in float32, float16 or bfloat16.':
    {
      ko: '{1} 파일의 텐서 {0}: 저장 형식 {2} 그대로는 가중치로 읽을 수 없어요. 같은 모델을 float32, float16, bfloat16으로 구해 주세요.',
      ja: '{1}のテンソル{0}は{2}で保存されていて、重みとして読めない型です。同じモデルをfloat32、float16、bfloat16のいずれかで入手してください。',
    },
  'Tensor {0} in {1} has {2} of {3} values that are not finite numbers. The file is damaged or its training diverged; choose another checkpoint.':
    {
      ko: '{1} 파일의 텐서 {0}: 값 {3}개 중 {2}개가 유한한 수가 아니에요. 파일이 손상됐거나 학습이 발산한 거예요. 다른 체크포인트를 선택해 주세요.',
      ja: '{1}のテンソル{0}では、値{3}個のうち{2}個が有限の数ではありません。ファイルが壊れているか、学習が発散しています。別のチェックポイントを選んでください。',
    },
  '{0} asks for the activation {1}; only GELU is supported.': {
    ko: '{0}: 활성화 함수 {1}. GELU만 지원해요.',
    ja: '{0}の活性化関数は{1}です。GELUだけに対応しています。',
  },
  '{0} asks for the pooling {1}; class token, mean of the patches and attention pooling (“map”) are supported.':
    {
      ko: '{0}: 풀링 {1}. 클래스 토큰, 패치 평균, 어텐션 풀링(‘map’)을 지원해요.',
      ja: '{0}のプーリングは{1}です。クラストークン、パッチの平均、アテンションプーリング（「map」）に対応しています。',
    },
  '{0} over all tokens': {
    ko: '모든 토큰에 대한 {0}',
    ja: '全トークンに対する{0}',
  },
  '{0} is not a model file that can be read. Choose a .safetensors, .npz, .pth or .bin file with the weights of a Vision Transformer.':
    {
      ko: '{0}: 읽을 수 있는 모델 파일이 아니에요. Vision Transformer의 가중치가 든 .safetensors, .npz, .pth, .bin 파일을 선택해 주세요.',
      ja: '{0}は読み込めるモデルファイルではありません。Vision Transformerの重みが入った、拡張子safetensors、npz、pth、binのファイルを選んでください。',
    },
  '{0} is not valid JSON. Correct it or move it away.': {
    ko: '{0}: 올바른 JSON이 아니에요. 고치거나 치워 주세요.',
    ja: '{0}は正しいJSONではありません。直すか、取り除いてください。',
  },
  '{0} is not understood ({1}). Correct it or move it away.': {
    ko: '{0}: 이해할 수 없어요({1}). 고치거나 치워 주세요.',
    ja: '{0}を理解できません（{1}）。直すか、取り除いてください。',
  },
  '{0} holds more than one Vision Transformer ({1} and {2}). Save the one to fine-tune in a separate file.': {
    ko: '{0}: Vision Transformer가 둘 이상 들어 있어요({1}, {2}). 학습할 것을 따로 저장해 주세요.',
    ja: '{0}には複数のVision Transformerが入っています（{1}、{2}）。学習するものを別のファイルに保存してください。',
  },
  '{0} cannot be understood ({1}). It is damaged, was changed by hand or comes from another version of ViT Studio.':
    {
      ko: '{0}: 이해할 수 없어요({1}). 손상됐거나, 직접 고쳤거나, 다른 버전의 ViT Studio에서 만든 거예요.',
      ja: '{0}を理解できません（{1}）。壊れているか、手で変更されたか、別の版のViT Studioのものです。',
    },
  '{0} is not as it was written: it is damaged, or was changed by hand. Put the original back; if the change is intended, take “{1}” out of the file.':
    {
      ko: '{0}: 기록했을 때와 내용이 달라요. 손상됐거나 직접 고친 거예요. 원본을 되돌려 놓거나, 일부러 고쳤다면 파일에서 ‘{1}’ 항목을 빼 주세요.',
      ja: '{0}が書き込んだときと異なります。壊れているか、手で変更されています。元のものに戻すか、意図した変更であればファイルから「{1}」を取り除いてください。',
    },
  '{0}: The system lets nothing be made in this folder. Choose another folder.': {
    ko: '{0}: 시스템이 이 폴더에 아무것도 만들지 못하게 해요. 다른 폴더를 선택해 주세요.',
    ja: '{0}：このフォルダーには何も作れません。別のフォルダーを選んでください。',
  },
  '{0} has no place for {1}. Export as {2} instead.': {
    ko: '{0} 형식에는 담을 수 없는 것이 있어요({1}). 대신 {2} 형식으로 내보내 주세요.',
    ja: '{0}には入れられないものがあります（{1}）。代わりに{2}で書き出してください。',
  },
  '{0} is not a valid NumPy array: {1}. Copy or download the file again.': {
    ko: '{0}: 올바른 NumPy 배열이 아니에요({1}). 파일을 다시 복사하거나 내려받아 주세요.',
    ja: '{0}は正しいNumPy配列ではありません（{1}）。ファイルをもう一度コピーまたはダウンロードしてください。',
  },
  '{0} is an array of records; only plain numbers can be read.': {
    ko: '{0}: 레코드 배열이에요. 숫자만 읽을 수 있어요.',
    ja: '{0}はレコードの配列です。数値だけを読み込めます。',
  },
  '{0} is an array of Python objects, which could run code when it is read. It was refused; save the weights as plain arrays.':
    {
      ko: '{0}: Python 객체 배열이어서 읽을 때 코드가 실행될 수 있어요. 그래서 열지 않았어요. 가중치를 일반 배열로 저장해 주세요.',
      ja: '{0}はPythonオブジェクトの配列で、読み込むとコードが実行されるおそれがあるため開きませんでした。重みを通常の配列で保存してください。',
    },
  '{0} of shape {1} should take {2} bytes, but takes {3}. Copy or download the file again.': {
    ko: '{0}: 모양 {1}에는 {2}바이트가 필요한데 {3}바이트예요. 파일을 다시 복사하거나 내려받아 주세요.',
    ja: '{0}（形{1}）は{2}バイトのはずですが、{3}バイトです。ファイルをもう一度コピーまたはダウンロードしてください。',
  },
  '{0} is stored as {1}; float32, float16, float64 and bfloat16 can be read. Save the weights as float32.': {
    ko: '{0}: 저장 형식 {1}. float32, float16, float64, bfloat16을 읽을 수 있어요. 가중치를 float32로 저장해 주세요.',
    ja: '{0}は{1}で保存されています。読めるのはfloat32、float16、float64、bfloat16です。重みをfloat32で保存してください。',
  },
  '{0} asks for the Python object {1}, which no model needs and which can run anything when Python opens the file. Nothing was run and the file is refused. Get the weights from a source you trust, best as safetensors.':
    {
      ko: '{0}: Python 객체({1})를 요구해요. 어떤 모델에도 필요 없고, Python이 열 때 무엇이든 실행할 수 있어요. 아무것도 실행하지 않았고 파일을 열지 않았어요. 믿을 수 있는 곳에서, 되도록 safetensors로 구해 주세요.',
      ja: '{0}はPythonオブジェクト{1}を求めています。どのモデルにも不要で、Pythonで開くと何でも実行できるものです。何も実行せず、ファイルは開きませんでした。信頼できる所から、できればsafetensorsで入手してください。',
    },
  "{0} holds more than weights and the state of a training: millions of other values. Save the model's state_dict() alone and open that file.":
    {
      ko: '{0}: 가중치와 학습 상태 말고도 다른 값이 수백만 개 들어 있어요. 모델의 state_dict()만 저장해서 열어 주세요.',
      ja: '{0}には重みと学習の状態のほかに、何百万もの値が入っています。モデルのstate_dict()だけを保存して開いてください。',
    },
  '{0} is damaged: at byte {1} {2}. Copy or download the file again.': {
    ko: '{0}: 손상됐어요({1}바이트: {2}). 파일을 다시 복사하거나 내려받아 주세요.',
    ja: '{0}は壊れています（{1}バイト目：{2}）。ファイルをもう一度コピーまたはダウンロードしてください。',
  },
  'Pooling “{0}” ({1}) does not fit {2}, which has {3}. Choose another pooling.': {
    ko: '{2}: 풀링 ‘{0}’({1}) 방식이 맞지 않아요({3}). 다른 풀링을 선택해 주세요.',
    ja: '{2}にはプーリング「{0}」（{1}）が合いません（{3}）。別のプーリングを選んでください。',
  },
  '{0} should be {1} bytes long, but the file ends after {2} of them. It is incomplete: copy or download it again.':
    {
      ko: '{0}: {1}바이트여야 하는데 {2}바이트에서 끝나요. 완전하지 않으니 다시 복사하거나 내려받아 주세요.',
      ja: '{0}は{1}バイトのはずですが、{2}バイトで終わっています。不完全なので、もう一度コピーまたはダウンロードしてください。',
    },
  '{0} describes a model {1} wide with {2} blocks, but {3} is {4} wide with {5} blocks. It belongs to another model: move one of them into a separate folder.':
    {
      ko: '{0}: 너비 {1}, 블록 {2}개의 모델이라고 하는데 {3} 파일은 너비 {4}, 블록 {5}개예요. 다른 모델의 것이니 둘 중 하나를 다른 폴더로 옮겨 주세요.',
      ja: '{0}は幅{1}、{2}ブロックのモデルと述べていますが、{3}は幅{4}、{5}ブロックです。別のモデルのものなので、どちらかを別のフォルダーに移してください。',
    },
  'The position embedding in {0} has {1} rows; less {2} for prefix tokens that is no square grid of patches{3}. For images that are not square put a config.json with "image_size": [height, width] beside the file.':
    {
      ko: '{0} 파일의 위치 임베딩은 {1}행인데, 앞의 토큰 {2}개를 빼면 정사각형 패치 격자가 아니에요{3}. 정사각형이 아닌 이미지라면 image_size: [높이, 너비]를 적은 config.json을 파일 옆에 두세요.',
      ja: '{0}の位置埋め込みは{1}行で、先頭トークン{2}個を除くと正方形のパッチ格子になりません{3}。正方形でない画像の場合は、image_size（[height, width]）を書いたconfig.jsonを隣に置いてください。',
    },
  '{0} has positions for its {1} register tokens too. That is not supported yet; register tokens without positions, as in DINOv2, are.':
    {
      ko: '{0}: 레지스터 토큰 {1}개에도 위치가 있어요. 아직 지원하지 않아요. DINOv2처럼 위치가 없는 레지스터 토큰은 지원해요.',
      ja: '{0}はレジスタートークン{1}個にも位置を持っています。まだ対応していません。DINOv2のような位置のないレジスタートークンには対応しています。',
    },
  '{0} attention heads ({1}) do not divide the width of {2} in {3}. Set another number of heads.': {
    ko: '{3} 파일의 너비 {2}: 어텐션 헤드 {0}개({1})로 나누어지지 않아요. 헤드 수를 다르게 정해 주세요.',
    ja: '{3}の幅{2}はアテンションヘッド{0}個（{1}）で割り切れません。別のヘッド数にしてください。',
  },
  '{0} does not say how many attention heads it has, and its width of {1} is no multiple of the usual 64. Set the number of heads, or put a config.json with "num_attention_heads" beside the file.':
    {
      ko: '{0}: 어텐션 헤드가 몇 개인지 적혀 있지 않고, 너비 {1} 값이 보통 쓰는 64의 배수가 아니에요. 헤드 수를 정하거나, num_attention_heads를 적은 config.json을 파일 옆에 두세요.',
      ja: '{0}にはアテンションヘッドの数が書かれておらず、幅{1}は通常の64の倍数ではありません。ヘッド数を指定するか、num_attention_headsを書いたconfig.jsonを隣に置いてください。',
    },
  '{0} is {1}. This kind of model is not supported. {2}': {
    ko: '{0}: 지원하지 않는 종류의 모델이에요({1}). {2}',
    ja: '{0}は対応していない種類のモデルです（{1}）。{2}',
  },
  '{0} {1}. It is a model of another kind, or a part of one. {2}': {
    ko: '{0}: 다른 종류의 모델이거나 모델의 일부예요({1}). {2}',
    ja: '{0}は別の種類のモデルか、その一部です（{1}）。{2}',
  },
  'Choose another checkpoint: {0} can be opened.': {
    ko: '다른 체크포인트를 선택해 주세요. 열 수 있는 것: {0}.',
    ja: '別のチェックポイントを選んでください。開けるもの：{0}。',
  },
  'Merge it into its model (merge_and_unload in PEFT), save that and open it.': {
    ko: '모델에 합치고(PEFT의 merge_and_unload) 저장한 다음 열어 주세요.',
    ja: 'モデルに統合し（PEFTのmerge_and_unload）、保存して開いてください。',
  },
  'Get the same model in float32, float16 or bfloat16.': {
    ko: '같은 모델을 float32, float16, bfloat16으로 구해 주세요.',
    ja: '同じモデルをfloat32、float16、bfloat16のいずれかで入手してください。',
  },
  'The model in {0} is split over several files, which is not supported yet. Save it as one file (max_shard_size="20GB" in transformers).':
    {
      ko: '{0} 모델은 여러 파일로 나뉘어 있어서 아직 지원하지 않아요. 파일 하나로 저장해 주세요(transformers의 max_shard_size=20GB).',
      ja: '{0}のモデルは複数のファイルに分かれていて、まだ対応していません。1つのファイルで保存してください（transformersのmax_shard_size=20GB）。',
    },
  '{0} holds no model file. Choose a folder with a .safetensors, .npz, .pth or .bin file.': {
    ko: '{0} 폴더에 모델 파일이 없어요. .safetensors, .npz, .pth, .bin 파일이 있는 폴더를 선택해 주세요.',
    ja: '{0}にはモデルファイルがありません。拡張子safetensors、npz、pth、binのファイルがあるフォルダーを選んでください。',
  },
  '{0} holds {1} model files: {2}. Choose one of them.': {
    ko: '{0} 폴더에 모델 파일이 {1}개 있어요: {2}. 하나를 선택해 주세요.',
    ja: '{0}にはモデルファイルが{1}個あります：{2}。1つ選んでください。',
  },
  '{0} is {1}, but a file was expected.': {
    ko: '{0}: 파일이 필요한데 파일이 아니에요({1}).',
    ja: '{0}はファイルではありません（{1}）。ファイルが必要です。',
  },
  '{0} has {1} MB, more than such a file ever has ({2} MB). It is another file, or damaged.': {
    ko: '{0}: {1} MB예요. 이런 파일의 한도({2} MB)보다 커요. 다른 파일이거나 손상됐어요.',
    ja: '{0}は{1} MBで、この種のファイルの上限（{2} MB）を超えています。別のファイルか、壊れています。',
  },
  '{0} was asked for a tensor it does not list.': {
    ko: '{0}: 목록에 없는 텐서를 요청했어요.',
    ja: '{0}に、一覧にないテンソルが求められました。',
  },
  'Tensor {0} in {1} is stored as {2}; F64, F32, F16 and BF16 can be read. Save the model as float32 and try again.':
    {
      ko: '{1} 파일의 텐서 {0}: 저장 형식 {2}. F64, F32, F16, BF16을 읽을 수 있어요. 모델을 float32로 저장하고 다시 시도해 주세요.',
      ja: '{1}のテンソル{0}は{2}で保存されています。読めるのはF64、F32、F16、BF16です。モデルをfloat32で保存して、もう一度お試しください。',
    },
  '{0} is not a valid safetensors file: {1}. Copy or download it again.': {
    ko: '{0}: 올바른 safetensors 파일이 아니에요({1}). 다시 복사하거나 내려받아 주세요.',
    ja: '{0}は正しいsafetensorsファイルではありません（{1}）。もう一度コピーまたはダウンロードしてください。',
  },
  'Tensor “{0}” holds {1}, which half precision cannot store (at most 65504). Write the file as float32.': {
    ko: '텐서 ‘{0}’: 값 {1}: 반정밀도로 저장할 수 없어요(최대 65504). 파일을 float32로 저장해 주세요.',
    ja: 'テンソル「{0}」の値{1}は半精度で保存できません（最大65504）。ファイルをfloat32で保存してください。',
  },
  '{0} holds {1} tensors, more than any model that can be read here.': {
    ko: '{0}: 텐서가 {1}개 들어 있어서, 읽을 수 있는 어떤 모델보다 많아요.',
    ja: '{0}にはテンソルが{1}個あり、ここで読めるどのモデルよりも多いです。',
  },
  '{0} is a zip file, but not a PyTorch checkpoint: it holds no data.pkl. Choose the file with the weights.':
    {
      ko: '{0}: ZIP 파일이지만 PyTorch 체크포인트가 아니에요. data.pkl이 없어요. 가중치가 든 파일을 선택해 주세요.',
      ja: '{0}はZIPファイルですが、PyTorchのチェックポイントではありません。data.pklがありません。重みの入ったファイルを選んでください。',
    },
  "{0} describes its weights in {1} bytes, more than any model needs. Save the model's state_dict() alone and open that file.":
    {
      ko: '{0}: 가중치 설명이 {1}바이트로, 어떤 모델에 필요한 것보다 커요. 모델의 state_dict()만 저장해서 열어 주세요.',
      ja: '{0}の重みの記述は{1}バイトで、どのモデルに必要な量より多いです。モデルのstate_dict()だけを保存して開いてください。',
    },
  '{0} was saved with byte order {1}; only little-endian files can be read. Save it again on another computer.':
    {
      ko: '{0}: 바이트 순서 {1} 방식으로 저장됐어요. 리틀 엔디언 파일만 읽을 수 있어요. 다른 컴퓨터에서 다시 저장해 주세요.',
      ja: '{0}はバイト順{1}で保存されています。リトルエンディアンのファイルだけを読めます。別のコンピューターで保存し直してください。',
    },
  '{0} has no data: storage {1} is missing.': {
    ko: '{0}: 데이터가 없어요. 저장소 {1} 항목이 빠져 있어요.',
    ja: '{0}のデータがありません。ストレージ{1}が欠けています。',
  },
  '{0} of shape {1} repeats the {2} bytes of storage {3} over and over. Save a contiguous copy of it.': {
    ko: '{0}(모양 {1}): 저장소 {3}의 {2}바이트를 되풀이해요. 연속된 사본으로 저장해 주세요.',
    ja: '{0}（形{1}）はストレージ{3}の{2}バイトを繰り返しています。連続したコピーを保存してください。',
  },
  '{0} of shape {1} needs {2} bytes of storage {3}, which has {4}. Copy or download the file again.': {
    ko: '{0}(모양 {1}): 저장소 {3}에서 {2}바이트가 필요한데 {4}바이트가 있어요. 파일을 다시 복사하거나 내려받아 주세요.',
    ja: '{0}（形{1}）にはストレージ{3}の{2}バイトが必要ですが、{4}バイトしかありません。ファイルをもう一度コピーまたはダウンロードしてください。',
  },
  '{0} lists {1} tensors of {2} numbers in all, but holds {3} bytes of them. Save contiguous copies of the weights.':
    {
      ko: '{0}: 텐서 {1}개, 모두 {2}개의 수가 적혀 있지만 {3}바이트만 있어요. 가중치를 연속된 사본으로 저장해 주세요.',
      ja: '{0}にはテンソル{1}個、合計{2}個の数値が記されていますが、{3}バイトしかありません。重みの連続したコピーを保存してください。',
    },
  '{0} is a {1}; float, half, bfloat16 and double can be read. Save the weights as float32.': {
    ko: '{0}: 형식 {1}. float, half, bfloat16, double을 읽을 수 있어요. 가중치를 float32로 저장해 주세요.',
    ja: '{0}は{1}です。読めるのはfloat、half、bfloat16、doubleです。重みをfloat32で保存してください。',
  },
  'The checkpoint {0}. It may be damaged, or written by a tool that is not PyTorch; save it as safetensors.':
    {
      ko: '체크포인트를 읽지 못했어요({0}). 손상됐거나 PyTorch가 아닌 도구로 만든 파일일 수 있어요. safetensors로 저장해 주세요.',
      ja: 'チェックポイントを読み込めませんでした（{0}）。壊れているか、PyTorch以外のツールで書かれた可能性があります。safetensorsで保存してください。',
    },
  '{0} holds a Python object of type {1} instead of a dictionary of weights. {2}': {
    ko: '{0}: 가중치 사전이 아니라 Python 객체({1})가 들어 있어요. {2}',
    ja: '{0}には重みの辞書ではなくPythonオブジェクト（{1}）が入っています。{2}',
  },
  '{0} holds no weights: no dictionary of tensors was found in it. {1}': {
    ko: '{0}: 가중치가 없어요. 텐서 사전을 찾지 못했어요. {1}',
    ja: '{0}に重みがありません。テンソルの辞書が見つかりません。{1}',
  },
  "Save the model's state_dict() and open that file.": {
    ko: '모델의 state_dict()를 저장해서 열어 주세요.',
    ja: 'モデルのstate_dict()を保存して開いてください。',
  },
  '{0} was changed while it was read. Wait until whatever writes it has finished, and open it again.': {
    ko: '{0}: 읽는 동안 파일이 바뀌었어요. 쓰는 작업이 끝나기를 기다렸다가 다시 열어 주세요.',
    ja: '{0}は読み込み中に変更されました。書き込みが終わるのを待って、もう一度開いてください。',
  },
  '{0} is damaged or incomplete: {1}. Copy or download it again.': {
    ko: '{0}: 손상됐거나 완전하지 않아요({1}). 다시 복사하거나 내려받아 주세요.',
    ja: '{0}は壊れているか不完全です（{1}）。もう一度コピーまたはダウンロードしてください。',
  },
  'It {0}, as no model exported by ViT Studio does. {1}': {
    ko: 'ViT Studio가 내보낸 모델에는 없는 점이 있어요({0}). {1}',
    ja: 'ViT Studioが書き出したモデルにはない点があります（{0}）。{1}',
  },
  'Only .onnx files exported by ViT Studio can be opened.': {
    ko: 'ViT Studio가 내보낸 .onnx 파일만 열 수 있어요.',
    ja: '開けるのは、ViT Studioが書き出したONNXファイルだけです。',
  },
  'It cannot be read as an ONNX model. {0}': {
    ko: 'ONNX 모델로 읽을 수 없어요. {0}',
    ja: 'ONNXモデルとして読み込めません。{0}',
  },
  'The file is damaged or not an ONNX model; export it again.': {
    ko: '파일이 손상됐거나 ONNX 모델이 아니에요. 다시 내보내 주세요.',
    ja: 'ファイルが壊れているか、ONNXモデルではありません。もう一度書き出してください。',
  },
  'It has {0}, which models exported by ViT Studio do not have. {1}': {
    ko: 'ViT Studio가 내보낸 모델에는 없는 것이 들어 있어요({0}). {1}',
    ja: 'ViT Studioが書き出したモデルにはないものが入っています（{0}）。{1}',
  },
  '{0} does not say its labels and preprocessing. {1}': {
    ko: '{0}: 라벨과 전처리가 적혀 있지 않아요. {1}',
    ja: '{0}にラベルと前処理が書かれていません。{1}',
  },
  'Only .onnx files exported by ViT Studio carry them.': {
    ko: 'ViT Studio가 내보낸 .onnx 파일에만 들어 있어요.',
    ja: 'ViT Studioが書き出したONNXファイルにだけ入っています。',
  },
  'It says that it reads images of {0} × {1} pixels, and its graph does not. Export it again.': {
    ko: '{0} × {1} 픽셀의 이미지를 읽는다고 하지만 그래프는 그렇지 않아요. 다시 내보내 주세요.',
    ja: '{0} × {1}ピクセルの画像を読むとしていますが、グラフは異なります。もう一度書き出してください。',
  },
  'It names {0} classes, but its graph has {1} outputs. Export it again.': {
    ko: '클래스 이름은 {0}개인데 그래프의 출력은 {1}개예요. 다시 내보내 주세요.',
    ja: 'クラス名は{0}個ですが、グラフの出力は{1}個です。もう一度書き出してください。',
  },
  'Its weights are in {0}, which is not the file {1} beside it. Export it again.': {
    ko: '가중치가 {0} 파일에 있다고 하는데 옆에 있는 {1} 파일이 아니에요. 다시 내보내 주세요.',
    ja: '重みは{0}にあるとされていますが、隣の{1}ではありません。もう一度書き出してください。',
  },
  '{0} itself says how its model computes, so {1} cannot be overridden. {2}': {
    ko: '{0}: 모델이 어떻게 계산하는지 파일에 적혀 있어서 {1} 설정을 바꿀 수 없어요. {2}',
    ja: '{0}自身がモデルの計算方法を述べているため、{1}は変更できません。{2}',
  },
  'Leave that out.': {
    ko: '그 설정을 빼 주세요.',
    ja: 'その指定を外してください。',
  },
  '{0} has no classification head, so it cannot name classes. {1}': {
    ko: '{0}: 분류 헤드가 없어서 클래스를 말할 수 없어요. {1}',
    ja: '{0}には分類ヘッドがないため、クラスを答えられません。{1}',
  },
  'Fine-tune it first, or choose a model with a classification head.': {
    ko: '먼저 학습하거나 분류 헤드가 있는 모델을 선택해 주세요.',
    ja: '先にファインチューニングするか、分類ヘッドのあるモデルを選んでください。',
  },
}
