/** @file The Data step, in Japanese. */
import { count, megabytes } from '../format.ts'

const images = (n: number): string => `画像${count(n)}枚`
const files = (n: number): string => `ファイル${count(n)}個`

/** `「a」「b」`; long lists are cut. */
function listed(names: readonly string[]): string {
  const quoted = names
    .slice(0, 6)
    .map((name) => `「${name}」`)
    .join('')
  return names.length > 6 ? `${quoted}ほか${count(names.length - 6)}クラス` : quoted
}

export const data = {
  title: 'データ',
  lead: 'モデルが学ぶための写真です。選んだフォルダーの中にあるフォルダーの一つひとつが一つのクラス（種類）になり、フォルダー名がクラスの名前になります。',
  choose: 'フォルダーを選択…',
  change: '別のフォルダーを選択…',
  sample: 'サンプル画像を使う',
  dropTitle: '写真のフォルダーをここにドロップ',
  dropLead: '中に、クラスごとのフォルダーを一つずつ入れておきます：',
  dropExample: ['果物', '熟した', '未熟'] as readonly [string, string, string],
  checking: 'すべての画像を調べています…',
  checked: (done: number, total: number) => `${images(total)}中${count(done)}枚`,
  making: 'サンプル画像を準備しています…',
  copying: 'ドロップされた画像をコピーしています…',
  copied: (done: number, total: number) => `${megabytes(done / 1e6)} / ${megabytes(total / 1e6)}`,
  copyHint:
    'ブラウザーではドロップしたフォルダーの場所がわからないため、画像をViT Studioのフォルダーにコピーします。元のファイルはそのままです。',
  isCopy: 'ドロップされたものを、ViT Studioのフォルダーにコピーしたものです。',
  left: (n: number) => `その中のほかの${files(n)}はコピーしていません。`,
  again: 'もう一度調べる',
  againHint: 'その後に追加、変更、削除された画像を探します。',
  classes: 'クラス',
  findClass: 'クラスを探す',
  moreClasses: (n: number) => `ほかに${count(n)}クラスあります。名前の一部を入力すると見つかります。`,
  noClass: 'その名前のクラスはありません。',
  summary: (total: number, classes: number) => `${count(total)}枚、${count(classes)}クラス`,
  splitTitle: '確認用の画像（検証）',
  split: (training: number, validation: number) =>
    `学習用 ${count(training)}枚、確認用 ${count(validation)}枚`,
  splitWhy:
    'モデルは確認用の画像からは学びません。そのため、初めて見る写真をどれだけ当てられるかがわかります。',
  splitHow: 'どのクラスからも同じ割合で、無作為に選びます。よく似た画像どうしは分けません。',
  held: '確認用の割合',
  countOf: images,
  ownFolder: '別のフォルダーを確認用に使う…',
  ownFolderHint: '同じ名前のフォルダーが入っている必要があります。',
  usesFolder: '次のフォルダーの画像を確認用に使います：',
  noOwnFolder: '一定の割合を確認用にする',
  images: '画像',
  wall: 'クラスごとのすべての画像',
  picture: (label: string, file: string) => `${label}、${file}`,
  keys: '矢印キーで移動し、Enterキーで画像を開きます。',
  skipped: (n: number) => `除外した${files(n)}`,
  skippedHint: '使われないファイルです。ファイルはそのまま残ります。',
  moreSkipped: (n: number) => `ほかに${files(n)}`,
  allGood: 'これらの画像に気になる点はありません。',
  show: '画像を見る',
  alikeTitle: 'よく似た画像',
  someTitle: '該当する画像',
  shownOf: (shown: number, total: number) => `${count(total)}枚のうち最初の${count(shown)}枚`,
  learnedFrom: '学習用',
  heldBack: '確認用',
  trainWith: (model: string) => `「${model}」のまま学習へ進む`,
  next: 'モデルへ進む',
  tooSingle:
    'これは単独の写真です。最初の画面にドロップすると、新しいプロジェクトになります。ここに加えるには、フォルダーに入れてもう一度調べてください。',
  manyFolders: 'ドロップしたフォルダー',
  image: {
    position: (place: number, total: number) => `${count(total)}枚中${count(place)}枚目`,
    previous: '前へ',
    next: '次へ',
    file: 'ファイル',
    class: 'クラス',
    size: 'サイズ',
    pixels: (width: number, height: number) => `${count(width)} × ${count(height)}ピクセル`,
    wrong: 'クラスが違いますか？正しいクラスを選んでください',
    asFolder: (label: string) => `${label}（フォルダーのとおり）`,
    wrongHint:
      'このプロジェクトだけに記録され、ファイルは移動しません。次に調べるとき、次に学習するときから反映されます。',
  },
  corrections: (n: number) => `${images(n)}のクラスを変更しました。`,
  moveFiles: 'ファイルも移動…',
  moveTitle: 'ファイルを正しいフォルダーに移動しますか？',
  moveLead: (n: number) =>
    `ディスク上の${files(n)}を、それぞれ選んだクラスのフォルダーへ移動します。上書きされるファイルはありません。同じ名前がある場合は、移動するファイルに番号が付きます。`,
  moveNow: 'ファイルを移動',
  moving: 'ファイルを移動しています…',
  moved: (n: number) => `${files(n)}を移動しました。`,
  notMoved: (n: number) => `${files(n)}は移動できませんでした：`,
  warning: {
    layout: (training: string, validation: string) =>
      `選んだフォルダーが二つに分かれているため、「${training}」を学習用、「${validation}」を確認用に使います。`,
    onlyTraining: (training: string) =>
      `「${training}」で学習します。このフォルダーはデータセットの各部分からできていて、同じクラスを持つ部分がほかにありません。`,
    innerFolder: (folder: string) => `ただ一つのフォルダー「${folder}」の中にあるものをクラスとします。`,
    nestedClasses: (folders: readonly string[], inside: readonly string[]) =>
      `${listed(folders)}をクラスとしましたが、その中にもフォルダーがあります（${listed(inside)}）。それらがクラスなら、一つ内側のフォルダーを選んでください。`,
    splitInside: (folders: readonly string[]) =>
      `クラスの中に${listed(folders)}というフォルダーがあります。その中の画像もすべて学習に使います。`,
    unusedFolder: (name: string) => `「${name}」は使いません。`,
    emptyClass: (name: string, folder: string) =>
      `${folder}の「${name}」には使える画像がないため、除外しました。`,
    missingClasses: (classes: readonly string[]) =>
      `${listed(classes)}には確認用の画像がないため、どれだけ見分けられるかを確かめられません。`,
    onlyValidation: (n: number) =>
      `確認用の${images(n)}は、学習用の画像がないクラスのものです。これらは使いません。`,
    notRemembered: (reason: string) =>
      `調べた結果を保存できないため、次回も同じだけ時間がかかります。${reason}`,
    singleImage: (classes: readonly string[]) =>
      `${listed(classes)}には画像が1枚しかなく、確認用に取り分けられません。画像を追加してください。`,
    fewImages: (classes: readonly string[], fewest: number) =>
      `${listed(classes)}の画像は${count(fewest)}枚未満です。クラスごとに20枚ほどあると、結果を信頼できるようになります。`,
    imbalance: (most: string, mostImages: number, least: string, leastImages: number) =>
      `クラスによって枚数が大きく異なります（「${most}」${count(mostImages)}枚、「${least}」${count(leastImages)}枚）。モデルは枚数の多いクラスに偏りやすいため、結果をクラスごとに確認してください。`,
    sameInTwoClasses: (n: number) =>
      `${images(n)}が、同時に二つのクラスに入っています。どちらかが間違いです。`,
    nearInTwoClasses: (n: number) =>
      `${images(n)}が、別のクラスの画像とほとんど同じに見えます。クラスは正しいですか？`,
    copies: (n: number) =>
      `${images(n)}が、同じクラスの別の画像とまったく同じです。同じ画像は学習用と確認用に分けません。`,
    nearCopies: (n: number) =>
      `${images(n)}が、同じクラスの別の画像とほとんど同じに見えます。これらは学習用と確認用に分けません。`,
    leakedCopies: (n: number) =>
      `確認用の${images(n)}が、学習用にも入っています。正解率が実際よりも高く出ます。`,
    leakedNearCopies: (n: number) =>
      `確認用の${images(n)}が、学習用の画像とほとんど同じに見えます。正解率が実際よりも高く出ます。`,
    small: (n: number, resolution: number) =>
      `${images(n)}が、モデルの見る大きさ（${count(resolution)}ピクセル）よりかなり小さいため、ぼやけます。`,
    flat: (n: number) => `${images(n)}が、全体にほぼ一色です。`,
    narrowRange: (n: number, bits: number) =>
      `${images(n)}が、16ビットのファイルで各色${count(bits)}ビットしか使っていないため、ほぼ真っ黒になります。先に明るさを全範囲に広げるか、8ビットで保存してください。`,
    leftOut: (n: number, total: number, most: number, reason: string) =>
      `ファイル${count(total)}個のうち${count(n)}個を除外しました。最も多い理由（${count(most)}個）：${reason}`,
    morePages: (n: number) =>
      `${count(n)}個のファイルに、ページやフレームが複数あります。最初のものだけを使います。`,
  },
}
