/** @file Why an image or another file of a folder is not used. */
import type { Translations } from './translations.ts'

export const images: Translations = {
  'The image is cut off: its header is incomplete.': {
    ko: '이미지가 잘렸어요. 헤더가 완전하지 않아요.',
    ja: '画像が途中で切れています。ヘッダーが不完全です。',
  },
  'The image has no pixels: its size is {0} × {1}.': {
    ko: '이미지에 픽셀이 없어요. 크기가 {0} × {1} 픽셀이에요.',
    ja: '画像にピクセルがありません。大きさが{0} × {1}です。',
  },
  'A bitmap of a kind that cannot be read ({0} bits, compression {1}). Save it as PNG.': {
    ko: '읽을 수 없는 종류의 비트맵이에요({0}비트, 압축 방식 {1}). PNG로 저장해 주세요.',
    ja: '読み込めない種類のビットマップです（{0}ビット、圧縮{1}）。PNGで保存してください。',
  },
  'The image is cut off: only {0} of {1} bytes are there.': {
    ko: '이미지가 잘렸어요. {1}바이트 중 {0}바이트만 있어요.',
    ja: '画像が途中で切れています。{1}バイトのうち{0}バイトしかありません。',
  },
  'The image is cut off: its pixel data are far too short for its size.': {
    ko: '이미지가 잘렸어요. 크기에 비해 픽셀 데이터가 너무 짧아요.',
    ja: '画像が途中で切れています。大きさに対してピクセルデータが短すぎます。',
  },
  'The image is cut off: its pixel data end too early.': {
    ko: '이미지가 잘렸어요. 픽셀 데이터가 너무 일찍 끝나요.',
    ja: '画像が途中で切れています。ピクセルデータが早く終わりすぎています。',
  },
  'The image has different channels from when it was checked.': {
    ko: '이미지의 채널이 검사할 때와 달라요.',
    ja: '画像のチャンネルが、調べたときと異なります。',
  },
  'It was changed while it was being checked.': {
    ko: '검사하는 동안 파일이 바뀌었어요.',
    ja: '調べている間に変更されました。',
  },
  'Camera raw files cannot be read here. Export it as JPEG or TIFF.': {
    ko: '카메라 RAW 파일은 읽을 수 없어요. JPEG나 TIFF로 내보내 주세요.',
    ja: 'カメラのRAWファイルは読み込めません。JPEGかTIFFで書き出してください。',
  },
  'Drawings (SVG, PDF) have no pixels. Export it as PNG.': {
    ko: '그림 문서(SVG, PDF)에는 픽셀이 없어요. PNG로 내보내 주세요.',
    ja: '図形（SVG、PDF）にはピクセルがありません。PNGで書き出してください。',
  },
  'Photoshop files cannot be read here. Export it as PNG or JPEG.': {
    ko: 'Photoshop 파일은 읽을 수 없어요. PNG나 JPEG로 내보내 주세요.',
    ja: 'Photoshopファイルは読み込めません。PNGかJPEGで書き出してください。',
  },
  'JPEG 2000 cannot be read here. Convert it to JPEG or PNG.': {
    ko: 'JPEG 2000은 읽을 수 없어요. JPEG나 PNG로 바꿔 주세요.',
    ja: 'JPEG 2000は読み込めません。JPEGかPNGに変換してください。',
  },
  'JPEG XL cannot be read here. Convert it to JPEG or PNG.': {
    ko: 'JPEG XL은 읽을 수 없어요. JPEG나 PNG로 바꿔 주세요.',
    ja: 'JPEG XLは読み込めません。JPEGかPNGに変換してください。',
  },
  'An archive. Unpack it first.': {
    ko: '압축 파일이에요. 먼저 풀어 주세요.',
    ja: '圧縮ファイルです。先に展開してください。',
  },
  'its name has no ending': {
    ko: '이름에 확장자가 없어요',
    ja: '名前に拡張子がありません',
  },
  'its name ends in {0}': {
    ko: '확장자가 {0}',
    ja: '拡張子が{0}',
  },
  'Not known as an image: {0}. If it is one, save it as JPEG or PNG.': {
    ko: '이미지로 볼 수 없는 파일이에요({0}). 이미지라면 JPEG나 PNG로 저장해 주세요.',
    ja: '画像とは認められません（{0}）。画像であれば、JPEGかPNGで保存してください。',
  },
  'It takes far longer to decode than any photo: it is damaged, or made to do so. Save it again as JPEG or PNG.':
    {
      ko: '어떤 사진보다도 여는 데 오래 걸려요. 손상됐거나 일부러 그렇게 만든 파일이에요. JPEG나 PNG로 다시 저장해 주세요.',
      ja: 'どの写真よりもはるかにデコードに時間がかかります。壊れているか、意図的に作られたものです。JPEGかPNGで保存し直してください。',
    },
  'Its pixels are of type {0}. Save it with 8 or 16 bits per channel.': {
    ko: '픽셀 형식({0}) 때문에 읽을 수 없어요. 채널마다 8비트나 16비트로 저장해 주세요.',
    ja: 'ピクセルの型が{0}です。1チャンネル8または16ビットで保存してください。',
  },
  'It is an AVIF file of a kind that cannot be read here, such as a sequence of pictures. Save the picture as JPEG or PNG.':
    {
      ko: '연속 이미지처럼 읽을 수 없는 종류의 AVIF 파일이에요. 이미지를 JPEG나 PNG로 저장해 주세요.',
      ja: '連続画像など、読み込めない種類のAVIFファイルです。画像をJPEGかPNGで保存してください。',
    },
  'It begins as a {0} image, but is damaged or of a kind that cannot be read here. Save the picture as JPEG or PNG.':
    {
      ko: '{0} 이미지처럼 시작하지만, 손상됐거나 읽을 수 없는 종류예요. 이미지를 JPEG나 PNG로 저장해 주세요.',
      ja: '{0}画像として始まっていますが、壊れているか、読み込めない種類です。画像をJPEGかPNGで保存してください。',
    },
  'Its colours are in the Lab space, which cannot be read here. Save it as RGB.': {
    ko: '색이 Lab 색 공간으로 되어 있어서 읽을 수 없어요. RGB로 저장해 주세요.',
    ja: '色がLab色空間で、読み込めません。RGBで保存してください。',
  },
  'A TIFF with raw or logarithmic data of a camera. Export it as JPEG, or as TIFF in RGB.': {
    ko: '카메라의 RAW 또는 로그 데이터가 들어 있는 TIFF예요. JPEG나 RGB TIFF로 내보내 주세요.',
    ja: 'カメラのRAWまたは対数データのTIFFです。JPEGか、RGBのTIFFで書き出してください。',
  },
  'Its channels have {0} bits each. Save it with 8 or 16 bits per channel.': {
    ko: '채널마다 {0}비트예요. 채널마다 8비트나 16비트로 저장해 주세요.',
    ja: '1チャンネルが{0}ビットです。1チャンネル8または16ビットで保存してください。',
  },
  'The image is too large: {0} × {1} pixels, the limit is {2} million. Scale it down.': {
    ko: '이미지가 너무 커요. {0} × {1} 픽셀이고, 한도는 {2}백만 픽셀이에요. 크기를 줄여 주세요.',
    ja: '画像が大きすぎます。{0} × {1}ピクセルで、上限は{2}百万ピクセルです。縮小してください。',
  },
  'Scale it down, or save it as a JPEG that is not progressive.': {
    ko: '크기를 줄이거나, 프로그레시브가 아닌 JPEG로 저장해 주세요.',
    ja: '縮小するか、プログレッシブでないJPEGで保存してください。',
  },
  'Scale it down, or save it as JPEG.': {
    ko: '크기를 줄이거나 JPEG로 저장해 주세요.',
    ja: '縮小するか、JPEGで保存してください。',
  },
  'The image is too large: {0} × {1} pixels, which take {2} GB to decode; the limit is {3} GB. {4}': {
    ko: '이미지가 너무 커요. {0} × {1} 픽셀을 여는 데 {2} GB가 필요하고, 한도는 {3} GB예요. {4}',
    ja: '画像が大きすぎます。{0} × {1}ピクセルのデコードに{2} GB必要で、上限は{3} GBです。{4}',
  },
  'The image is cut off: {0} bytes of {1} are there.': {
    ko: '이미지가 잘렸어요. {1}바이트 중 {0}바이트가 있어요.',
    ja: '画像が途中で切れています。{1}バイトのうち{0}バイトがあります。',
  },
  'The image is damaged: its largest value is given as {0}.': {
    ko: '이미지가 손상됐어요. 가장 큰 값이 {0} 값으로 적혀 있어요.',
    ja: '画像が壊れています。最大値が{0}となっています。',
  },
  'The image is damaged: there is no number where one is expected.': {
    ko: '이미지가 손상됐어요. 숫자가 있어야 할 곳에 없어요.',
    ja: '画像が壊れています。数値があるべき所にありません。',
  },
  'The image is cut off or damaged: a bit is missing.': {
    ko: '이미지가 잘렸거나 손상됐어요. 비트 하나가 빠졌어요.',
    ja: '画像が途中で切れているか壊れています。ビットが欠けています。',
  },
  'A folder, not a file.': {
    ko: '파일이 아니라 폴더예요.',
    ja: 'ファイルではなくフォルダーです。',
  },
  'Not a file.': {
    ko: '파일이 아니에요.',
    ja: 'ファイルではありません。',
  },
  'The file is too large: {0} MB, the limit for its kind is {1} MB.': {
    ko: '파일이 너무 커요({0} MB). 이 종류의 한도는 {1} MB예요.',
    ja: 'ファイルが大きすぎます（{0} MB）。この種類の上限は{1} MBです。',
  },
  'It is outside the class folders. Move it into the folder of its class.': {
    ko: '클래스 폴더 밖에 있어요. 맞는 클래스의 폴더로 옮겨 주세요.',
    ja: 'クラスのフォルダーの外にあります。正しいクラスのフォルダーに移してください。',
  },
  'A PDF document, not an image. Export its pages as PNG or JPEG.': {
    ko: '이미지가 아니라 PDF 문서예요. 페이지를 PNG나 JPEG로 내보내 주세요.',
    ja: '画像ではなくPDF文書です。ページをPNGかJPEGで書き出してください。',
  },
  'A Photoshop file. Export it as PNG or JPEG.': {
    ko: 'Photoshop 파일이에요. PNG나 JPEG로 내보내 주세요.',
    ja: 'Photoshopファイルです。PNGかJPEGで書き出してください。',
  },
  'A zip archive (or an office document), not an image.': {
    ko: '이미지가 아니라 ZIP 압축 파일(또는 오피스 문서)이에요.',
    ja: '画像ではなくZIP圧縮ファイル（またはオフィス文書）です。',
  },
  'An archive, not an image.': {
    ko: '이미지가 아니라 압축 파일이에요.',
    ja: '画像ではなく圧縮ファイルです。',
  },
  'A JPEG XL image, which cannot be read here. Convert it to JPEG or PNG.': {
    ko: 'JPEG XL 이미지여서 읽을 수 없어요. JPEG나 PNG로 바꿔 주세요.',
    ja: 'JPEG XL画像は読み込めません。JPEGかPNGに変換してください。',
  },
  'A JPEG 2000 image, which cannot be read here. Convert it to JPEG or PNG.': {
    ko: 'JPEG 2000 이미지여서 읽을 수 없어요. JPEG나 PNG로 바꿔 주세요.',
    ja: 'JPEG 2000画像は読み込めません。JPEGかPNGに変換してください。',
  },
  'An icon file. Convert it to PNG.': {
    ko: '아이콘 파일이에요. PNG로 바꿔 주세요.',
    ja: 'アイコンファイルです。PNGに変換してください。',
  },
  'An OpenEXR image, which cannot be read here. Convert it to PNG or TIFF.': {
    ko: 'OpenEXR 이미지여서 읽을 수 없어요. PNG나 TIFF로 바꿔 주세요.',
    ja: 'OpenEXR画像は読み込めません。PNGかTIFFに変換してください。',
  },
  'A video, not an image.': {
    ko: '이미지가 아니라 동영상이에요.',
    ja: '画像ではなく動画です。',
  },
  'A sound file, not an image.': {
    ko: '이미지가 아니라 소리 파일이에요.',
    ja: '画像ではなく音声ファイルです。',
  },
  'A NumPy array, not an image.': {
    ko: '이미지가 아니라 NumPy 배열이에요.',
    ja: '画像ではなくNumPy配列です。',
  },
  'An HDF5 file (MATLAB, Keras), not an image.': {
    ko: '이미지가 아니라 HDF5 파일(MATLAB, Keras)이에요.',
    ja: '画像ではなくHDF5ファイル（MATLAB、Keras）です。',
  },
  'A FITS file of astronomy, which cannot be read here. Export it as PNG or TIFF.': {
    ko: '천문학의 FITS 파일이어서 읽을 수 없어요. PNG나 TIFF로 내보내 주세요.',
    ja: '天文学のFITSファイルは読み込めません。PNGかTIFFで書き出してください。',
  },
  'A picture of Radiance (HDR), which cannot be read here. Convert it to PNG or TIFF.': {
    ko: 'Radiance(HDR) 이미지여서 읽을 수 없어요. PNG나 TIFF로 바꿔 주세요.',
    ja: 'Radiance（HDR）画像は読み込めません。PNGかTIFFに変換してください。',
  },
  'A PAM or PFM image, which cannot be read here. Convert it to PNG or PPM.': {
    ko: 'PAM이나 PFM 이미지여서 읽을 수 없어요. PNG나 PPM으로 바꿔 주세요.',
    ja: 'PAMまたはPFM画像は読み込めません。PNGかPPMに変換してください。',
  },
  'A GIMP file. Export it as PNG or JPEG.': {
    ko: 'GIMP 파일이에요. PNG나 JPEG로 내보내 주세요.',
    ja: 'GIMPファイルです。PNGかJPEGで書き出してください。',
  },
  'A texture (DDS), which cannot be read here. Convert it to PNG.': {
    ko: '텍스처(DDS)여서 읽을 수 없어요. PNG로 바꿔 주세요.',
    ja: 'テクスチャ（DDS）は読み込めません。PNGに変換してください。',
  },
  'A QOI image, which cannot be read here. Convert it to PNG.': {
    ko: 'QOI 이미지여서 읽을 수 없어요. PNG로 바꿔 주세요.',
    ja: 'QOI画像は読み込めません。PNGに変換してください。',
  },
  'A program, not an image.': {
    ko: '이미지가 아니라 프로그램이에요.',
    ja: '画像ではなくプログラムです。',
  },
  'Only a Git LFS pointer: the image itself was not downloaded (git lfs pull).': {
    ko: 'Git LFS 포인터일 뿐이에요. 이미지 자체는 내려받지 않았어요(git lfs pull).',
    ja: 'Git LFSのポインターだけで、画像そのものはダウンロードされていません（git lfs pull）。',
  },
  'A drawing (SVG), which has no pixels. Export it as PNG.': {
    ko: '픽셀이 없는 그림 문서(SVG)예요. PNG로 내보내 주세요.',
    ja: 'ピクセルのない図形（SVG）です。PNGで書き出してください。',
  },
  'A web page saved under the name of an image. Download the image itself.': {
    ko: '이미지 이름으로 저장된 웹페이지예요. 이미지 자체를 내려받아 주세요.',
    ja: '画像の名前で保存されたWebページです。画像そのものをダウンロードしてください。',
  },
  'A text file, not an image.': {
    ko: '이미지가 아니라 텍스트 파일이에요.',
    ja: '画像ではなくテキストファイルです。',
  },
  'The file is empty (0 bytes).': {
    ko: '파일이 비어 있어요(0바이트).',
    ja: 'ファイルが空です（0バイト）。',
  },
  'The file holds nothing but zeros: copying or downloading it failed.': {
    ko: '파일이 0으로만 채워져 있어요. 복사나 내려받기가 실패한 것이에요.',
    ja: 'ファイルの中身がすべてゼロです。コピーかダウンロードに失敗しています。',
  },
  'A medical image (DICOM), which cannot be read here. Export it as PNG or TIFF.': {
    ko: '의료 영상(DICOM)이어서 읽을 수 없어요. PNG나 TIFF로 내보내 주세요.',
    ja: '医用画像（DICOM）は読み込めません。PNGかTIFFで書き出してください。',
  },
  'Not an image: its content is not in any known image format.': {
    ko: '이미지가 아니에요. 내용이 알려진 어떤 이미지 형식도 아니에요.',
    ja: '画像ではありません。内容が既知のどの画像形式にも当てはまりません。',
  },
  'its directory claims {0} tags': {
    ko: '디렉터리에 태그가 {0}개 있다고 적혀 있어요',
    ja: 'ディレクトリに{0}個のタグがあると書かれています',
  },
  'a part of its data is missing': {
    ko: '데이터의 일부가 빠져 있어요',
    ja: 'データの一部が欠けています',
  },
  'The image is cut off or damaged: {0}.': {
    ko: '이미지가 잘렸거나 손상됐어요({0}).',
    ja: '画像が途中で切れているか壊れています（{0}）。',
  },
  'The file is no longer there.': {
    ko: '파일이 이제 없어요.',
    ja: 'ファイルがなくなっています。',
  },
  'Permission to read it is denied.': {
    ko: '읽을 권한이 없어요.',
    ja: '読み取る権限がありません。',
  },
  'A link that leads back to itself.': {
    ko: '자기 자신을 가리키는 링크예요.',
    ja: '自分自身を指すリンクです。',
  },
  'The disk could not read it ({0}).': {
    ko: '디스크에서 읽지 못했어요({0}).',
    ja: 'ディスクから読み取れませんでした（{0}）。',
  },
  'It is no longer an image that can be read.': {
    ko: '이제는 읽을 수 있는 이미지가 아니에요.',
    ja: 'もう読み込める画像ではありません。',
  },
  'The image has become smaller since it was checked.': {
    ko: '검사한 뒤에 이미지가 작아졌어요.',
    ja: '調べた後に画像が小さくなりました。',
  },
  'The image is too large: more than {0} million pixels. Scale it down.': {
    ko: '이미지가 너무 커요. {0}백만 픽셀이 넘어요. 크기를 줄여 주세요.',
    ja: '画像が大きすぎます。{0}百万ピクセルを超えています。縮小してください。',
  },
  'A JPEG of a kind that cannot be read here (lossless, arithmetic or 12 bits). Save it as an ordinary JPEG or as PNG.':
    {
      ko: '읽을 수 없는 종류의 JPEG예요(무손실, 산술 부호화 또는 12비트). 보통 JPEG나 PNG로 저장해 주세요.',
      ja: '読み込めない種類のJPEGです（可逆、算術符号または12ビット）。通常のJPEGかPNGで保存してください。',
    },
  'A JPEG with more scans than any program makes. Save it again.': {
    ko: '어떤 프로그램이 만드는 것보다 스캔이 많은 JPEG예요. 다시 저장해 주세요.',
    ja: '通常では作られないほど多くのスキャンを持つJPEGです。保存し直してください。',
  },
  'The image is cut off or damaged: a part of its data is missing.': {
    ko: '이미지가 잘렸거나 손상됐어요. 데이터의 일부가 빠져 있어요.',
    ja: '画像が途中で切れているか壊れています。データの一部が欠けています。',
  },
  'The image is damaged: a part of its data is wrong.': {
    ko: '이미지가 손상됐어요. 데이터의 일부가 잘못됐어요.',
    ja: '画像が壊れています。データの一部が正しくありません。',
  },
  'Its compression ({0}) cannot be read here. Save it with LZW or Deflate compression, or as PNG.': {
    ko: '압축 방식({0})을 읽을 수 없어요. LZW나 Deflate 압축 또는 PNG로 저장해 주세요.',
    ja: '圧縮方式（{0}）を読み込めません。LZWかDeflate圧縮、またはPNGで保存してください。',
  },
  'It is damaged, or of a kind that cannot be read here. Save it again as JPEG or PNG.': {
    ko: '손상됐거나 읽을 수 없는 종류예요. JPEG나 PNG로 다시 저장해 주세요.',
    ja: '壊れているか、読み込めない種類です。JPEGかPNGで保存し直してください。',
  },
  'It cannot be decoded. {0}': {
    ko: '이미지를 풀 수 없어요. {0}',
    ja: 'デコードできません。{0}',
  },
  'It cannot be decoded ({0}). {1}': {
    ko: '이미지를 풀 수 없어요({0}). {1}',
    ja: 'デコードできません（{0}）。{1}',
  },
  'A pipe, socket or device, not a file.': {
    ko: '파일이 아니라 파이프, 소켓 또는 장치예요.',
    ja: 'ファイルではなくパイプ、ソケットまたはデバイスです。',
  },
  'The same folder as "{0}", which is already counted.': {
    ko: '이미 센 ‘{0}’ 폴더와 같은 폴더예요.',
    ja: 'すでに数えた「{0}」と同じフォルダーです。',
  },
  'The folder cannot be read ({0}). Check its permissions.': {
    ko: '폴더를 읽을 수 없어요({0}). 권한을 확인해 주세요.',
    ja: 'フォルダーを読み込めません（{0}）。権限を確認してください。',
  },
  'A folder, although its name ends like that of an image.': {
    ko: '이름은 이미지처럼 끝나지만 폴더예요.',
    ja: '名前は画像のように終わっていますが、フォルダーです。',
  },
  'The same file as "{0}", which is already counted.': {
    ko: '이미 센 ‘{0}’ 파일과 같은 파일이에요.',
    ja: 'すでに数えた「{0}」と同じファイルです。',
  },
  'A link that leads back to a folder that contains this one.': {
    ko: '이 폴더를 담고 있는 폴더로 되돌아가는 링크예요.',
    ja: 'このフォルダーを含むフォルダーに戻るリンクです。',
  },
  'A link to a pipe, socket or device, not to a file.': {
    ko: '파일이 아니라 파이프, 소켓 또는 장치를 가리키는 링크예요.',
    ja: 'ファイルではなくパイプ、ソケットまたはデバイスへのリンクです。',
  },
  'A link to "{0}/{1}", which is already counted.': {
    ko: '이미 센 ‘{0}/{1}’ 항목을 가리키는 링크예요.',
    ja: 'すでに数えた「{0}/{1}」へのリンクです。',
  },
  'A link to something that no longer exists.': {
    ko: '이제 없는 것을 가리키는 링크예요.',
    ja: 'なくなったものへのリンクです。',
  },
  'A link that cannot be followed ({0}).': {
    ko: '따라갈 수 없는 링크예요({0}).',
    ja: 'たどれないリンクです（{0}）。',
  },
  'There is no such file or folder.': {
    ko: '그런 파일이나 폴더가 없어요.',
    ja: 'そのようなファイルまたはフォルダーはありません。',
  },
}
