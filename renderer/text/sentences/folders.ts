/** @file Folders of images, their labels, projects, and what is said of images by a model. */
import type { Translations } from './translations.ts'

export const folders: Translations = {
  '{0} and {1}': {
    ko: '{0}, {1}',
    ja: '{0}、{1}',
  },
  '{0} and {1} more': {
    ko: '{0} 외 {1}개',
    ja: '{0}ほか{1}件',
  },
  'Hardly any image in {0} can be read any more; the last was {1}. Check that the folder is still there (an external disk may have gone), then resume.':
    {
      ko: '{0} 폴더의 이미지를 이제 거의 읽을 수 없어요. 마지막은 {1} 파일이에요. 폴더가 아직 있는지(외장 디스크가 빠졌을 수 있어요) 확인한 다음 이어 가 주세요.',
      ja: '{0}の画像がほとんど読み込めなくなりました。最後は{1}です。フォルダーがまだあるか（外付けディスクが外れているかもしれません）確認してから、続けてください。',
    },
  'Two classes with usable images are needed, and {0} has {1}; {2} files in it cannot be used.': {
    ko: '쓸 수 있는 이미지가 있는 클래스가 2개 필요한데, {0} 폴더에는 {1}개 있어요. 그 안의 파일 {2}개는 쓸 수 없어요.',
    ja: '使える画像のあるクラスが2つ必要ですが、{0}には{1}つです。その中のファイル{2}個は使えません。',
  },
  '{0} The first: {1}: {2}': {
    ko: '{0} 그 첫 번째: {1}: {2}',
    ja: '{0}その最初：{1}：{2}',
  },
  'none has a label yet': {
    ko: '라벨이 있는 이미지가 아직 없어요',
    ja: 'ラベルの付いた画像がまだありません',
  },
  'only “{0}” has labelled images ({1})': {
    ko: '라벨이 있는 종류는 ‘{0}’ 하나뿐이에요({1}장)',
    ja: 'ラベルの付いた画像があるのは「{0}」だけです（{1}枚）',
  },
  'Images of at least two kinds are needed, and in {0} {1}; {2} images have no label. Label a few of each kind; about 20 of each make a result that can be relied on.':
    {
      ko: '두 종류 이상의 이미지가 필요해요. {0} 폴더: {1}. 라벨이 없는 이미지 {2}장. 종류마다 몇 장씩 라벨을 붙여 주세요. 20장쯤이면 믿을 수 있는 결과가 나와요.',
      ja: '少なくとも2種類の画像が必要です。{0}：{1}。ラベルのない画像は{2}枚です。種類ごとに数枚ずつラベルを付けてください。それぞれ20枚ほどあると、信頼できる結果になります。',
    },
  'All images of {0} are held back, so that there is nothing to learn from. Give some of them back to training.':
    {
      ko: '{0} 클래스의 이미지가 모두 확인용이어서 학습할 것이 없어요. 몇 장을 학습용으로 되돌려 주세요.',
      ja: '{0}の画像がすべて確認用なので、学習するものがありません。何枚かを学習用に戻してください。',
    },
  'There is a kind called “{0}” already. Use it, or choose a name that differs in more than capitals.': {
    ko: '‘{0}’ 종류가 이미 있어요. 그것을 쓰거나, 대소문자만 다르지 않은 이름을 선택해 주세요.',
    ja: '「{0}」という種類はすでにあります。それを使うか、大文字小文字以外も異なる名前にしてください。',
  },
  'A kind needs a name. Type one.': {
    ko: '종류에는 이름이 필요해요. 이름을 입력해 주세요.',
    ja: '種類には名前が必要です。入力してください。',
  },
  '“{0}…” is too long for a name. Shorten it.': {
    ko: '‘{0}…’ 이름이 너무 길어요. 줄여 주세요.',
    ja: '「{0}…」は名前として長すぎます。短くしてください。',
  },
  '“{0}” cannot be the name of a folder, because of a control character. Choose one without it.': {
    ko: '‘{0}’ 이름에 제어 문자가 있어서 폴더 이름으로 쓸 수 없어요. 빼고 선택해 주세요.',
    ja: '「{0}」は制御文字を含むため、フォルダー名にできません。含まない名前にしてください。',
  },
  '“{0}” cannot be the name of a folder, because of {1}. Choose one without it.': {
    ko: '‘{0}’ 이름에 ‘{1}’ 문자가 있어서 폴더 이름으로 쓸 수 없어요. 빼고 선택해 주세요.',
    ja: '「{0}」は「{1}」を含むため、フォルダー名にできません。含まない名前にしてください。',
  },
  '“{0}” cannot be the name of a folder on every system. Choose another.': {
    ko: '‘{0}’ 이름은 어떤 시스템에서는 폴더 이름으로 쓸 수 없어요. 다른 이름을 선택해 주세요.',
    ja: '「{0}」は、システムによってはフォルダー名にできません。別の名前にしてください。',
  },
  '{0} has class folders that are not among the classes of the model or training data: {1}. Known classes: {2}. Rename or remove what does not belong.':
    {
      ko: '{0} 폴더에 모델이나 학습 데이터의 클래스가 아닌 폴더가 있어요: {1}. 알려진 클래스: {2}. 맞지 않는 것은 이름을 바꾸거나 빼 주세요.',
      ja: '{0}に、モデルや学習データのクラスにないフォルダーがあります：{1}。既知のクラス：{2}。当てはまらないものは名前を変えるか取り除いてください。',
    },
  '{0} consists of the parts of a data set ({1}). Choose the one you mean, such as {2}.': {
    ko: '{0} 폴더는 데이터 세트의 여러 부분({1})으로 이루어져 있어요. {2}처럼 원하는 부분을 선택해 주세요.',
    ja: '{0}はデータセットの各部分（{1}）からなっています。{2}のように、使いたいものを選んでください。',
  },
  'Make one folder per class inside it, named after the class, and sort the images into them; on the command line, --labels takes a table of file names and labels instead.':
    {
      ko: '그 안에 클래스마다 클래스 이름의 폴더를 하나씩 만들고 이미지를 나누어 넣어 주세요. 명령줄에서는 대신 파일 이름과 레이블의 표를 --labels로 줄 수 있어요.',
      ja: 'その中にクラスごとにクラス名のフォルダーを作り、画像を分けて入れてください。コマンドラインでは、代わりにファイル名とラベルの表を--labelsで渡せます。',
    },
  '{0} contains {1} images but no class folders.': {
    ko: '{0} 폴더에 이미지가 {1}장 있지만 클래스 폴더가 없어요.',
    ja: '{0}には画像が{1}枚ありますが、クラスのフォルダーがありません。',
  },
  '{0} contains no class folders and no images.': {
    ko: '{0} 폴더에 클래스 폴더도 이미지도 없어요.',
    ja: '{0}には、クラスのフォルダーも画像もありません。',
  },
  'Put images into them: JPEG, PNG, WebP, AVIF, HEIC, GIF, TIFF, BMP or PPM.': {
    ko: '이미지를 넣어 주세요: JPEG, PNG, WebP, AVIF, HEIC, GIF, TIFF, BMP, PPM.',
    ja: '画像を入れてください：JPEG、PNG、WebP、AVIF、HEIC、GIF、TIFF、BMP、PPM。',
  },
  'The class folders of {0} ({1}) contain no files.': {
    ko: '{0} 폴더의 클래스 폴더({1})에 파일이 없어요.',
    ja: '{0}のクラスのフォルダー（{1}）にファイルがありません。',
  },
  'The class folders of {0} ({1}) contain only files that are not images ({2}).': {
    ko: '{0} 폴더의 클래스 폴더({1})에 이미지가 아닌 파일({2}개)만 있어요.',
    ja: '{0}のクラスのフォルダー（{1}）には画像でないファイル（{2}個）しかありません。',
  },
  '{0} has images of only one class, "{1}", and two are needed to tell apart. If the class folders are inside it, choose {2}.':
    {
      ko: '{0} 폴더에는 ‘{1}’ 클래스의 이미지만 있어요. 구별하려면 클래스가 2개 필요해요. 클래스 폴더가 그 안에 있다면 {2} 폴더를 선택해 주세요.',
      ja: '{0}には「{1}」1クラスの画像しかありません。見分けるには2クラス必要です。クラスのフォルダーがその中にある場合は、{2}を選んでください。',
    },
  '{0} is a file. Choose the folder that holds the class folders.': {
    ko: '{0}: 폴더가 아니라 파일이에요. 클래스 폴더들이 들어 있는 폴더를 선택해 주세요.',
    ja: '{0}はファイルです。クラスのフォルダーが入ったフォルダーを選んでください。',
  },
  'The thread that lays out the map ended early.': {
    ko: '지도를 그리던 작업이 도중에 끝났어요.',
    ja: 'マップの配置が途中で終わりました。',
  },
  'A map needs at least {0} photos that can be read, and there are {1}.': {
    ko: '지도에는 읽을 수 있는 사진이 적어도 {0}장 필요한데 {1}장 있어요.',
    ja: 'マップには読み込める写真が少なくとも{0}枚必要ですが、{1}枚です。',
  },
  '{0} was not opened here. Choose it as a folder of images first.': {
    ko: '{0} 폴더를 아직 열지 않았어요. 먼저 이미지 폴더로 선택해 주세요.',
    ja: '{0}はまだ開かれていません。先に画像のフォルダーとして選んでください。',
  },
  "It is no image of this project's folder, or is not labelled “{0}” any more.": {
    ko: '이 프로젝트 폴더의 이미지가 아니거나, 라벨이 이제 ‘{0}’ 라벨이 아니에요.',
    ja: 'このプロジェクトのフォルダーの画像ではないか、ラベルがもう「{0}」ではありません。',
  },
  'It is a link, or lies behind one. Move it yourself if that is right.': {
    ko: '링크이거나 링크 너머에 있어요. 그게 맞다면 직접 옮겨 주세요.',
    ja: 'リンクか、リンクの先にあります。それで正しければ、ご自分で移してください。',
  },
  'The images in the folder “{0}” are called “{1}” now. Rename one of the two.': {
    ko: '‘{0}’ 폴더의 이미지는 이제 ‘{1}’ 라벨이에요. 둘 중 하나의 이름을 바꿔 주세요.',
    ja: 'フォルダー「{0}」の画像は、今は「{1}」です。どちらかの名前を変えてください。',
  },
  '{0} is a link. Move the file yourself if that is right.': {
    ko: '{0}: 링크예요. 그게 맞다면 파일을 직접 옮겨 주세요.',
    ja: '{0}はリンクです。それで正しければ、ファイルをご自分で移してください。',
  },
  '“{0}” has no images. Choose a folder first.': {
    ko: '‘{0}’ 프로젝트에 이미지가 없어요. 먼저 폴더를 선택해 주세요.',
    ja: '「{0}」には画像がありません。先にフォルダーを選んでください。',
  },
  'This project has a folder of images that are held back. Put these into that folder, or take the folder away first.':
    {
      ko: '이 프로젝트에는 확인용 이미지 폴더가 있어요. 이 이미지들을 그 폴더에 넣거나, 먼저 그 폴더를 빼 주세요.',
      ja: 'このプロジェクトには確認用画像のフォルダーがあります。これらをそこに入れるか、先にそのフォルダーを外してください。',
    },
  'There is no kind called “{0}”. It may have been renamed; choose another.': {
    ko: '‘{0}’ 종류가 없어요. 이름이 바뀌었을 수 있으니 다른 것을 선택해 주세요.',
    ja: '「{0}」という種類はありません。名前が変わったかもしれません。別のものを選んでください。',
  },
  '{0} is not among the images of {1}. It may have been moved or added since; check the folder again.': {
    ko: '{0} 이미지가 {1} 폴더에 없어요. 그 사이에 옮겨졌거나 추가됐을 수 있으니 폴더를 다시 검사해 주세요.',
    ja: '{0}は{1}の画像にありません。その後に移動または追加されたのかもしれません。フォルダーをもう一度調べてください。',
  },
  'There are no images in {0}. Choose a folder that contains some.': {
    ko: '{0} 폴더에 이미지가 없어요. 이미지가 있는 폴더를 선택해 주세요.',
    ja: '{0}には画像がありません。画像のあるフォルダーを選んでください。',
  },
  'Copying this folder has already ended. Drop it again.': {
    ko: '이 폴더의 복사는 이미 끝났어요. 다시 놓아 주세요.',
    ja: 'このフォルダーのコピーはもう終わっています。もう一度ドロップしてください。',
  },
  'The images take {0} GB, and {1} GB are free where they would be copied to ({2}). Choose the folder by its path instead: nothing is copied then.':
    {
      ko: '이미지가 {0} GB인데 복사할 곳({2})에 {1} GB만 남았어요. 대신 폴더를 경로로 선택해 주세요. 그러면 복사하지 않아요.',
      ja: '画像は{0} GBですが、コピー先（{2}）の空きは{1} GBです。代わりにフォルダーをパスで選んでください。その場合はコピーしません。',
    },
  '{0} is larger than announced, or larger than an image may be.': {
    ko: '{0} 파일이 알려진 크기나 이미지의 한도보다 커요.',
    ja: '{0}は予告された大きさ、または画像の上限を超えています。',
  },
  'A part of {0} was lost. Drop the folder again.': {
    ko: '{0} 파일의 일부가 사라졌어요. 폴더를 다시 놓아 주세요.',
    ja: '{0}の一部が失われました。フォルダーをもう一度ドロップしてください。',
  },
  '{0} is not a valid name for an image inside a folder, so it was not copied.': {
    ko: '{0}: 폴더 안의 이미지 이름으로 쓸 수 없어서 복사하지 않았어요.',
    ja: '{0}はフォルダー内の画像の名前として使えないため、コピーしませんでした。',
  },
  'There is no project {0} in {1}. It may have been moved or deleted; choose another.': {
    ko: '{1} 폴더에 {0} 프로젝트가 없어요. 옮겨졌거나 지워졌을 수 있으니 다른 것을 선택해 주세요.',
    ja: '{1}にプロジェクト{0}がありません。移動または削除されたのかもしれません。別のものを選んでください。',
  },
  '{0} was made by a newer version of ViT Studio (format {1}, this one reads {2}). Update ViT Studio to open it.':
    {
      ko: '{0} 파일은 더 새로운 ViT Studio에서 만들었어요(형식 {1}, 이 버전은 {2}까지). 열려면 ViT Studio를 업데이트해 주세요.',
      ja: '{0}はより新しいViT Studioで作られました（形式{1}、この版が読めるのは{2}）。開くにはViT Studioを更新してください。',
    },
  '{0} cannot be understood: it is not a project file, or it is damaged. Your images and trained models are not affected; start a new project with the same folder.':
    {
      ko: '{0} 파일을 이해할 수 없어요. 프로젝트 파일이 아니거나 손상됐어요. 이미지와 학습한 모델은 그대로예요. 같은 폴더로 새 프로젝트를 시작해 주세요.',
      ja: '{0}を理解できません。プロジェクトファイルでないか、壊れています。画像と学習済みモデルには影響ありません。同じフォルダーで新しいプロジェクトを始めてください。',
    },
  'The linear probe of the run in {0} was not kept. {1}': {
    ko: '{0} 학습의 선형 프로브가 남아 있지 않아요. {1}',
    ja: '{0}の学習の線形プローブは残されていません。{1}',
  },
  'Use the trained model, or start a new run.': {
    ko: '학습된 모델을 쓰거나 새 학습을 시작해 주세요.',
    ja: '学習済みモデルを使うか、新しい学習を始めてください。',
  },
  'Each output of this model is a label of its own, which may hold beside others, while folders put every image into one class: its accuracy on them means nothing. Use predict, which gives a probability for every label.':
    {
      ko: '이 모델의 출력은 각각 따로 맞을 수 있는 라벨인데, 폴더는 이미지마다 클래스 하나만 정해요. 그래서 정확도가 의미가 없어요. 라벨마다 확률을 보여 주는 예측을 사용해 주세요.',
      ja: 'このモデルの出力はそれぞれ同時に成り立ちうるラベルですが、フォルダーでは画像は1クラスにしか属しません。そのため正解率に意味がありません。ラベルごとに確率を出す予測を使ってください。',
    },
  'The model has no class names: its classes are taken to be the folders, in alphabetical order.': {
    ko: '모델에 클래스 이름이 없어서, 폴더를 알파벳순으로 클래스라고 보았어요.',
    ja: 'モデルにクラス名がないため、フォルダーをアルファベット順にクラスとみなします。',
  },
  'The model has {0} classes without names and {1} has {2} class folders, so they cannot be matched. Fine-tune the model on these classes first, or choose images of its own.':
    {
      ko: '모델에는 이름 없는 클래스가 {0}개 있고 {1} 폴더에는 클래스 폴더가 {2}개 있어서 서로 맞출 수 없어요. 먼저 이 클래스들로 모델을 학습하거나, 모델에 맞는 이미지를 선택해 주세요.',
      ja: 'モデルには名前のないクラスが{0}個、{1}にはクラスのフォルダーが{2}個あり、対応づけられません。先にこれらのクラスでモデルを学習させるか、モデルに合った画像を選んでください。',
    },
  '{0} is damaged: it is not as it was written.': {
    ko: '{0}: 손상됐어요. 기록했을 때와 내용이 달라요.',
    ja: '{0}は壊れています。書き込んだときの内容と異なります。',
  },
  "The model's output for image {0} is not a finite number, so it predicts nothing: its weights have diverged. Train with a lower learning rate, or check the checkpoint.":
    {
      ko: '이미지 {0}에 대한 모델의 출력이 유한한 수가 아니어서 예측할 수 없어요. 가중치가 발산했어요. 학습률을 낮춰 학습하거나 체크포인트를 확인해 주세요.',
      ja: '画像{0}に対するモデルの出力が有限の数ではなく、予測になりません。重みが発散しています。学習率を下げて学習するか、チェックポイントを確認してください。',
    },
  "The model's output for {0} is not a finite number, so it predicts nothing: its weights have diverged. Train with a lower learning rate, or check the checkpoint.":
    {
      ko: '{0} 파일에 대한 모델의 출력이 유한한 수가 아니어서 예측할 수 없어요. 가중치가 발산했어요. 학습률을 낮춰 학습하거나 체크포인트를 확인해 주세요.',
      ja: '{0}に対するモデルの出力が有限の数ではなく、予測になりません。重みが発散しています。学習率を下げて学習するか、チェックポイントを確認してください。',
    },
  '{0} is an .onnx file, which gives answers but not where it looks. Choose the model it was exported from.':
    {
      ko: '{0}: .onnx 파일은 답은 주지만 어디를 보는지는 알려 주지 않아요. 내보내기 전의 모델을 선택해 주세요.',
      ja: '{0}はONNXファイルです。答えは出しますが、どこを見ているかは分かりません。書き出し元のモデルを選んでください。',
    },
  'The evaluation ended without a result.': {
    ko: '평가가 결과 없이 끝났어요.',
    ja: '評価が結果なしに終わりました。',
  },
  'There are no images in “{0}”. Drop a folder that contains one folder of images for each class.': {
    ko: '‘{0}’ 폴더에 이미지가 없어요. 클래스마다 이미지 폴더가 하나씩 들어 있는 폴더를 놓아 주세요.',
    ja: '「{0}」には画像がありません。クラスごとに画像のフォルダーが入ったフォルダーをドロップしてください。',
  },
  'The disk with {0} is nearly full. Free some space and try again.': {
    ko: '{0} 폴더가 있는 디스크가 거의 찼어요. 공간을 비우고 다시 시도해 주세요.',
    ja: '{0}のあるディスクの空きがほとんどありません。空きを増やして、もう一度お試しください。',
  },
}
