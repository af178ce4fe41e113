/** @file What a model is that cannot be opened, and how its file differs from one that can. */
import type { Translations } from './translations.ts'

export const unsupported: Translations = {
  'ViT, its hybrids with ResNet, DeiT, DINO, DINOv2, MAE, CLIP and SigLIP': {
    ko: 'ViT, ResNet과의 하이브리드, DeiT, DINO, DINOv2, MAE, CLIP, SigLIP',
    ja: 'ViT、ResNetとのハイブリッド、DeiT、DINO、DINOv2、MAE、CLIP、SigLIP',
  },
  'whose positions are relative': { ko: '위치가 상대적임', ja: '位置が相対的' },
  'whose positions are rotary': { ko: '위치가 회전식(RoPE)임', ja: '位置が回転式（RoPE）' },
  'an adapter (such as LoRA), which holds changes to a model and not the model': {
    ko: '모델이 아니라 모델의 변경분만 담은 어댑터(LoRA 등)',
    ja: 'モデルそのものではなく変更分だけを持つアダプター（LoRAなど）',
  },
  'a quantised model, whose weights are stored in a few bits each': {
    ko: '가중치를 몇 비트로만 저장한 양자화 모델',
    ja: '重みを数ビットで保存した量子化モデル',
  },
  'DINOv3, {0}': { ko: 'DINOv3({0})', ja: 'DINOv3（{0}）' },
  'DINOv3 or one of its kind, {0}': { ko: 'DINOv3 계열({0})', ja: 'DINOv3の系統（{0}）' },
  'a Perception Encoder (PE), {0}': {
    ko: 'Perception Encoder(PE, {0})',
    ja: 'Perception Encoder（PE、{0}）',
  },
  'EVA-02, {0}': { ko: 'EVA-02({0})', ja: 'EVA-02（{0}）' },
  'EVA or EVA-02': { ko: 'EVA 또는 EVA-02', ja: 'EVAまたはEVA-02' },
  'a RoPE-ViT, {0}': { ko: 'RoPE-ViT({0})', ja: 'RoPE-ViT（{0}）' },
  'a transformer {0}': { ko: '트랜스포머({0})', ja: 'トランスフォーマー（{0}）' },
  'a Swin Transformer, {0}': { ko: 'Swin Transformer({0})', ja: 'Swin Transformer（{0}）' },
  'BEiT-3, with further norms in its blocks': {
    ko: '블록에 정규화가 더 있는 BEiT-3',
    ja: 'ブロックに追加の正規化があるBEiT-3',
  },
  'BEiT, {0}': { ko: 'BEiT({0})', ja: 'BEiT（{0}）' },
  'BEiT of transformers': { ko: 'transformers의 BEiT', ja: 'transformersのBEiT' },
  'RADIO, which has several class tokens': {
    ko: '클래스 토큰이 여러 개인 RADIO',
    ja: 'クラストークンが複数あるRADIO',
  },
  'SigLIP 2 for images of any shape (NaFlex)': {
    ko: '모양이 자유로운 이미지용 SigLIP 2(NaFlex)',
    ja: '任意の形の画像のためのSigLIP 2（NaFlex）',
  },
  'a ViT for images of any shape (NaFlexViT)': {
    ko: '모양이 자유로운 이미지용 ViT(NaFlexViT)',
    ja: '任意の形の画像のためのViT（NaFlexViT）',
  },
  'a Vision Transformer with its norms after each part of a block': {
    ko: '블록의 각 부분 뒤에 정규화가 있는 Vision Transformer',
    ja: 'ブロックの各部分の後に正規化があるVision Transformer',
  },
  'a Vision Transformer whose gated MLP is stored in three parts': {
    ko: '게이트 MLP를 셋으로 나누어 저장한 Vision Transformer',
    ja: 'ゲート付きMLPを3つに分けて保存したVision Transformer',
  },
  'a Vision Transformer with normalised queries and keys': {
    ko: '쿼리와 키를 정규화하는 Vision Transformer',
    ja: 'クエリとキーを正規化するVision Transformer',
  },
  'a Vision Transformer with further norms in its blocks (such as BEiT-3)': {
    ko: '블록에 정규화가 더 있는 Vision Transformer(BEiT-3 등)',
    ja: 'ブロックに追加の正規化があるVision Transformer（BEiT-3など）',
  },
  'a Vision Transformer whose blocks compute several parts side by side': {
    ko: '블록의 여러 부분을 나란히 계산하는 Vision Transformer',
    ja: 'ブロックの複数の部分を並列に計算するVision Transformer',
  },
  'an MLP-Mixer': { ko: 'MLP-Mixer 모델', ja: 'MLP-Mixerモデル' },
  'a hybrid whose convolutions are not those of the ViT paper (such as MobileCLIP or ResNet-D)': {
    ko: '합성곱이 ViT 논문과 다른 하이브리드(MobileCLIP, ResNet-D 등)',
    ja: '畳み込みがViTの論文と異なるハイブリッド（MobileCLIP、ResNet-Dなど）',
  },
  'a Vision Transformer without a final norm (such as InternViT)': {
    ko: '마지막 정규화가 없는 Vision Transformer(InternViT 등)',
    ja: '最後の正規化がないVision Transformer（InternViTなど）',
  },
  'a Vision Transformer without position embeddings, as those are {0}': {
    ko: '위치 임베딩이 없는 Vision Transformer({0})',
    ja: '位置埋め込みのないVision Transformer（{0}）',
  },
  'an object detector': { ko: '물체 탐지 모델', ja: '物体検出モデル' },
  "torchvision's ViT, whose names are not read yet": {
    ko: '텐서 이름을 아직 읽지 못하는 torchvision의 ViT',
    ja: 'テンソルの名前をまだ読めないtorchvisionのViT',
  },
  'a ResNet': { ko: 'ResNet 모델', ja: 'ResNetモデル' },
  'a ConvNeXt': { ko: 'ConvNeXt 모델', ja: 'ConvNeXtモデル' },
  'a diffusion model': { ko: '확산 모델', ja: '拡散モデル' },
  'a language model': { ko: '언어 모델', ja: '言語モデル' },
  'a convolutional network': { ko: '합성곱 신경망', ja: '畳み込みネットワーク' },
  'a model of type {0} ({1} says so)': {
    ko: '{0} 종류의 모델({1} 파일에 적혀 있음)',
    ja: '{0}という種類のモデル（{1}の記載）',
  },
  'a model of timm, {0} ({1} says so)': {
    ko: 'timm의 모델 {0}({1} 파일에 적혀 있음)',
    ja: 'timmのモデル{0}（{1}の記載）',
  },
  '{0} says {1}': { ko: '{0} 파일에 적힌 이름: {1}', ja: '{0}の記載：{1}' },
  'it has the tensor {0}': { ko: '텐서 {0} 있음', ja: 'テンソル{0}がある' },
  'recognised by its tensors’ names': { ko: '텐서 이름으로 알아냄', ja: 'テンソルの名前から判断' },

  'lacks the tensor {0}, which models like it have': {
    ko: '같은 종류의 모델에 있는 텐서({0})가 없어요',
    ja: '同種のモデルにあるテンソル（{0}）がありません',
  },
  'has the tensor {0} of shape {1}, where the other tensors ask for {2}': {
    ko: '텐서 {0}의 모양은 {1}, 다른 텐서에 맞는 모양은 {2}',
    ja: 'テンソル{0}の形は{1}ですが、ほかのテンソルに合う形は{2}です',
  },
  'a tensor': { ko: '텐서 1개', ja: 'テンソル1個' },
  '{0} tensors': { ko: '텐서 {0}개', ja: 'テンソル{0}個' },
  'has {0} that models of its kind do not have: {1}': {
    ko: '같은 종류의 모델에 없는 {0} 있음: {1}',
    ja: '同種のモデルにない{0}があります：{1}',
  },
  'holds {0} embeddings of patches': {
    ko: '패치 임베딩 {0}개가 있어요',
    ja: 'パッチ埋め込みが{0}個あります',
  },
  'no tensors': { ko: '텐서 없음', ja: 'テンソルなし' },
  '{0} tensors, such as {1}': { ko: '텐서 {0}개({1} 등)', ja: 'テンソル{0}個（{1}など）' },
  'holds {0}, which are not those of a Vision Transformer that can be read': {
    ko: '읽을 수 있는 Vision Transformer의 내용이 아니에요: {0}',
    ja: '読み込めるVision Transformerの内容ではありません：{0}',
  },
  'lacks the tensor {0}, which every Vision Transformer of this layout has': {
    ko: '이 저장 형식의 Vision Transformer에 반드시 있는 텐서({0})가 없어요',
    ja: 'この保存形式のVision Transformerに必ずあるテンソル（{0}）がありません',
  },
  'has the tensor {0} of shape {1}, where {2} axes were expected': {
    ko: '텐서 {0}의 모양은 {1}, 필요한 축의 수는 {2}개예요',
    ja: 'テンソル{0}の形は{1}ですが、軸は{2}本のはずです',
  },
  'reads {0} channels in patches of {1} × {2} pixels ({3}); only square patches of {4} channels are supported':
    {
      ko: '{1} × {2} 픽셀 패치에서 채널 {0}개를 읽어요({3}). 채널이 {4}개인 정사각형 패치만 지원해요',
      ja: '{1} × {2}ピクセルのパッチから{0}チャンネルを読みます（{3}）。{4}チャンネルの正方形のパッチだけに対応しています',
    },
  'has no encoder blocks': { ko: '인코더 블록이 없어요', ja: 'エンコーダーのブロックがありません' },
  'numbers its blocks up to {0}': { ko: '블록 번호가 {0}까지 있어요', ja: 'ブロックの番号が{0}まであります' },
  'has sizes that are none ({0})': {
    ko: '크기가 될 수 없는 값이 있어요({0})',
    ja: '大きさになり得ない値があります（{0}）',
  },
  'has a head of {0} classes': { ko: '헤드의 클래스가 {0}개예요', ja: 'ヘッドのクラスが{0}個あります' },
  'describes a model of over {0} numbers, but holds {1}': {
    ko: '{0}개가 넘는 값의 모델이라고 하지만 {1}개만 들어 있어요',
    ja: '{0}個を超える数値のモデルとされていますが、{1}個しかありません',
  },
  'has a ResNet of {0} units in {1} stages': {
    ko: 'ResNet의 단계가 {1}개, 유닛이 {0}개예요',
    ja: 'ResNetの段階が{1}、ユニットが{0}あります',
  },
}
