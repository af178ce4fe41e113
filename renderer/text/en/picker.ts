/** @file The picker of folders and files. */
import { countOf } from '../format.ts'

const images = (n: number): string => countOf(n, 'image')

export const picker = {
  folder: 'Choose a folder of images',
  checkpoint: 'Choose a model file or folder',
  images: (n: number) => (n === 0 ? '' : `${images(n)} directly in this folder`),
  path: 'Path',
  go: 'Go',
  up: 'Up one folder',
  places: 'Places',
  empty: 'Nothing to choose here. Open another folder.',
  useFolder: (name: string) => `Choose “${name}”`,
  loading: 'Opening…',
  list: 'Contents',
}
