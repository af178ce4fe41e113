/** @file The Results step, in Japanese. */
import { count } from '../format.ts'

const images = (n: number): string => `画像${count(n)}枚`

export const results = {
  title: '結果',
  lead: '学習に使っていない画像を、モデルがどれだけ正しく答えられるかを示します。',
  evaluating: '確認用のすべての画像をモデルに答えさせています…',
  evaluate: 'モデルを確認する',
  stopped: '確認を中止しました。モデルはそのままです。',
  accuracy: '正解率',
  nothingHeld: '確認用の画像がないため、新しい画像についてはわかりません。',
  balancedAccuracy: 'バランス正解率',
  balancedHint: '画像の数にかかわらず、すべてのクラスを同じ重みで数えます。',
  fiveFold: (accuracy: string, low: string, high: string, n: number) =>
    `確認用の画像が少ないため、出発点となる線形プローブを${images(n)}すべてで5回に分けて確認しました。正解率は${accuracy}（${low}～${high}）です。`,
  probe: {
    isBetter: (probe: string, trained: string) =>
      `今回は学習の効果がありませんでした。確認用の画像での正解は、出発点の線形プローブが${probe}、学習したモデルが${trained}です。プローブに答えさせることができ、いつでも元に戻せます。`,
    take: 'プローブを使う',
    answers: (probe: string, trained: string) =>
      `いまは線形プローブ（確認用の画像で${probe}正解）が答えています。学習したモデル（${trained}正解）も残っています。`,
    takeTrained: '学習したモデルに戻す',
  },
  fairness: {
    title: '少ないクラスも公平に（ロジット補正）',
    hint: '画像がずっと多いクラスがあると、モデルはそのクラスと答えがちです。右に動かすと、学習し直さずに補えます。',
    asLearned: '学習のまま',
    allAlike: 'すべて同じ',
    accuracy: '正解率',
    balanced: 'バランス正解率',
    now: 'いまの選択',
    without: '学習のまま',
  },
  unsure: {
    title: 'どこから「自信なし」とするか',
    hint: '確信がこれより低い答えは、自信なしと表示します。候補は確認用の画像から求めたものです。',
    usual: 'いつもの基準',
    own: 'ご自身で選んだ値',
    suggestion: (precision: string, unanswered: number) =>
      unanswered === 0
        ? `答えの${precision}が正解：答えない画像はありません。`
        : `答えの${precision}が正解：100枚のうち${unanswered}枚は答えません。`,
    below: (threshold: string) => `（${threshold}未満は自信なし）`,
  },
  leftOut: (n: number) => `読み込めなかったファイル${count(n)}個`,
  report: { save: '印刷用のレポートを保存', name: 'レポート' },
  save: '答えを表として保存（CSV）',
  csv: { name: '予測', columns: ['ファイル', '実際', '予測', '確率'] },

  summary: {
    names: (n: number, right: number) =>
      `学習に使っていない写真${count(n)}枚のうち、${count(right)}枚を正しく答えました。`,
    range: (accuracy: string, low: string, high: string) =>
      `正解率は${accuracy}で、新しい写真では${low}から${high}くらいが見込めます。`,
    most: (truth: string, guess: string, n: number) =>
      `いちばん多い取り違え：実際は${truth}、答えは${guess}（写真${count(n)}枚）。`,
    terms: {
      accuracy: 'すべての写真のうち、正しく答えた割合です。',
      macroF1: 'F1スコア（マクロ）',
      macroF1Hint: 'すべてのクラスの再現率と適合率を一つにした値です。',
      ece: '較正誤差（ECE）',
      eceHint: 'モデルの示す確率と、実際の正解の割合との差です。',
    },
  },
  pairs: {
    title: '何を取り違えるか',
    lead: '間違えた写真の隣に、モデルが答えたクラスの典型的な学習写真を並べています。多い取り違えから順に示します。',
    typical: (kind: string) => `典型的な学習写真：${kind}`,
    typicalBadge: '典型',
    sure: (sure: string) => `確信${sure}`,
    all: (n: number) => `${count(n)}枚すべて見る`,
    more: (n: number) => `さらに${count(n)}組を表示`,
  },
  reliability: {
    title: '信頼度図',
    says: 'モデルの示す確率（確信度）',
    right: '実際に正解する割合（正解率）',
    after: '現在の答え',
    before: '確率を補正する前（温度）',
    perfect: '示したとおりに正解',
    point: (says: string, right: string) => `確信${says}：${right}正解。`,
  },

  certainty: '確信の度合い',
  certaintyGroup: (from: string, to: string) => `確信 ${from}～${to}`,
  certaintyTop: (from: string) => `確信 ${from}以上`,
  certaintyBottom: (to: string) => `確信 ${to}未満`,
  certaintyRight: (right: string, n: number) => `${count(n)}枚中${right}正解`,
  calibration: (before: string, after: string) =>
    `モデルの示す確率と実際の正解の割合の差は、平均${after}です（期待較正誤差）。確率を補正する前は${before}でした。`,
  certaintyVerdicts: {
    fits: (claimed: string) =>
      `モデルの確信は平均${claimed}で、実際の正解の割合と合っています。モデルの示す確率は、そのまま受け取ってかまいません。`,
    tooSure: (claimed: string) =>
      `モデルの確信は平均${claimed}ですが、実際にはそこまで正解していません。モデルの示す確率は、割り引いて見てください。`,
    notSureEnough: (claimed: string) =>
      `モデルの確信は平均${claimed}ですが、実際にはそれよりも多く正解しています。`,
  },

  perClass: 'クラスごとの結果',
  class: 'クラス',
  support: '画像数',
  recall: '再現率',
  recallHint: 'このクラスの画像のうち、見分けられた割合',
  precision: '適合率',
  precisionHint: 'このクラスと答えた画像のうち、実際にそうだった割合',
  f1: 'F1スコア',
  f1Hint: '再現率と適合率を合わせた値。両方が高いときだけ高くなります',
  averagePrecision: 'AP（平均適合率）',
  averagePrecisionHint: '平均適合率：適合率と再現率の曲線の下の面積',
  curvesHint:
    'モデルに求める確信を下げていくと、クラスごとに何が得られるかを示す曲線です。右上の角に近いほど優れています（適合率–再現率曲線、APはその下の面積）。',
  curvesHardest: (n: number) => `特に難しいクラス${count(n)}個です。`,
  average: 'クラスの平均',
  figuresHint:
    '再現率は、このクラスの画像のうち見分けられた割合です。適合率は、このクラスと答えた画像のうち実際にそうだった割合です。F1スコアは二つを合わせた値で、両方が高いときだけ高くなります。',

  confusion: 'すべての答えをクラスごとに（混同行列）',
  confusionHint:
    '行は画像の実際のクラス、列はモデルの答えです。マスを開くとその画像が表示されます。矢印キーでマスを移動します。',
  truth: '実際',
  cell: (truth: string, guess: string, n: number) => `実際は${truth}、モデルの答えは${guess}：${images(n)}`,
  cellRight: (truth: string, n: number) => `正解した${truth}：${images(n)}`,
  pair: (truth: string, guess: string) => `実際は${truth}、答えは${guess}`,

  mistakes: (n: number) => `すべての間違い（${count(n)}）`,
  mistakesHint: '確信の高い順に並んでいます。ラベルのほうが間違っていることもよくあります。',
  noMistakes: '確認用の画像に間違いはありませんでした。',
  mistake: (truth: string, guess: string, sure: string) =>
    `実際は${truth}、モデルの答えは${guess}（確信 ${sure}）`,
  recognised: (truth: string, sure: string) => `正解：${truth}（確信 ${sure}）`,
  takenFor: 'モデルの答え：',
  more: (n: number) => `さらに表示（${count(n)}）`,
  openImage: (what: string) => `開く：${what}`,
  image: {
    position: (place: number, total: number) => `${count(total)}枚中${count(place)}枚目`,
    previous: '前の画像',
    next: '次の画像',
    labelled: 'フォルダー名',
    says: 'モデルの答え',
    asking: 'モデルに尋ねています…',
  },

  wrong: 'ラベルが間違っている',
  correction: '実際には何ですか？',
  correct: 'ラベルを保存',
  corrected: (label: string) => `修正したラベル：${label}`,
  undo: '元に戻す',
  noProject: 'ラベルを修正できるのは、プロジェクトに属する学習だけです。',
  banner: (n: number) => `ラベル${count(n)}個を修正しました`,
  bannerHint: '次の学習では、修正したラベルから学びます。ファイルは元のフォルダーに残ります。',
  again: 'もう一度学習…',
  move: 'ファイルを移動…',
  moving: 'ファイルを移動しています…',

  compareLoading: '学習を探しています…',
  compareCurve: '確認用の画像での正解率',
  compareSummary: (lines: string) => `反復ごとの、確認用の画像での正解率です。${lines}`,
  compareBest: (name: string, best: string) => `${name}：最高${best}。`,
  compareSettings: '異なる点',
  compareSame: 'すべての設定が同じです。違いは偶然によるものだけです。',
  compareSetting: '設定',
  compareAccuracy: '最高の正解率',
  compareRange: (low: string, high: string) => `${low}～${high}`,
  compareOverlap: '範囲が重なっています。この画像数では、違いは偶然かもしれません。',
  compareImages: '画像ごとの比較',
  compareImagesHint: '二つのうち一方だけが正解した画像です。',
  compareJudge: '画像ごとに比較する',
  compareJudging: '両方のモデルに確認用の画像を答えさせています…',
  compareOnly: (name: string, n: number) => `「${name}」だけが正解：${images(n)}`,
  compareNoneShared: '二つの学習では確認用の画像が異なるため、一枚ずつ比較できません。',
  compareShared: (both: string, n: number) => `共通の確認用の${images(n)}のうち、${both}は両方とも正解です。`,
  settings: {
    model: 'モデル',
    family: 'モデルの系統',
    data: '画像',
    training: '学習用の画像',
    resolution: '解像度',
    steps: '反復の回数（ステップ）',
    batch: '1回あたりの画像数（バッチ）',
    learningRate: '学習率',
    warmup: 'ウォームアップの反復',
    momentum: 'モメンタム',
    clip: '勾配の上限',
    seed: 'シード',
    augment: '画像の変形（データ拡張）',
    optimiser: 'オプティマイザー',
    balance: '偏ったクラス（均衡サンプリング）',
    framing: '画像全体を正方形に合わせる方法',
    weightDecay: '重み減衰',
    schedule: 'スケジュール',
    heldOut: '確認用の画像',
    train: '学習する部分',
    firstResolution: '途中の解像度（段階的）',
    head: 'ヘッドの開始点',
    searched: '探索で決定',
  } as Readonly<Record<string, string>>,

  attention: {
    show: '見ている場所を表示',
    hint: '明るい部分ほど答えに強く影響し、暗い部分はあまり影響しません。どこを見たかを示すもので、理由を示すものではありません。',
    layers: '対象の層',
    allLayers: 'すべての層',
    lastLayer: '最後の層',
    strength: '強さ',
    little: '弱い',
    much: '強い',
    working: '見ている場所を調べています…',
    alt: (image: string) => `${image}（モデルが見ていない部分を暗く表示）`,
  },
  next: 'モデルを活用する',
}
