/** @file Answers about what a person says of a project's images. */
import type { ServerHandlers } from '../../api/contract.ts'
import { copyImages } from '../../studio/labels/copy-images.ts'
import { applyTable, previewTable } from '../../studio/labels/label-tables.ts'
import { at } from '../../tensor/shape.ts'
import { keepPhoto } from '../../studio/projects/added-photos.ts'
import { moveFiles } from '../../studio/labels/move-files.ts'
import {
  asInFolders,
  deleteClass,
  holdBack,
  labelImages,
  leaveOut,
  makeClass,
  mergeClasses,
  renameClass,
  type ChosenImages,
} from '../../studio/labels/wanted-changes.ts'
import type { ServerContext } from './context.ts'

/** Answers of the subject `labels`. */
export function labelHandlers({ labels, projects, imageFolders }: ServerContext): ServerHandlers['labels'] {
  const { change } = labels
  return {
    get: async ({ project }) => labels.state(project),
    set: async ({ project, groups }) =>
      change(project, labelImages(groups.map((group) => ({ ...toChosen(group), label: group.label })))),
    asFolder: async ({ project, images }) => change(project, asInFolders(images.map(toChosen))),
    leaveOut: async ({ project, images, leftOut }) =>
      change(project, leaveOut(images.map(toChosen), leftOut)),
    holdBack: async ({ project, images, heldBack }) =>
      change(project, holdBack(images.map(toChosen), heldBack)),
    addPhoto: async ({ project, image, label }) => {
      const path = await keepPhoto(project, image)
      await change(project, (labelling) => {
        const { root } = at(labelling.listed, 0)
        return labelImages([{ root, paths: [path], label }])(labelling)
      })
      return { path }
    },
    makeClass: async ({ project, name }) => change(project, makeClass(name)),
    renameClass: async ({ project, name, to }) => change(project, renameClass(name, to)),
    mergeClasses: async ({ project, names, into }) => change(project, mergeClasses(names, into)),
    deleteClass: async ({ project, name }) => change(project, deleteClass(name)),
    undo: async ({ project }) => labels.undo(project),
    redo: async ({ project }) => labels.redo(project),
    previewTable: async (request) => previewTable({ projects, imageFolders, labels }, request),
    applyTable: async (request) => applyTable({ projects, imageFolders, labels }, request),
    copyImages: (request, { signal }) => copyImages({ projects, folders: imageFolders }, request, signal),
    moveFiles: ({ project, files }, { signal }) =>
      moveFiles({ projects, folders: imageFolders }, project, files, signal),
  }
}

function toChosen({ root, paths }: { readonly root: string; readonly paths: string }): ChosenImages {
  return { root, paths: paths.split('//') }
}
