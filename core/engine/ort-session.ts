/** @file The only file that loads onnxruntime-node: sessions, their options, and their errors in plain words. */
import { availableParallelism } from 'node:os'
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { AppError } from '../errors.ts'
import { say, inEnglish, outside, type Sentence } from '../sentence.ts'
import type { EngineKind } from './engine.ts'

type Ort = typeof import('onnxruntime-node')

/** onnxruntime-node, with its telemetry switched off before it is loaded. */
export async function loadOrt(): Promise<Ort> {
  process.env['ORT_DISABLE_TELEMETRY'] = '1'
  const ort = await import('onnxruntime-node')
  // Failures come back as errors; ONNX Runtime would print them as well, in red.
  ort.env.logLevel = 'fatal'
  return ort
}

/** Options of a session beyond those its device needs. */
export interface SessionOptions {
  /** Outputs that stay on the GPU. */
  readonly onDevice?: readonly string[]
  /** `disabled` keeps Identity nodes, which copy tensors to and from a GPU. */
  readonly optimization?: 'all' | 'disabled'
}

/**
 * A session over model bytes or a model file.
 *
 * @throws AppError `unsupported` when the device cannot be used, with ONNX Runtime's reason
 */
export async function createSession(
  kind: EngineKind,
  model: Uint8Array | string,
  { onDevice = [], optimization = 'all' }: SessionOptions = {},
): Promise<InferenceSession> {
  const ort = await loadOrt()
  const locations = Object.fromEntries(onDevice.map((name) => [name, 'gpu-buffer' as const]))
  try {
    const options: InferenceSession.SessionOptions = {
      executionProviders: [kind],
      graphOptimizationLevel: optimization,
      // A planned memory pattern keeps far more activations alive (measured: 2.98 against 1.74 GB for ViT-S).
      enableMemPattern: false,
      // An explicit number of threads leaves them unpinned; not spinning keeps other programs usable.
      intraOpNumThreads: availableParallelism(),
      interOpNumThreads: 1,
      logSeverityLevel: 3,
      ...(onDevice.length > 0 && { preferredOutputLocation: locations }),
      extra: { session: { intra_op: { allow_spinning: '0' }, ...(kind === 'webgpu' && noFallback) } },
    }
    return typeof model === 'string'
      ? await ort.InferenceSession.create(model, options)
      : await ort.InferenceSession.create(model, options)
  } catch (cause) {
    throw sessionError(kind, cause)
  }
}

// A node that silently ran on the CPU would copy activations back and forth; better to fail and say so.
const noFallback = { disable_cpu_ep_fallback: '1' }

/** Runs a session; failures become AppErrors that say what can be done. */
export async function runSession(
  kind: EngineKind,
  session: InferenceSession,
  feeds: Record<string, OrtTensor>,
  fetches: Record<string, OrtTensor | null>,
): Promise<Record<string, OrtTensor>> {
  try {
    return await session.run(feeds, fetches)
  } catch (cause) {
    throw sessionError(kind, cause)
  }
}

// What onnxruntime-node says about an output that JavaScript cannot represent. By then the run is complete.
const barrierReached = /Non tensor type is temporarily not supported/

/**
 * Runs a session whose outputs are all given as tensors to write into, up to an output that is a list of tensors.
 *
 * @throws AppError as `runSession` does
 */
export async function runToBarrier(
  kind: EngineKind,
  session: InferenceSession,
  feeds: Record<string, OrtTensor>,
  fetches: Record<string, OrtTensor | null>,
): Promise<void> {
  try {
    await session.run(feeds, fetches)
  } catch (cause) {
    if (!(cause instanceof Error && barrierReached.test(cause.message))) throw sessionError(kind, cause)
  }
}

const outOfMemory = /out.of.(device.)?memory|failed to allocate|bad.?alloc/i
const deviceLost = /device (was )?lost|due to a previous error|webgpu device error/i

function sessionError(kind: EngineKind, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  if (outOfMemory.test(reason)) {
    const advice = say`Use a smaller micro-batch or resolution, or close other programs.`
    return new AppError(
      'out_of_memory',
      say`The ${kind} device ran out of memory. ${advice}`,
      { reason },
      { cause },
    )
  }
  if (deviceLost.test(reason)) {
    const advice = say`Continue the run with --resume, or on the CPU with --engine cpu.`
    return new AppError(
      'io',
      say`The GPU stopped working in the middle of a step. ${advice}`,
      { reason },
      { cause },
    )
  }
  const plain = plainReason(reason)
  const told = say`The ${kind} device cannot run this: ${plain}.`
  return new AppError(
    'unsupported',
    kind === 'cpu' ? told : say`${told} Use --engine cpu, or update the graphics driver.`,
    { reason: inEnglish(plain) },
    { cause },
  )
}

const plainReasons: readonly (readonly [RegExp, Sentence])[] = [
  [/failed to get a webgpu adapter/i, say`no graphics card with a working driver was found`],
  [/failed to load shared library/i, say`the libraries it needs are not installed`],
]

/** ONNX Runtime's reason without its source location, or in plain words if it is a common one. */
function plainReason(reason: string): Sentence {
  const known = plainReasons.find(([pattern]) => pattern.test(reason))
  return (
    known?.[1] ??
    outside(
      reason
        .replace(/^.*onnxruntime_src\S+ /, '')
        .trim()
        .replace(/\.$/, ''),
    )
  )
}
