/** @file Runs an .onnx file as other tools see it: one float32 input, one float32 output. */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { at, showShape } from '../tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../tensor/tensor.ts'
import { createSession, loadOrt, runSession } from './ort-session.ts'

/** An opened .onnx file. */
export interface OnnxFile {
  /** [batch, …] float32 in, the first output out. */
  run(input: FloatTensor): Promise<FloatTensor>
  dispose(): Promise<void>
}

/**
 * Opens an .onnx file on the CPU, with its external tensors if it has any.
 *
 * @throws AppError `invalid_input` when it does not take one image tensor
 */
export async function openOnnxFile(path: string): Promise<OnnxFile> {
  const session = await createSession('cpu', path)
  const [inputName, ...others] = session.inputNames
  const outputName = at(session.outputNames, 0)
  if (inputName === undefined || others.length > 0) {
    const names = session.inputNames.join(', ')
    throw new AppError(
      'invalid_input',
      say`${path} takes the inputs ${names}; an image classifier takes one.`,
    )
  }
  const { Tensor } = await loadOrt()
  return {
    run: async ({ shape, data }) => {
      const results = await runSession(
        'cpu',
        session,
        { [inputName]: new Tensor('float32', data, shape) },
        {
          [outputName]: null,
        },
      )
      const output = results[outputName]
      if (output === undefined || !(output.data instanceof Float32Array)) {
        throw new AppError(
          'invalid_input',
          say`${path} does not give float32 logits for ${showShape(shape)}.`,
        )
      }
      return floatTensor(output.dims, output.data as Float32Array<ArrayBuffer>)
    },
    dispose: () => session.release(),
  }
}
