/** @file The Train step, in Japanese: before, during and after. */
import { count, duration, percent } from '../format.ts'
import type { Words } from '../en.ts'

const rounds = (n: number): string => `反復${count(n)}回`
const images = (n: number): string => `画像${count(n)}枚`

/** How often each image is seen, as far as it can be said in words. */
function views(epochs: number): string {
  if (epochs < 0.95) return `画像の${percent(epochs)}を見ます`
  return epochs < 1.5 ? 'どの画像も1回ずつ見ます' : `どの画像も約${count(epochs)}回ずつ見ます`
}

export const train: Words['train'] = {
  title: '学習',
  lead: 'モデルは画像を何度も繰り返し見て、そのたびに少しずつ自分を修正します。',
  length: '学習の長さ',
  presets: {
    quick: {
      name: '手早く',
      hint: '最初の確認に適しています。これで足りることも多く、ほとんどを半分の解像度で学習します。',
    },
    standard: {
      name: '標準',
      hint: '画像がそろっていれば、たいていはこれが適しています。同じ方法でより長く学習します。',
    },
    thorough: {
      name: 'じっくり',
      hint: '正解率を最後まで高めます。先に最適な学習率と切り抜きを探してから、最も長く学習します。',
    },
    paper: {
      name: '論文どおり',
      hint: 'ViT論文の方法です。ゼロから始まるヘッド、すべてのパラメーター、1つの解像度を使います。',
    },
  },
  presetCost: (steps: number, epochs: number) => `${rounds(steps)}、${views(epochs)}`,
  about: (seconds: number) => `約${duration(seconds)}`,
  planning: '所要時間を計算しています…',
  plan: (seconds: number, device: string) => `約${duration(seconds)}かかります（${device}）。`,
  planMeasured: 'このモデルの学習をこのコンピューターで実際に計った時間です。',
  planEstimated: '装置の速度からの見積もりです。学習が始まると正確になります。',
  noDevice: '計算に使える装置が見つかりません。',
  details: '詳しい設定',
  groups: { course: '進め方', images: '画像', machine: '装置' },
  steps: '反復の回数（ステップ）',
  stepsHint: 'モデルが自分を修正する回数です。多いほど時間がかかりますが、あるところまでは良くなります。',
  batch: '1回あたりの画像数（バッチ）',
  batchHint: 'この枚数の画像の平均をとって1回修正します。少ないほどメモリーは減りますが、不安定になります。',
  learningRate: '学習率',
  learningRateHint:
    '修正が最も大きいときの大きさです。低すぎるとあまり学べず、高すぎると覚えていたことを忘れます。',
  warmup: 'ウォームアップ（反復）',
  warmupHint: '最初にこの回数だけ学習率を少しずつ上げて、覚えていたことが崩れないようにします。',
  optimiser: 'オプティマイザー',
  optimiserValue: (optimiser: string, momentum: number | null, clip: number) =>
    momentum === null
      ? `${optimiser}、勾配の上限${clip}`
      : `確率的勾配降下法、モメンタム${momentum}、勾配の上限${clip}`,
  optimiserHint:
    'モデルが自分を直す方法です。論文のSGDはそれまでに直した方向をほぼ保ち、AdamWはさらに重みごとに幅を決めるため、メモリが多く必要です。一度に大きく直しすぎることはありません。',
  asPreset: (name: string) => `長さに合わせる：${name}`,
  head: 'ヘッドの始まり（線形プローブ）',
  headHint:
    'ヘッドは特徴をクラスに変える部分です。プレビューの答えから始めると、損失はln Kではなく低い値から始まります。',
  heads: { zero: '論文のようにゼロから', probe: 'プレビューの線形プローブから' },
  lower: '途中の解像度（段階的）',
  lowerHint: 'ほとんどの回を半分の解像度で行うと時間は4分の1になり、最後の回は選んだ解像度で行います。',
  lowers: { half: 'ほとんどを半分の解像度で', none: '最初から最後まで選んだ解像度で' },
  parts: '学習する部分',
  partsHint: '部分が少ないほど速く、メモリも少なくて済みますが、正解率が下がることもあります。',
  partNames: {
    everything: 'すべて',
    allButEmbedding: 'パッチ埋め込み以外のすべて',
    last8: '最後の8ブロック',
    last4: '最後の4ブロック',
    last2: '最後の2ブロック',
    head: 'ヘッドだけ',
  },
  balance: '偏ったクラス（均衡サンプリング）',
  balanceHint: 'クラスごとの画像の数が大きく違う場合、少ないクラスをより多く見せられます。',
  balances: { none: 'どの画像も同じ頻度で', sqrt: '少ないクラスを多めに', full: 'どのクラスも同じ頻度で' },
  search: {
    first: '先に最適な設定を探す',
    firstHint:
      'いくつかの学習率と切り抜き方を短く試し、学習用画像の5分の1で比べます。所要時間は最大で3倍になります。',
    tooShort: (steps: number) =>
      `${rounds(steps)}以上の学習で使えます。それより短い学習のことは、短い試行ではわかりません。`,
    byFinding: (rate: string) => `${rate}、探索で決定`,
    title: '最適な設定',
    trial: (n: number, total: number) => `試行 ${n}／${total}`,
    left: (time: string) => `学習も含めて残り約${time}`,
    found: (rate: string, crop: string, time: string) =>
      `${time}で見つかりました：学習率${rate}、「${crop}」。この設定で学習します。`,
    notPossible: 'どのクラスも学習用画像が1枚だけなので、比べられません。通常の設定で学習します。',
    judging: (training: number, development: number) =>
      `各試行は学習用画像のうち${count(training)}枚で学び、残りの${count(development)}枚で比べます。`,
    decides: '良い設定はより長く試します。正解率の差がわずかなときは、損失の小さいほうを選びます。',
    sparse: (classes: number) => `${count(classes)}個のクラスは画像が5枚に満たないため、大まかな比較です。`,
    loss: (loss: string, steps: number) => `損失${loss}、${rounds(steps)}`,
    states: {
      waiting: '待機中',
      running: '試行中',
      in: '候補',
      out: '脱落',
      failed: '発散',
      chosen: '最適',
    },
    paused:
      '設定を探している途中で一時停止しました。プロセッサーは空いており、ここまでにわかったことは保存されています。',
  },
  augment: '画像の変形（データ拡張）',
  augmentHint: 'モデルが画像を見るたびに少しずつ変えて見せ、丸暗記できないようにします。',
  framing: '画像全体を正方形に合わせる方法',
  framings: {
    squash: { name: '押し縮める', hint: '全体が見えますが、横長や縦長のものは形が変わります。' },
    crop: { name: '中央を切り抜く', hint: '形は保たれますが、長い画像の両端は見えません。' },
    letterbox: {
      name: '余白を付ける',
      hint: '全体がそのままの形で見えますが、小さくなります（レターボックス）。',
    },
  },
  preview: 'モデルから見た画像',
  previewOriginal: '元の画像',
  previewVaried: (n: number) => `変形${n}`,
  shuffle: 'もう一度混ぜる',
  seed: 'シード',
  seedHint: '同じシードなら同じ学習を再現します。別のシードにすると、切り抜きと順序が変わります。',
  device: '計算に使う装置',
  deviceHint: '数字はこのコンピューターで測った速度で、1秒あたりの計算回数を10億回単位で示します。',
  deviceSpeed: (name: string, gflops: string) => `${name}（${gflops} GFLOP/s）`,
  deviceRefused: (name: string) => `${name}（使えません）`,
  deviceReason: (name: string, reason: string) => `${name}：${reason}`,
  automatic: '使える中で最も速い装置',
  wholeNumber: (least: number) => `${least}以上の整数を入力してください。`,
  positiveNumber: '0.01のような、0より大きい数を入力してください。',
  tellMe: '終わったら知らせる',
  tellMeHint: 'この画面が手前にないときに、システムの通知で知らせます。',
  tellMeRefused: 'ブラウザーで、このページの通知がオフになっています。',
  missingData: '先に画像を選んでください。',
  missingModel: '先にモデルを選んでください。',
  missingNumbers: '先に詳しい設定を直してください。',
  start: '学習を始める',
  starting: '準備しています…',
  stop: '止めて最良のモデルを残す',
  stopping: '止めています…',
  pause: '一時停止',
  pausing: '一時停止しています…',
  goOn: '再開',
  pausedNote: '一時停止中',
  paused: (step: number) =>
    `${rounds(step)}で一時停止しました。プロセッサーは空いています。メモリーは確保されたままで、ここまでに学んだことはすべて保存されています。`,
  staysOn: 'この画面を閉じてもかまいません。ターミナルでViT Studioを終了するまで、学習は続きます。',
  running: (step: number, total: number) => `反復 ${count(step)} / ${count(total)}`,
  documentTitle: (share: number) => `${percent(Math.floor(100 * share) / 100)} – ViT Studio`,
  documentTitlePaused: '一時停止中 – ViT Studio',
  course: '学習の様子',
  curves: '曲線',
  heldCurve: '見分けられた確認用の画像',
  ofHeld: (held: number, isOver: boolean) =>
    `確認用の画像${count(held)}枚のうち正解した割合${isOver ? '' : '（これまでの最高）'}`,
  noneHeld: '確認用の画像がないので、どれくらい正確かは分かりません。',
  left: (time: string) => `残り${time}`,
  speed: '毎秒の画像数',
  memory: 'メモリー',
  learnedFrom: '学習用の画像',
  heldBack: '確認用の画像',
  resolution: '解像度',
  eachRound: '各反復',
  average: '平均',
  training: '学習用',
  validation: '確認用',
  accuracy: '正解率',
  accuracySummary: (learning: string, held: string) =>
    `反復ごとの正解率です。現在、学習用の画像で${learning}、確認用の画像で${held}。`,
  loss: '損失',
  lossSummary: (learning: string, held: string) =>
    `反復ごとの損失です。現在、学習用の画像で${learning}、確認用の画像で${held}。低いほど良い値です。`,
  learningRateSummary: (now: string) =>
    `反復ごとの学習率です（現在${now}）。はじめに上がり、その後0まで下がります。`,
  gradNorm: '勾配の大きさ',
  gradNormSummary: (now: string) =>
    `反復ごとの勾配の大きさです（現在${now}）。モデルがどれだけ強く引っ張られているかを示します。`,
  lookBack: '振り返る',
  readOut: (r) =>
    `反復${count(r.step)}：正解率${r.accuracy}、確認用${r.heldAccuracy}。損失${r.loss}、確認用${r.heldLoss}。` +
    `学習率${r.learningRate}。勾配の大きさ${r.gradNorm}`,
  probing: '出発点を求めています…',
  probingPlace: (done: number, total: number, secondsLeft: number | null) =>
    `${images(total)}のうち${count(done)}枚を確認${secondsLeft === null ? '' : `、残り約${duration(secondsLeft)}`}`,
  headStarted: (chance: string) =>
    `ヘッドが線形プローブから始まるため、確認用の画像での損失は当てずっぽうの値（ln K = ${chance}）より低いところから始まります。`,
  headKnows: (accuracy: string) => `プローブだけでも、確認用の画像の${accuracy}に正解します。`,
  facts: {
    title: 'この学習について',
    model: '元のモデル',
    probe: '線形プローブの正解率',
    temperature: '確率の温度',
    weights: '重み',
    mixed: (share: string) =>
      `開始から最後のステップまでの ${share} の点（重みの平均）。どのステップよりも良い`,
    answers: '答えるモデル',
    models: { trained: '学習したモデル', probe: '線形プローブ' },
    fairness: '少ないクラスへの公平さ',
    unsure: '自信なしとする基準',
    usual: 'いつもの基準',
    resumed: '再開したときの記録',
    unknown: '不明',
  },
  balanceAdvice: (most: string, many: number, least: string, few: number) =>
    `学習用の画像は「${most}」が${count(many)}枚、「${least}」は${count(few)}枚だけです。少ないクラスを多めに見せると、見分けやすくなります。`,
  balanceTake: '少ないクラスを多めに見せる',
  balanceUndo: 'すべての画像を同じ頻度で見せる',
  examples: '確認用の画像の例',
  examplesHint: 'モデルはこれらの画像からは学びません。確信がどう変わるかをご覧ください。',
  exampleRight: '正解',
  exampleWrong: '不正解',
  exampleImage: (truth: string) => `確認用の画像：${truth}`,
  examplesWhen: '学習前と現在',
  examplesBefore: '学習前',
  examplesNow: '現在',
  examplesAt: (step: number) => (step === 0 ? '最初の反復の前' : `${rounds(step)}の後`),
  done: '完了',
  outcome: (accuracy: string, held: number) =>
    `最良のモデルは、確認用の${images(held)}のうち${accuracy}に正解します。`,
  outcomeRange: (low: string, high: string) =>
    `同じような別の画像では、${low}から${high}の間と見込まれます（20回中19回）。`,
  outcomeWide: '確認用の画像が少ないため、幅が広くなっています。画像を増やすと狭くなります。',
  outcomeBest: (step: number, steps: number) =>
    step === steps
      ? '最後の反復でもまだ良くなっていました。もっと長く学習すると良くなるかもしれません。'
      : `${count(steps)}回のうち${rounds(step)}の時点が最も良く、その状態を残しました。`,
  outcomePlain:
    '完了しました。確認用の画像がないため、どれだけ良いかはわかりません。最後の状態を残しました。',
  nextLook: '次に間違いを見てみましょう。ラベルのほうが間違っていることもよくあります。',
  stopped: '止めました。ここまでで最良のモデルが残っていて、続きから学習できます。',
  failed: '学習が中断されました。',
  safe: '最後の保存までに学んだことは残っています。',
  continue: '続きから学習',
  again: 'もう一度学習…',
  next: '結果を見る',
  newsDone: (name: string) => `${name}：学習が終わりました`,
  newsDoneBody: (accuracy: string) => `最良のモデルは確認用の画像の${accuracy}に正解します。`,
  newsFailed: (name: string) => `${name}：学習が中断されました`,
}
