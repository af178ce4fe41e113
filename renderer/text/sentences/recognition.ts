/** @file How a model was recognised: what was found in its file, and where each value comes from. */
import type { Translations } from './translations.ts'

export const recognition: Translations = {
  '{0}: {1}.': { ko: '{0}. 근거: {1}.', ja: '{0}。根拠：{1}。' },
  'as {0} says': { ko: '{0} 파일에 적힌 내용', ja: '{0}の記載' },
  'as you set it': { ko: '직접 정한 값', ja: '自分で設定した値' },
  'as this program does where nothing says otherwise': {
    ko: '다른 말이 없을 때 이 프로그램이 쓰는 방법',
    ja: '指定がないときのこのプログラムの方法',
  },
  '{0}, but of a size that no image has': {
    ko: '{0}, 다만 있을 수 없는 이미지 크기',
    ja: '{0}、ただし画像にはあり得ない大きさ',
  },
  'of which the middle {0} is read': {
    ko: '그 가운데 {0}픽셀을 읽어요',
    ja: 'その中央の{0}ピクセルを読み取ります',
  },
  'Images are squashed to {0} pixels ({1})': {
    ko: '이미지를 {0}픽셀에 맞춰 눌러요({1})',
    ja: '画像を{0}ピクセルに縮めて合わせます（{1}）',
  },
  'Images are fitted into {0} pixels ({1}) with bars beside them': {
    ko: '이미지를 {0}픽셀 안에 넣고({1}) 남는 곳을 띠로 채워요',
    ja: '画像を{0}ピクセルに収め（{1}）、余白を帯で埋めます',
  },
  'Images are squashed to {0} pixels ({1}), {2}': {
    ko: '이미지를 {0}픽셀에 맞춰 누르고({1}), {2}',
    ja: '画像を{0}ピクセルに縮めて合わせ（{1}）、{2}',
  },
  'Images keep their shape and are resized until they cover {0} pixels ({1}), {2}': {
    ko: '이미지 비율을 지키면서 {0}픽셀을 덮도록 크기를 바꾸고({1}), {2}',
    ja: '画像の縦横比を保ったまま{0}ピクセルを覆う大きさにし（{1}）、{2}',
  },
  'The model {0} ({1}).': { ko: '모델 설정: {0}({1}).', ja: 'モデルの設定：{0}（{1}）。' },
  'asks for images that have its size already; they are squashed to it': {
    ko: '이미 크기가 맞는 이미지를 요구해서, 이미지를 그 크기로 눌러 맞춰요',
    ja: '大きさの合った画像を求めているため、画像をその大きさに縮めて合わせます',
  },
  'asks for a way of resizing that is not followed here': {
    ko: '여기서 따르지 않는 크기 조정 방법을 요구해요',
    ja: 'ここでは従わないサイズ変更の方法を求めています',
  },
  'asks for another filter than bilinear and bicubic ({0}); bicubic is used': {
    ko: 'bilinear와 bicubic이 아닌 필터({0})를 요구해서 bicubic을 써요',
    ja: 'bilinearでもbicubicでもないフィルター（{0}）を求めているため、bicubicを使います',
  },
  'asks for the filter {0}; bicubic is used': {
    ko: '필터 {0}: 대신 bicubic을 써요',
    ja: 'フィルター{0}を求めていますが、bicubicを使います',
  },
  'asks for bars beside a part of the image; they are put beside the whole': {
    ko: '이미지 일부에 띠를 두르라고 하지만, 이미지 전체에 둘러요',
    ja: '画像の一部に帯を付けるよう求めていますが、画像全体に付けます',
  },
  'Images are prepared so for the model as it is; training squashes whole images unless another framing is chosen.':
    {
      ko: '모델을 그대로 쓸 때 이미지를 이렇게 준비해요. 학습할 때는 다른 방식을 고르지 않으면 이미지 전체를 눌러 맞춰요.',
      ja: 'モデルをそのまま使うときの画像の準備です。学習では、別の方法を選ばなければ画像全体を縮めて合わせます。',
    },

  'the class token': { ko: '클래스 토큰', ja: 'クラストークン' },
  'the mean of the patch tokens': { ko: '패치 토큰의 평균', ja: 'パッチトークンの平均' },
  'the mean of class and distillation token': {
    ko: '클래스 토큰과 증류 토큰의 평균',
    ja: 'クラストークンと蒸留トークンの平均',
  },
  'the class token and the mean of the patch tokens, side by side': {
    ko: '나란히 놓은 클래스 토큰과 패치 토큰 평균',
    ja: 'クラストークンとパッチトークンの平均を並べたもの',
  },
  'attention pooling, in which one learned query attends to the patches': {
    ko: '어텐션 풀링(학습된 쿼리 하나가 패치들을 봄)',
    ja: 'アテンションプーリング（学習した1つのクエリがパッチを見る）',
  },
  'exact (erf)': { ko: '정확한 계산(erf)', ja: '厳密（erf）' },
  'by its tanh approximation': { ko: 'tanh 근사', ja: 'tanhによる近似' },
  'by x · sigmoid(1.702 x)': { ko: 'x · sigmoid(1.702 x) 근사', ja: 'x · sigmoid(1.702 x)による近似' },
  'as vit_jax does (bilinear, corners aligned)': {
    ko: 'vit_jax 방식(bilinear, 모서리 맞춤)',
    ja: 'vit_jaxの方式（bilinear、角を揃える）',
  },
  'as timm does (bicubic, antialiased)': {
    ko: 'timm 방식(bicubic, 앤티앨리어싱)',
    ja: 'timmの方式（bicubic、アンチエイリアス）',
  },
  'as transformers does (bicubic)': { ko: 'transformers 방식(bicubic)', ja: 'transformersの方式（bicubic）' },
  'as DINO does (bicubic, with its offset)': {
    ko: 'DINO 방식(bicubic, 오프셋 포함)',
    ja: 'DINOの方式（bicubic、オフセット付き）',
  },
  'as vit_jax does (kernels over std + 1e-5, GroupNorm epsilon 1e-6)': {
    ko: 'vit_jax 방식(커널 ÷ (표준편차 + 1e-5), GroupNorm 엡실론 1e-6)',
    ja: 'vit_jaxの方式（カーネル÷（標準偏差＋1e-5）、GroupNormのイプシロン1e-6）',
  },
  'as timm does (kernels over √(variance + 1e-8), GroupNorm epsilon 1e-5)': {
    ko: 'timm 방식(커널 ÷ √(분산 + 1e-8), GroupNorm 엡실론 1e-5)',
    ja: 'timmの方式（カーネル÷√（分散＋1e-8）、GroupNormのイプシロン1e-5）',
  },
  'Pixels are normalised by mean {0} and standard deviation {1}': {
    ko: '픽셀을 평균 {0}, 표준편차 {1} 값으로 정규화해요',
    ja: 'ピクセルを平均{0}、標準偏差{1}で正規化します',
  },

  'a class and a distillation token': {
    ko: '클래스 토큰과 증류 토큰 있음',
    ja: 'クラストークンと蒸留トークンあり',
  },
  'a class token': { ko: '클래스 토큰 있음', ja: 'クラストークンあり' },
  'no class token': { ko: '클래스 토큰 없음', ja: 'クラストークンなし' },
  '{0} and attention pooling': { ko: '{0}, 어텐션 풀링 있음', ja: '{0}、アテンションプーリングあり' },
  '{0} and no attention pooling': { ko: '{0}, 어텐션 풀링 없음', ja: '{0}、アテンションプーリングなし' },
  'there is a distillation token': { ko: '증류 토큰이 있음', ja: '蒸留トークンがある' },
  'there are weights for it': { ko: '그에 맞는 가중치가 있음', ja: 'そのための重みがある' },
  'the head is as wide as both': {
    ko: '헤드 너비가 둘을 합친 것과 같음',
    ja: 'ヘッドの幅が両方を合わせた幅と同じ',
  },
  'there is no class token': { ko: '클래스 토큰이 없음', ja: 'クラストークンがない' },
  'the final norm is “fc_norm”': { ko: '마지막 정규화가 ‘fc_norm’임', ja: '最後の正規化が「fc_norm」である' },
  '{0} is fine-tuned that way': { ko: '{0} 모델의 미세 조정 방식', ja: '{0}のファインチューニングの方式' },
  'there is a class token': { ko: '클래스 토큰이 있음', ja: 'クラストークンがある' },

  'its outputs are quantities (regression), not classes': {
    ko: '출력이 클래스가 아니라 수량이에요(회귀)',
    ja: '出力がクラスではなく数量（回帰）です',
  },
  'it reads the mean of the patches too': { ko: '패치 평균도 함께 읽어요', ja: 'パッチの平均も読み取ります' },
  'it reads one vector alone': { ko: '벡터 하나만 읽어요', ja: '1つのベクトルだけを読み取ります' },
  'no config.json says what it reads': {
    ko: '무엇을 읽는지 적힌 config.json이 없어요',
    ja: '何を読み取るかを示すconfig.jsonがありません',
  },
  'it projects into the space shared with texts': {
    ko: '글과 함께 쓰는 공간으로 투영해요',
    ja: 'テキストと共有する空間に射影します',
  },
  'with this many outputs it is the projection into the space shared with texts': {
    ko: '출력 수로 보아 글과 함께 쓰는 공간으로 가는 투영이에요',
    ja: '出力の数から、テキストと共有する空間への射影です',
  },
  'it reads the class token alone, while this model is used with the mean of class and distillation token': {
    ko: '클래스 토큰만 읽는데, 이 모델은 클래스 토큰과 증류 토큰의 평균으로 써요',
    ja: 'クラストークンだけを読み取りますが、このモデルはクラストークンと蒸留トークンの平均で使います',
  },
  'it reads the mean of the patches without the final norm, while this model is used with both': {
    ko: '마지막 정규화 없이 패치 평균을 읽는데, 이 모델은 둘 다 써요',
    ja: '最後の正規化なしでパッチの平均を読み取りますが、このモデルは両方を使います',
  },
  'it expects the “pre_logits” layer, which fine-tuning drops': {
    ko: '미세 조정에서 빠지는 ‘pre_logits’ 층이 필요해요',
    ja: 'ファインチューニングで外す「pre_logits」層を必要とします',
  },

  "Layout: {0}, recognised by the tensors' names.": {
    ko: '저장 형식: {0}. 텐서 이름으로 알아냈어요.',
    ja: '保存形式：{0}。テンソルの名前から読み取りました。',
  },
  '{0} × {1} pixels ({2}) do not fit the position embedding, which is for {3} × {4} patches; the embedding decides.':
    {
      ko: '{0} × {1} 픽셀({2})이 위치 임베딩(패치 {3} × {4}개)과 맞지 않아서 임베딩을 따라요.',
      ja: '{0} × {1}ピクセル（{2}）が位置埋め込み（パッチ{3} × {4}個）に合わないため、埋め込みに従います。',
    },
  'Features: {0}': { ko: '특징: {0}', ja: '特徴：{0}' },
  "The file's head is left out: {0}.": {
    ko: '파일에 있는 헤드는 쓰지 않아요: {0}.',
    ja: 'ファイルのヘッドは使いません：{0}。',
  },
  'The final norm is reinitialised, as MAE does for fine-tuning.': {
    ko: 'MAE의 미세 조정처럼 마지막 정규화를 처음 값으로 되돌려요.',
    ja: 'MAEのファインチューニングと同じく、最後の正規化を初期値に戻します。',
  },
  'The MLPs are gated by SiLU (SwiGLU).': {
    ko: 'MLP에 SiLU 게이트가 있어요(SwiGLU).',
    ja: 'MLPにはSiLUのゲートがあります（SwiGLU）。',
  },
  'GELU {0}': { ko: 'GELU: {0}', ja: 'GELU：{0}' },
  'LayerNorm epsilon {0}': { ko: 'LayerNorm 엡실론 {0}', ja: 'LayerNormのイプシロン{0}' },
  'Position embeddings are resized {0}': {
    ko: '위치 임베딩 크기 조정: {0}',
    ja: '位置埋め込みのサイズ変更：{0}',
  },
  'its root alone': { ko: '뿌리 부분만', ja: '根元の部分のみ' },
  '{0} units in its stages': { ko: '단계별 유닛 {0}개', ja: '段階ごとのユニット{0}個' },
  "Its patches are of a ResNet's features: {0} channels, {1}.": {
    ko: 'ResNet의 특징을 패치로 써요: 채널 {0}개, {1}.',
    ja: 'ResNetの特徴をパッチとして使います：{0}チャンネル、{1}。',
  },
  'the rule of this layout': { ko: '이 저장 형식의 규칙', ja: 'この保存形式の規則' },
  'The ResNet computes {0}': { ko: 'ResNet 계산: {0}', ja: 'ResNetの計算：{0}' },
  'from the shape of the attention kernels': {
    ko: '어텐션 커널의 모양',
    ja: 'アテンションのカーネルの形',
  },
  '{0} attention heads': { ko: '어텐션 헤드 {0}개', ja: 'アテンションヘッド{0}個' },
  'the early “small” ViT of timm, 768 wide with 8 blocks, has 8': {
    ko: '너비 768, 블록 8개인 timm의 초기 ‘small’ ViT는 8개',
    ja: '幅768・8ブロックのtimmの初期の「small」ViTは8個',
  },
  'the standard model of width {0} has as many': {
    ko: '너비 {0}인 표준 모델의 수',
    ja: '幅{0}の標準モデルと同じ数',
  },
  'one per 64 channels, as usual; the file does not say': {
    ko: '보통처럼 채널 64개에 하나, 파일에는 적혀 있지 않음',
    ja: '通常どおり64チャンネルに1個、ファイルには記載なし',
  },
  'the rule of the program that wrote config.json': {
    ko: 'config.json을 만든 프로그램의 규칙',
    ja: 'config.jsonを書いたプログラムの規則',
  },
  'the rule of {0} in this layout': {
    ko: '이 저장 형식에서 {0} 모델의 규칙',
    ja: 'この保存形式での{0}の規則',
  },
  'there is one output': { ko: '출력이 하나임', ja: '出力が1つである' },
  'Each output is a label of its own, which may hold beside others (sigmoid)': {
    ko: '출력마다 따로 라벨이 있고 여럿이 함께 맞을 수 있어요(sigmoid)',
    ja: '出力はそれぞれ独立したラベルで、同時に当てはまることがあります（sigmoid）',
  },
  'The {0} class names ({1}) are not used, because the head has {2} classes.': {
    ko: '클래스 이름 {0}개({1})는 쓰지 않아요. 헤드의 클래스는 {2}개예요.',
    ja: 'クラス名{0}個（{1}）は使いません。ヘッドのクラスは{2}個です。',
  },
  ' (config.json says {0} × {1} pixels, which does not fit either)': {
    ko: '(config.json의 {0} × {1} 픽셀도 맞지 않음)',
    ja: '（config.jsonの{0} × {1}ピクセルも合わない）',
  },

  'assumed from its family and name; the file does not say': {
    ko: '종류와 이름에서 짐작, 파일에는 적혀 있지 않음',
    ja: '系統と名前からの推定、ファイルには記載なし',
  },
  "transformers' default": { ko: 'transformers의 기본값', ja: 'transformersの既定値' },
  "timm's default; the file does not say": {
    ko: 'timm의 기본값, 파일에는 적혀 있지 않음',
    ja: 'timmの既定値、ファイルには記載なし',
  },
  'JAX code computes it so': { ko: 'JAX 코드의 계산 방식', ja: 'JAXのコードの計算方法' },
  'vit_jax models are trained so': { ko: 'vit_jax 모델의 학습 방식', ja: 'vit_jaxのモデルの学習方法' },
  'big_vision models are trained so': {
    ko: 'big_vision 모델의 학습 방식',
    ja: 'big_visionのモデルの学習方法',
  },
  'SigLIP models are trained so': { ko: 'SigLIP 모델의 학습 방식', ja: 'SigLIPのモデルの学習方法' },
  'CLIP models are trained so': { ko: 'CLIP 모델의 학습 방식', ja: 'CLIPのモデルの学習方法' },
  'DeiT models are trained so': { ko: 'DeiT 모델의 학습 방식', ja: 'DeiTのモデルの学習方法' },
  'MAE models are trained so': { ko: 'MAE 모델의 학습 방식', ja: 'MAEのモデルの学習方法' },
  'DINOv2 models are trained so': { ko: 'DINOv2 모델의 학습 방식', ja: 'DINOv2のモデルの学習方法' },
  'its name says DeiT, which is trained so': {
    ko: '이름에 나온 DeiT의 학습 방식',
    ja: '名前にあるDeiTの学習方法',
  },
  "it is transformers' default for ViT": {
    ko: 'ViT에 대한 transformers의 기본값',
    ja: 'ViTに対するtransformersの既定値',
  },
  'the tensors are those of {0}, which is trained that way': {
    ko: '텐서로 보아 {0} 모델이고, 그 학습 방식',
    ja: 'テンソルから{0}とわかり、その学習方法',
  },
  '“{0}” suggests {1}, which is trained that way': {
    ko: '‘{0}’ 이름으로 짐작한 {1} 모델의 학습 방식',
    ja: '「{0}」という名前から推定した{1}の学習方法',
  },
  'assumed, because the file does not say (AugReg and the original ViT checkpoints use 0.5 for both instead)':
    {
      ko: '파일에 적혀 있지 않아 짐작한 값(AugReg와 원래 ViT 체크포인트는 둘 다 0.5)',
      ja: 'ファイルに記載がないための推定（AugRegと元のViTのチェックポイントでは両方とも0.5）',
    },

  "The tensors' names begin with {0}, which is removed.": {
    ko: '텐서 이름 앞의 {0} 부분을 떼어 냈어요.',
    ja: 'テンソルの名前の先頭の{0}を外しました。',
  },
  '1 tensor outside the encoder, such as {0}, is left out.': {
    ko: '인코더 밖의 텐서 1개({0})를 뺐어요.',
    ja: 'エンコーダーの外のテンソル1個（{0}）を除きました。',
  },
  '{0} tensors outside the encoder, such as {1}, are left out.': {
    ko: '인코더 밖의 텐서 {0}개({1} 등)를 뺐어요.',
    ja: 'エンコーダーの外のテンソル{0}個（{1}など）を除きました。',
  },
  'The weights come from {0} inside the file.': {
    ko: '가중치를 파일 안에서({0}) 읽었어요.',
    ja: 'ファイル内の{0}から重みを読み取りました。',
  },
  'The tensor {0} is not used here.': {
    ko: '텐서 {0}: 여기서는 쓰지 않아요.',
    ja: 'テンソル{0}はここでは使いません。',
  },
  '{0} and {1} more tensors of the encoder are not used here.': {
    ko: '인코더의 {0} 외 텐서 {1}개는 여기서 쓰지 않아요.',
    ja: 'エンコーダーの{0}ほかテンソル{1}個はここでは使いません。',
  },
  'Both heads are the same, so they are used as one on the mean of both tokens.': {
    ko: '두 헤드가 같아서 두 토큰의 평균에 하나로 써요.',
    ja: '2つのヘッドが同じなので、両トークンの平均に1つとして使います。',
  },
}
