/**
 * @file The engine on TensorFlow.js: runs a graph node by node with the state in variables on the device. A tensor is
 * freed after the last node that reads it, and anything a step leaves behind is freed at its end.
 */
import type { Tensor as TfTensor, Variable } from '@tensorflow/tfjs-core'
import { AppError, invariant } from '../errors.ts'
import { say } from '../sentence.ts'
import { isOp, resultsOf, topologicalOrder, type Graph, type Node, type Value } from '../graph/ir.ts'
import { at } from '../tensor/shape.ts'
import { floatTensor, type FloatTensor, type NamedTensors, type Parameters } from '../tensor/tensor.ts'
import type { Engine, Program, State } from './engine.ts'
import { feedOf } from './feeds.ts'
import { applyOperator, toTfTensor, type Tf } from './tf-operators.ts'

/** TensorFlow.js and the name of one of its registered backends. */
export interface TensorflowBackend {
  readonly tf: Tf
  readonly backend: string
}

/** The engine on one backend of TensorFlow.js. */
export function createTensorflowEngine(on: TensorflowBackend): Engine {
  return {
    kind: 'tensorflow',
    createState: (values) => compute(on, () => new TfState(on, values)),
    load: (graph, state) =>
      compute(on, () => {
        invariant(state instanceof TfState, () => 'this state belongs to another engine')
        return loadProgram(on, graph, state)
      }),
  }
}

/** Computes while this backend is the current one: TensorFlow.js has one for the whole process. */
async function compute<T>({ tf, backend }: TensorflowBackend, work: () => T): Promise<T> {
  while (tf.getBackend() !== backend) {
    const found = await tf.setBackend(backend)
    invariant(found, () => `TensorFlow.js has no working backend ${backend}`)
  }
  try {
    return work()
  } catch (cause) {
    throw deviceError(cause)
  }
}

function deviceError(cause: unknown): unknown {
  const reason = cause instanceof Error ? cause.message : String(cause)
  if (!/\bOOM\b|out of memory|resource exhausted|allocation failed/i.test(reason)) return cause
  const advice = say`Use a smaller micro-batch or resolution, or close other programs.`
  return new AppError('out_of_memory', say`TensorFlow ran out of memory. ${advice}`, { reason }, { cause })
}

class TfState implements State {
  private readonly on: TensorflowBackend
  private readonly variables: Map<string, Variable>

  constructor(on: TensorflowBackend, values: Parameters) {
    this.on = on
    this.variables = mapValues(values, (value) => createVariable(on.tf, value))
  }

  get names(): ReadonlySet<string> {
    return new Set(this.variables.keys())
  }

  async read(names: Iterable<string>): Promise<Map<string, FloatTensor>> {
    const wanted = new Map([...names].map((name) => [name, this.variable(name)]))
    return download(await compute(this.on, () => wanted))
  }

  dispose(): void {
    for (const variable of this.variables.values()) variable.dispose()
    this.variables.clear()
  }

  variable(name: string): Variable {
    const found = this.variables.get(name)
    invariant(found !== undefined, () => `no state named ${name}`)
    return found
  }
}

function createVariable(tf: Tf, value: FloatTensor): Variable {
  const tensor = toTfTensor(tf, value)
  const variable = tf.variable(tensor, false)
  tensor.dispose()
  return variable
}

function loadProgram(on: TensorflowBackend, graph: Graph, state: TfState): Program {
  const { tf } = on
  const plan = planOf(graph)
  const constants = new Map<Node, TfTensor>()
  for (const node of plan.order) {
    if (isOp(node, 'constant')) constants.set(node, tf.keep(toTfTensor(tf, node.attributes.tensor)))
  }
  const leaf = (node: Node, feeds: NamedTensors): TfTensor | undefined => {
    if (isOp(node, 'constant')) return constants.get(node)
    if (!isOp(node, 'input')) return undefined
    return node.attributes.kind === 'state'
      ? state.variable(node.attributes.name)
      : toTfTensor(tf, feedOf(feeds, node.attributes))
  }
  const step = (feeds: NamedTensors): Map<string, TfTensor> => {
    const results = execute(tf, plan, (node) => leaf(node, feeds))
    // Clones share their memory; they are needed because a result may be a variable that is about to be assigned.
    const outputs = mapValues(graph.outputs, (value) => tf.clone(results(value)))
    const updates = mapValues(graph.updates, (value) => tf.clone(results(value)))
    for (const [name, value] of updates) state.variable(name).assign(value)
    return outputs
  }
  return {
    run: async (feeds) => {
      const outputs = await compute(on, () => tidyMap(tf, () => step(feeds)))
      const values = await download(outputs)
      for (const tensor of outputs.values()) tensor.dispose()
      return values
    },
    dispose: async () => {
      for (const tensor of constants.values()) tensor.dispose()
      constants.clear()
    },
  }
}

/** The nodes in the order in which they are computed, and after which of them a node's outputs are no longer needed. */
interface Plan {
  readonly order: readonly Node[]
  readonly finished: ReadonlyMap<Node, readonly Node[]>
}

function planOf(graph: Graph): Plan {
  const order = topologicalOrder(resultsOf(graph))
  const lastReader = new Map<Node, Node>()
  for (const node of order) for (const input of node.inputs) lastReader.set(input.node, node)
  for (const result of resultsOf(graph)) lastReader.delete(result.node)
  const finished = new Map<Node, Node[]>()
  for (const [node, reader] of lastReader) {
    if (node.op === 'constant' || (isOp(node, 'input') && node.attributes.kind === 'state')) continue
    finished.set(reader, [...(finished.get(reader) ?? []), node])
  }
  return { order, finished }
}

/** Computes every node; returns a function that finds the tensor of a graph's result. */
function execute(
  tf: Tf,
  { order, finished }: Plan,
  leaf: (node: Node) => TfTensor | undefined,
): (value: Value) => TfTensor {
  const computed = new Map<Node, TfTensor[]>()
  const tensorOf = ({ node, index }: Value): TfTensor => at(computed.get(node) ?? [], index)
  for (const node of order) {
    const given = leaf(node)
    computed.set(node, given === undefined ? evaluate(tf, node, node.inputs.map(tensorOf)) : [given])
    for (const done of finished.get(node) ?? []) {
      for (const tensor of computed.get(done) ?? []) tensor.dispose()
      computed.delete(done)
    }
  }
  return tensorOf
}

/** The outputs of a node that computes. */
export function evaluate(tf: Tf, node: Node, inputs: readonly TfTensor[]): TfTensor[] {
  const { op } = node
  invariant(op !== 'input' && op !== 'constant', () => `${op} has a value of its own`)
  return tf.tidy(() => applyOperator(tf, op, inputs, node.attributes))
}

// tidy looks for tensors in arrays and plain objects, not in a Map.
function tidyMap(tf: Tf, work: () => Map<string, TfTensor>): Map<string, TfTensor> {
  return new Map(Object.entries(tf.tidy(() => Object.fromEntries(work()))))
}

async function download(tensors: ReadonlyMap<string, TfTensor>): Promise<Map<string, FloatTensor>> {
  const copies = new Map<string, FloatTensor>()
  for (const [name, tensor] of tensors) {
    const data = await tensor.data<'float32'>()
    // A copy, because the processor's backend hands out its own memory.
    copies.set(name, floatTensor(tensor.shape, Float32Array.from(data)))
  }
  return copies
}

function mapValues<A, B>(map: ReadonlyMap<string, A>, f: (value: A) => B): Map<string, B> {
  return new Map([...map].map(([name, value]) => [name, f(value)]))
}
