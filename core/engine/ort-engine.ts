/**
 * @file The engine on ONNX Runtime. On the CPU the state lives in main memory and is overwritten in place; on a GPU it
 * lives in GPU buffers that are passed from step to step without being copied.
 */
import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node'
import { invariant } from '../errors.ts'
import { state as stateInput } from '../graph/build.ts'
import { fuseTransposes } from '../graph/fuse-transposes.ts'
import { inputsOf, type Graph } from '../graph/ir.ts'
import { encodeModel } from '../onnx/bytes.ts'
import { lowerGraph, updateName } from '../onnx/lower.ts'
import type { OnnxModel } from '../onnx/model.ts'
import { at } from '../tensor/shape.ts'
import {
  filled,
  floatTensor,
  type FloatTensor,
  type NamedTensors,
  type Parameters,
  type Tensor,
} from '../tensor/tensor.ts'
import type { Engine, EngineKind, Program, State } from './engine.ts'
import { feedOf } from './feeds.ts'
import { updatesMayOverwrite } from './in-place.ts'
import { createSession, loadOrt, runSession, runToBarrier } from './ort-session.ts'

/** The engine for one of ONNX Runtime's execution providers. Nothing is loaded before the first use. */
export function createOrtEngine(kind: EngineKind): Engine {
  return {
    kind,
    createState: async (values) => {
      const tensors = await toOrtTensors(values)
      return kind === 'webgpu' && tensors.size > 0 ? upload(kind, tensors) : new OrtState(kind, tensors)
    },
    load: async (graph, state) => {
      invariant(state instanceof OrtState, () => 'this state belongs to another engine')
      return loadProgram(kind, graph, state)
    },
  }
}

class OrtState implements State {
  readonly tensors: Map<string, OrtTensor>
  private readonly kind: EngineKind
  private readonly sessions: InferenceSession[] = []
  private disposed = false

  constructor(kind: EngineKind, tensors: Map<string, OrtTensor>) {
    this.kind = kind
    this.tensors = tensors
  }

  get names(): ReadonlySet<string> {
    return new Set(this.tensors.keys())
  }

  async read(names: Iterable<string>): Promise<Map<string, FloatTensor>> {
    const wanted = new Map([...names].map((name) => [name, this.tensor(name)]))
    const inMemory = this.kind === 'webgpu' && wanted.size > 0 ? await download(this.kind, wanted) : wanted
    return new Map([...inMemory].map(([name, tensor]) => [name, toFloatTensor(tensor, true)]))
  }

  dispose(): void {
    for (const tensor of this.tensors.values()) tensor.dispose()
    this.tensors.clear()
    this.disposed = true
    for (const session of this.sessions.splice(0)) void session.release()
  }

  /**
   * Releases a session that has created GPU tensors of this state, once they are gone: disposing one after its session,
   * or after the process's last session, aborts the process.
   */
  async releaseAfter(session: InferenceSession): Promise<void> {
    if (this.disposed) await session.release()
    else this.sessions.push(session)
  }

  tensor(name: string): OrtTensor {
    const found = this.tensors.get(name)
    invariant(found !== undefined, () => `no state named ${name}`)
    return found
  }

  replace(name: string, tensor: OrtTensor): void {
    this.tensor(name).dispose()
    this.tensors.set(name, tensor)
  }
}

async function loadProgram(kind: EngineKind, given: Graph, state: OrtState): Promise<Program> {
  // The WebGPU provider has no matrix product that reads an operand transposed.
  const graph = kind === 'webgpu' ? given : fuseTransposes(given)
  const model = lowerGraph(graph, { name: 'program', forWebgpu: kind === 'webgpu' })
  if (kind !== 'webgpu' && graph.outputs.size > 0 && updatesMayOverwrite(graph)) {
    return loadInPlace(kind, graph, withBarrier(model, graph.outputs.size), state)
  }
  const updates = [...graph.updates.keys()]
  const onDevice = kind === 'webgpu' ? updates.map(updateName) : []
  const session = await createSession(kind, encodeModel(model), { onDevice })
  const fetches = Object.fromEntries(session.outputNames.map((name) => [name, null]))
  const feed = await feeder(graph, state)
  const run = async (feeds: NamedTensors): Promise<Map<string, FloatTensor>> => {
    const results = await runSession(kind, session, feed(feeds), fetches)
    for (const name of updates) state.replace(name, result(results, updateName(name)))
    return new Map(
      [...graph.outputs.keys()].map((name) => [name, toFloatTensor(result(results, name), false)]),
    )
  }
  return { run, dispose: () => (onDevice.length > 0 ? state.releaseAfter(session) : session.release()) }
}

/** A program that writes new state over the old one. */
async function loadInPlace(
  kind: EngineKind,
  graph: Graph,
  model: OnnxModel,
  state: OrtState,
): Promise<Program> {
  const session = await createSession(kind, encodeModel(model))
  const outputs = new Map<string, OrtTensor>()
  for (const [name, { shape }] of graph.outputs) outputs.set(name, await toOrtTensor(filled(shape, 0)))
  const feed = await feeder(graph, state)
  const run = async (feeds: NamedTensors): Promise<Map<string, FloatTensor>> => {
    const fetches: Record<string, OrtTensor | null> = { ...Object.fromEntries(outputs), [barrierName]: null }
    for (const name of graph.updates.keys()) fetches[updateName(name)] = state.tensor(name)
    await runToBarrier(kind, session, feed(feeds), fetches)
    return new Map([...outputs].map(([name, tensor]) => [name, toFloatTensor(tensor, true)]))
  }
  return { run, dispose: () => session.release() }
}

const barrierName = 'barrier'

/**
 * onnxruntime-node 1.30 copies every output into fresh memory, even those it has just written in place: 3 to 5 % of a
 * training step, and twice the size of the weights in garbage. It gives up at an output of a kind that it cannot hand
 * to JavaScript, a list of tensors; so one is placed before the new state. See `runToBarrier`.
 */
function withBarrier(model: OnnxModel, position: number): OnnxModel {
  const first = at(model.outputs, 0)
  const barrier = { ...first, name: barrierName, isSequence: true }
  return {
    ...model,
    nodes: [...model.nodes, { operator: 'SequenceConstruct', inputs: [first.name], outputs: [barrierName] }],
    outputs: [...model.outputs.slice(0, position), barrier, ...model.outputs.slice(position)],
  }
}

/** What is fed to a session: the caller's tensors and the state. */
async function feeder(
  graph: Graph,
  state: OrtState,
): Promise<(feeds: NamedTensors) => Record<string, OrtTensor>> {
  const { Tensor: OrtTensorClass } = await loadOrt()
  const inputs = [...inputsOf(graph).values()]
  return (feeds) =>
    Object.fromEntries(
      inputs.map((input) => {
        if (input.kind === 'state') return [input.name, state.tensor(input.name)]
        const { dtype, data, shape } = feedOf(feeds, input)
        return [input.name, new OrtTensorClass(dtype, data as Float32Array, shape)]
      }),
    )
}

function result(results: Record<string, OrtTensor>, name: string): OrtTensor {
  const tensor = results[name]
  invariant(tensor !== undefined, () => `no result named ${name}`)
  return tensor
}

async function upload(kind: EngineKind, tensors: Map<string, OrtTensor>): Promise<OrtState> {
  const session = await copyingSession(kind, tensors, true)
  const state = new OrtState(kind, await copyThrough(kind, session, tensors))
  await state.releaseAfter(session)
  return state
}

// Reading a GPU tensor by getData() aborts the process in onnxruntime-node 1.30, so a session copies it out.
async function download(kind: EngineKind, tensors: Map<string, OrtTensor>): Promise<Map<string, OrtTensor>> {
  const session = await copyingSession(kind, tensors, false)
  const copies = await copyThrough(kind, session, tensors)
  await session.release()
  return copies
}

function copyingSession(
  kind: EngineKind,
  tensors: Map<string, OrtTensor>,
  toDevice: boolean,
): Promise<InferenceSession> {
  const outputs = new Map([...tensors].map(([name, { dims }]) => [copyName(name), stateInput(name, dims)]))
  const model = encodeModel(lowerGraph({ outputs, updates: new Map() }, { name: 'copy' }))
  const onDevice = toDevice ? [...outputs.keys()] : []
  return createSession(kind, model, { onDevice, optimization: 'disabled' })
}

async function copyThrough(
  kind: EngineKind,
  session: InferenceSession,
  tensors: Map<string, OrtTensor>,
): Promise<Map<string, OrtTensor>> {
  const names = [...tensors.keys()]
  const fetches = Object.fromEntries(names.map((name) => [copyName(name), null]))
  const results = await runSession(kind, session, Object.fromEntries(tensors), fetches)
  return new Map(names.map((name) => [name, result(results, copyName(name))]))
}

const copyName = (name: string): string => `copy/${name}`

async function toOrtTensors(values: Parameters): Promise<Map<string, OrtTensor>> {
  const tensors = new Map<string, OrtTensor>()
  // A copy, because the state is overwritten in place and the caller's tensors must not change.
  for (const [name, { shape, data }] of values) {
    tensors.set(name, await toOrtTensor(floatTensor(shape, data.slice())))
  }
  return tensors
}

async function toOrtTensor({ dtype, shape, data }: Tensor): Promise<OrtTensor> {
  const { Tensor: OrtTensorClass } = await loadOrt()
  return new OrtTensorClass(dtype, data as Float32Array, shape)
}

function toFloatTensor({ dims, data }: OrtTensor, copy: boolean): FloatTensor {
  invariant(data instanceof Float32Array, () => 'a result is not float32')
  return floatTensor(dims, (copy ? data.slice() : data) as Float32Array<ArrayBuffer>)
}
