/** @file The photos that are worth a look before training, in Japanese. */
import { count, percent } from '../format.ts'

export const worth = {
  begin: '写真を比べる',
  needsModel: '先にモデルを選んでください。似た写真が別の種類になっている写真を、モデルが見つけます。',
  doubts: '別の種類に見える写真',
  doubtsHow:
    'このモデルから見て最も似ている写真（特徴量の最近傍）のうち、10枚中7枚以上が別の一つの種類です。モデルが間違っていることもあるので、判断はあなたがしてください。',
  found: (n: number) => `確認する写真：${count(n)}枚`,
  nothing: 'おかしな写真は見つかりませんでした。',
  nothingHow: (n: number) => `${count(n)}枚の写真を、最も似ている写真と比べました。`,
  youSay: (own: string, suggested: string, votes: number, of: number) =>
    `今の種類は「${own}」。最も似ている${count(of)}枚のうち${count(votes)}枚は「${suggested}」です。`,
  asSuggested: (kind: string) => `「${kind}」にする`,
  right: (kind: string) => `「${kind}」で正しい`,
  rightHint: '種類が変わらないかぎり、もう表示しません。',
  alike: '最も似ている写真',
  open: (name: string) => `大きく表示：${name}`,
  weak: (share: number) =>
    `このモデルには種類どうしが似て見えます。最も似ている写真のうち同じ種類なのは${percent(share)}だけです。別のモデルや学習したモデルなら、もっと見つかります。`,
  kept: (n: number) => `正しいとしたもの：${count(n)}件。`,
  again: 'もう一度表示',
  more: (n: number) => `さらに${count(n)}枚を表示`,
  pairs: 'ほとんど同じ写真が二枚',
  pairsHow:
    '確認で見つかったものです。まったく同じコピー、保存し直したもの、大きさを変えたもの、続けて撮ったものです。',
  inTwoKinds: (a: string, b: string) =>
    `一枚は「${a}」、もう一枚は「${b}」です。両方が正しいことはありません。`,
  onBothSides:
    '一枚は学習用、もう一枚は確認用です。モデルが答えをすでに見ているため、正解率が実際より高く出ます。',
  both: (kind: string) => `両方「${kind}」`,
  keepBoth: '両方そのままにする',
  leaveOut: (file: string) => `除外する：${file}`,
}
