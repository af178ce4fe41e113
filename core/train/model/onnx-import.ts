/** @file An exported .onnx file before it runs: what it says about itself, and that its graph is no other than ours are. */
import { basename, dirname, join } from 'node:path'

import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { readAhead } from '../../files/positional.ts'
import { openRegularFile } from '../../files/regular-file.ts'
import { quoted } from '../../files/words.ts'
import { checkGraph, type GraphCost } from '../../onnx/check-graph.ts'
import { readOutline, type Outline } from '../../onnx/outline.ts'
import { describeOnnx, weightsFile, type OnnxDescription } from './onnx-export.ts'

/** What is known of an .onnx file that may run. */
export interface CheckedOnnx extends OnnxDescription {
  readonly cost: GraphCost
}

/**
 * Reads what an .onnx file says about itself and checks its graph, without its weights.
 *
 * @throws AppError `invalid_input` when it is damaged, not ours or contradicts itself, `unsupported` for a graph of another kind
 */
export async function checkOnnx(path: string): Promise<CheckedOnnx> {
  const { handle, size } = await openRegularFile(path)
  try {
    const outline = await readOutline({ size, read: readAhead(handle, size, basename(path)) })
    const description = describeOnnx(path, outline.metadata)
    await checkWeights(path, outline)
    return { ...description, cost: costOf(outline, description) }
  } catch (error) {
    throw error instanceof AppError ? named(path, error) : error
  } finally {
    await handle.close()
  }
}

function costOf(outline: Outline, { labels, preprocessing }: OnnxDescription): GraphCost {
  const { height, width } = preprocessing.resolution
  const [input, ...others] = [...outline.inputs].filter(([name]) => !outline.constants.has(name))
  const sizes = input?.[1].slice(1) ?? []
  if (
    others.length > 0 ||
    sizes.length !== 3 ||
    sizes[0] !== 3 ||
    sizes[1] !== height ||
    sizes[2] !== width
  ) {
    throw new AppError(
      'invalid_input',
      say`It says that it reads images of ${height} × ${width} pixels, and its graph does not. Export it again.`,
    )
  }
  const cost = checkGraph(outline, [1, 3, height, width])
  const classes = cost.outputShape.at(-1)
  if (classes === labels.length && cost.outputShape.length === 2) return cost
  throw new AppError(
    'invalid_input',
    say`It names ${labels.length} classes, but its graph has ${classes ?? 0} outputs. Export it again.`,
  )
}

/** Weights beside a model are in the one file that the export writes, and nowhere else on the disk. */
async function checkWeights(path: string, { constants }: Outline): Promise<void> {
  const locations = new Set([...constants.values()].flatMap(({ location }) => location ?? []))
  for (const location of locations) {
    if (location !== weightsFile) {
      throw new AppError(
        'unsupported',
        say`Its weights are in ${quoted(location)}, which is not the file ${quoted(weightsFile)} beside it. Export it again.`,
      )
    }
    const { handle } = await openRegularFile(join(dirname(path), location))
    await handle.close()
  }
}

function named(path: string, { code, message, details, cause }: AppError): AppError {
  const text = message.startsWith('It ') ? `${basename(path)}: ${message}` : message
  return new AppError(code, text, details, { cause })
}
