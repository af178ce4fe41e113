/** @file A naming convention as a table: from canonical parameter names to tensors of a file and back. */
import { invariant } from '../errors.ts'
import { at, type Shape } from '../tensor/shape.ts'
import type { VitConfig } from '../vit/config.ts'
import { storedParameterShapes, type AxisOrder, type LayoutEntry } from './layout.ts'

/**
 * File names by canonical name, of single parameters (`classToken`) or of layers (`blocks.*.out`), whose parts then
 * have the names that the convention gives them. `*` stands for the number of a block; `+` for that number plus one.
 * Parameters with the same file name are concatenated in one tensor.
 */
export type NameTable = Readonly<Record<string, string>>

/** How a convention calls the parts of a layer, and how it shapes what is not shaped as the canonical parameter. */
export interface Convention {
  readonly parts: Readonly<Record<'weight' | 'bias' | 'scale', string>>
  /** The shape in the file of one parameter; the same elements, in the order given by `order`. */
  readonly shapeOf?: ((parameter: string, shape: Shape, config: VitConfig) => Shape) | undefined
  readonly order?: ((parameter: string, shape: Shape) => AxisOrder | undefined) | undefined
}

/** Layers of PyTorch. */
export const torchParts: Convention['parts'] = { weight: '.weight', bias: '.bias', scale: '.weight' }

/** Layers of Flax. */
export const flaxParts: Convention['parts'] = { weight: '/kernel', bias: '/bias', scale: '/scale' }

/** Every tensor of a model in the order of the forward pass; the table must name every parameter. */
export function entriesByName(config: VitConfig, names: NameTable, convention: Convention): LayoutEntry[] {
  const { shapeOf = (_, shape) => shape, order } = convention
  const entries = new Map<string, LayoutEntry>()
  for (const [parameter, canonical] of storedParameterShapes(config)) {
    const name = fileName(parameter, names, convention.parts)
    invariant(name !== undefined, () => `the layout has no name for ${parameter}`)
    const shape = shapeOf(parameter, canonical, config)
    const before = entries.get(name)
    const axisOrder = order?.(parameter, canonical)
    entries.set(name, {
      name,
      shape: before === undefined ? shape : [at(before.shape, 0) + at(shape, 0), ...shape.slice(1)],
      holds: [...(before?.holds ?? []), parameter],
      ...(axisOrder === undefined ? {} : { order: axisOrder }),
    })
  }
  return [...entries.values()]
}

/** `shapeOf` of PyTorch's layouts: tokens and positions have axes of size one in front, as many as this table says. */
export function withLeadingAxes(
  counts: Readonly<Record<string, number>>,
): (parameter: string, shape: Shape) => Shape {
  return (parameter, shape) => [...new Array<number>(counts[parameter] ?? 0).fill(1), ...shape]
}

function fileName(parameter: string, names: NameTable, parts: Convention['parts']): string | undefined {
  const numbers = parameter.match(/(?<=\.)\d+(?=\.)/g) ?? []
  const general = parameter.replaceAll(/(?<=\.)\d+(?=\.)/g, '*')
  const fill = (template: string): string => {
    const rest = numbers.map(Number)
    return template.replaceAll(/[*+]/g, (sign) => String((rest.shift() ?? 0) + (sign === '+' ? 1 : 0)))
  }
  const whole = names[general]
  if (whole !== undefined) return fill(whole)
  const cut = general.lastIndexOf('.')
  const [layer, part] = [names[general.slice(0, cut)], general.slice(cut + 1)]
  const isPart = part === 'weight' || part === 'bias' || part === 'scale'
  return layer === undefined || !isPart ? undefined : `${fill(layer)}${parts[part]}`
}
