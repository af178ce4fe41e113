/** @file Findings as sentences in English, for a terminal and for the record of a run. */
import { join } from 'node:path'

import { inEnglish } from '../sentence.ts'
import { at } from '../tensor/shape.ts'
import { listNames } from './classes.ts'
import type { AlikeKind, Finding } from './finding.ts'

type Sentences = { readonly [K in Finding['kind']]: (finding: Extract<Finding, { kind: K }>) => string[] }
type AlikeFinding = Extract<Finding, { readonly kind: AlikeKind }>

/** What a person should know, one or more sentences for each finding, in their order. */
export function sentencesOf(findings: readonly Finding[]): string[] {
  return findings.flatMap((finding) => {
    const say = sentences[finding.kind] as (finding: Finding) => string[]
    return say(finding)
  })
}

const sentences: Sentences = {
  layout: ({ root, training, validation }) => [
    validation === null
      ? `"${training}" is used for training, because ${root} consists of the parts of a data set. No other part has its classes.`
      : `"${training}" is used for training and "${validation}" for validation, because ${root} consists of such folders.`,
  ],
  unusedFolder: ({ name, isLabelled }) => [
    isLabelled
      ? `"${name}" is not used: evaluate on it once training is done.`
      : `"${name}" is not used: it has no folders of the classes.`,
  ],
  innerFolder: ({ root, folder }) => [`${root} holds only one folder. The classes are those in "${folder}".`],
  nestedClasses: ({ root, folders, inside }) => [
    `${inEnglish(listNames(folders))} ${folders.length === 1 ? 'is taken for a class, but holds folders' : 'are taken for classes, but each holds folders'} ` +
      `of its own (${inEnglish(listNames(inside))}), like a part of a split. If those are the classes, choose ${join(root, at(folders, 0))} instead.`,
  ],
  splitInside: ({ folders }) => [
    `Inside the class folders are folders called ${inEnglish(listNames(folders))}. The images of all of them are used for training; ` +
      `if they are parts of a split, move them out, so that each part holds class folders.`,
  ],
  emptyClass: ({ root, name }) => [`"${name}" in ${root} contains no usable images and is left out.`],
  missingClasses: ({ root, classes }) => [
    `${root} has no images of ${inEnglish(listNames(classes))}, so there is no telling how well the model does on these.`,
  ],
  onlyValidation: ({ images }) => [
    `${countOf(images, 'image of a class', 'images of classes')} without training images ${images === 1 ? 'is' : 'are'} not used for validation.`,
  ],
  notRemembered: ({ reason }) => [
    `The results of this check could not be saved, so it will be repeated next time. ${inEnglish(reason)}`,
  ],
  singleImage: ({ classes }) => [
    `${inEnglish(listNames(classes))} ${classes.length === 1 ? 'has' : 'have'} only 1 image: it is used for training, ` +
      `so there is no telling how well the class is recognised. Add more.`,
  ],
  fewImages: ({ classes, fewest }) => [
    `${inEnglish(listNames(classes))} ${classes.length === 1 ? 'has' : 'have'} fewer than ${fewest} images. ` +
      `Results become reliable with about 20 per class.`,
  ],
  imbalance: ({ most, least }) => [
    `The classes differ greatly in size: "${most.name}" (${most.images}) against "${least.name}" (${least.images}). ` +
      `The model will favour the large ones; look at the accuracy of each class, not only at the overall figure.`,
  ],
  sameInTwoClasses: (finding) => inTwoClasses(finding, 'The same image is'),
  nearInTwoClasses: (finding) => inTwoClasses(finding, 'Almost the same image is'),
  copies: ({ images, pairs }) => {
    const { first, second } = at(pairs, 0)
    return [
      `${countOf(images, 'image is an exact copy', 'images are exact copies')} of another in the same class, ` +
        `such as ${second.path} of ${first.path}. Copies stay together when images are held out.`,
    ]
  },
  nearCopies: ({ images, pairs }) => {
    const { first, second } = at(pairs, 0)
    return [
      `${countOf(images, 'image looks', 'images look')} almost the same as another in the same class, such as ` +
        `${second.path} and ${first.path}. They stay together when images are held out.`,
    ]
  },
  leakedCopies: ({ images, pairs }) => {
    const { first, second } = at(pairs, 0)
    return [
      `${countOf(images, 'validation image is an exact copy of a training image', 'validation images are exact copies of training images')}, ` +
        `such as ${second.path} of ${first.path}. The accuracy will look better than it is.`,
    ]
  },
  leakedNearCopies: ({ images, pairs }) => {
    const { first, second } = at(pairs, 0)
    return [
      `${countOf(images, 'validation image looks', 'validation images look')} almost the same as a training image, ` +
        `such as ${second.path} and ${first.path}. The accuracy will look better than it is.`,
    ]
  },
  small: ({ images, resolution, smallest: { path, width, height } }) => [
    `${countOf(images, 'image is', 'images are')} much smaller than the ${resolution} pixels the model ` +
      `looks at, and will be blurred; the smallest is ${path} (${width} × ${height}).`,
  ],
  flat: ({ images, examples }) => [
    `${countOf(images, 'image is', 'images are')} almost a single colour, such as ${at(examples, 0).path}.`,
  ],
  narrowRange: ({ images, bits, examples }) => [
    `${countOf(images, 'image has', 'images have')} 16 bits per channel and values that reach no further than ` +
      `${bits} of them, such as ${at(examples, 0).path}: ${images === 1 ? 'it comes' : 'they come'} out nearly black. ` +
      `Stretch the brightness to the full range first, or save as 8 bits.`,
  ],
  morePages: ({ images, examples }) => [
    `${countOf(images, 'file holds', 'files hold')} more than one page or frame, such as ${at(examples, 0).path}. ` +
      `Only the first is used.`,
  ],
  leftOut: ({ files, total, groups }) => [
    `${files} of ${total} files are left out, most of them for this reason (${at(groups, 0).files}): ` +
      inEnglish(at(groups, 0).reason),
  ],
  note: ({ sentence }) => [inEnglish(sentence)],
}

const mostNamed = 5

function inTwoClasses({ images, pairs }: AlikeFinding, what: string): string[] {
  const named = pairs
    .slice(0, mostNamed)
    .map(
      ({ first, second }) =>
        `${what} in two classes: ${first.path} ("${first.label}") and ${second.path} ("${second.label}"). ` +
        `Remove the wrong one.`,
    )
  return images > mostNamed ? [...named, `So do ${images - mostNamed} more images.`] : named
}

function countOf(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
