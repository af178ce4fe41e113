/** @file What the rail calls each screen: a row for each, in every language. */
import type { Screen } from '../store/navigation.ts'
import { language, type Language } from './language.ts'

type Named = Exclude<Screen, 'home'>

const names: Readonly<Record<Named, Readonly<Record<Language, string>>>> = {
  data: { en: 'Data', ko: '데이터', ja: 'データ' },
  model: { en: 'Model', ko: '모델', ja: 'モデル' },
  train: { en: 'Train', ko: '학습', ja: '学習' },
  results: { en: 'Results', ko: '결과', ja: '結果' },
  use: { en: 'Use', ko: '활용', ja: '活用' },
  trainings: { en: 'Trainings', ko: '학습 목록', ja: '学習の一覧' },
}

/** The name of a screen in the language of the window. */
export function nameOfScreen(screen: Named): string {
  return names[screen][language]
}
