/** @file Labels from a table, and copies in class folders. */
import { count, countOf } from '../format.ts'

const rows = (n: number): string => countOf(n, 'row')
const photos = (n: number): string => countOf(n, 'photo')

export const table = {
  menu: 'Labels from a table…',
  title: (file: string) => `Labels from “${file}”`,
  reading: 'Reading the table…',
  fileColumn: 'Column with the file names',
  labelColumn: 'Column with the kinds',
  matched: (n: number, total: number) => `${photos(n)} get their kind from ${rows(total)}.`,
  apply: (n: number) => `Label ${photos(n)}`,
  doubts: {
    withoutImage: (n: number) => `${rows(n)} for which there is no photo:`,
    ambiguous: (n: number) => `${rows(n)} that may mean several photos, and are not used:`,
    contradicting: (n: number) => `${rows(n)} that contradict an earlier one, which counts:`,
    withoutLabel: (n: number) => `${rows(n)} without a kind:`,
    withoutRow: (n: number) => `${photos(n)} that no row names, and that stay as they are:`,
  },
  refused: (n: number, label: string) => `${rows(n)} with “${label}” are not used:`,
}

export const copy = {
  menu: 'Copy into class folders…',
  title: 'Copy the photos into class folders',
  lead: 'Every photo that has a kind is copied into a folder of that name. The photos themselves stay where they are.',
  choose: 'Choose where…',
  folderName: (project: string) => `${project} by kind`,
  apart: 'Those held back into folders of their own (train and val)',
  now: 'Copy',
  progress: (done: number, total: number) => `${count(done)} of ${photos(total)}`,
  done: (n: number) => `${photos(n)} copied.`,
}
