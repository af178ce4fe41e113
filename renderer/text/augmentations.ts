/** @file What each augmentation is called and when to choose it: a row for each, in every language. */
import { augmentations, Augment } from '../../core/data/augmentation.ts'
import { language, type Language } from './language.ts'

interface AugmentationWords {
  readonly name: string
  readonly advice: string
}

const words: Readonly<Record<Augment, Readonly<Record<Language, AugmentationWords>>>> = {
  none: {
    en: { name: 'None', advice: 'Choose this if left and right, or the edge of the image, tell what it is.' },
    ko: { name: '없음', advice: '좌우 방향이나 이미지의 가장자리가 클래스를 알려 준다면 이것을 고르세요.' },
    ja: {
      name: 'なし',
      advice: '左右の向きや画像の端がクラスの手がかりになる場合は、これを選んでください。',
    },
  },
  flip: {
    en: {
      name: 'Mirrored left and right',
      advice: 'Choose this if small parts of an image do not tell what it is.',
    },
    ko: { name: '좌우 뒤집기', advice: '이미지의 작은 일부만 보고는 클래스를 알 수 없다면 이것을 고르세요.' },
    ja: {
      name: '左右の反転',
      advice: '画像の小さな一部だけではクラスがわからない場合は、これを選んでください。',
    },
  },
  gentle: {
    en: {
      name: 'Mirrored, cropped at the edges',
      advice: 'Choose this if the whole picture matters: textures, medical images, documents.',
    },
    ko: {
      name: '좌우 뒤집기와 가장자리만 자르기',
      advice: '그림 전체가 중요할 때 고르세요. 질감, 의료 영상, 문서가 그래요.',
    },
    ja: {
      name: '左右の反転と端だけの切り抜き',
      advice: '画像全体が大切な場合に選んでください。質感、医用画像、文書などです。',
    },
  },
  mild: {
    en: {
      name: 'Mirrored, slightly cropped',
      advice: 'Crops keep at least a third of the picture. Good for photos with one subject.',
    },
    ko: {
      name: '좌우 뒤집기와 조금 자르기',
      advice: '자른 뒤에도 그림의 3분의 1 이상이 남아요. 대상이 하나인 사진에 좋아요.',
    },
    ja: {
      name: '左右の反転と控えめな切り抜き',
      advice: '切り抜いても画像の3分の1以上が残ります。被写体が1つの写真に向いています。',
    },
  },
  standard: {
    en: {
      name: 'Mirrored and cropped at random',
      advice: 'Best for photos.',
    },
    ko: {
      name: '좌우 뒤집기와 무작위 자르기',
      advice: '사진에 가장 좋아요.',
    },
    ja: {
      name: '左右の反転と無作為な切り抜き',
      advice: '写真に最適です。',
    },
  },
  stronger: {
    en: {
      name: 'Mirrored, cropped, recoloured and turned',
      advice:
        'For few photos of one subject taken in many ways. Adds brightness, contrast, rotation and hidden patches (TrivialAugment, random erasing).',
    },
    ko: {
      name: '뒤집기, 자르기, 색과 각도 바꾸기',
      advice:
        '한 대상을 여러 방식으로 찍은 사진이 적을 때 고르세요. 밝기, 대비, 회전, 일부 가리기가 더해져요(TrivialAugment, random erasing).',
    },
    ja: {
      name: '反転、切り抜き、色と角度の変化',
      advice:
        '1つの被写体をさまざまに撮った写真が少ない場合に選んでください。明るさ、コントラスト、回転、部分的な隠しが加わります（TrivialAugment、random erasing）。',
    },
  },
}

/** In the language of the window. */
export const augmentationNames = Object.fromEntries(
  Augment.options.map((augment) => [augment, words[augment][language].name]),
) as Readonly<Record<Augment, string>>

const mirroring: Readonly<Record<Language, string>> = {
  en: 'Mirroring swaps left and right: where that changes the meaning, as in letters or signs, choose “None”.',
  ko: '좌우를 뒤집으므로, 글자나 표지판처럼 좌우에 따라 뜻이 달라지면 ‘없음’을 고르세요.',
  ja: '左右が入れ替わるため、文字や標識のように左右で意味が変わる場合は「なし」を選んでください。',
}

/** When to choose an augmentation and what to beware of, in the language of the window. */
export function augmentationAdvice(augment: Augment): readonly string[] {
  const { advice } = words[augment][language]
  return augmentations[augment].flip > 0 ? [advice, mirroring[language]] : [advice]
}
