/** @file Lowers a graph to an ONNX model: names for values, a node list, constants, inputs and outputs. */
import { at, type Shape } from '../tensor/shape.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { isOp, resultsOf, topologicalOrder, type Graph, type Node, type Op, type Value } from '../graph/ir.ts'
import type { ElementType, ExternalData, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from './model.ts'
import { lowerings, type LoweringContext } from './operators.ts'

/** Options of `lowerGraph`. */
export interface LoweringOptions {
  readonly name: string
  readonly metadata?: ReadonlyMap<string, string>
  /** Makes the first axis of every feed and output dynamic. */
  readonly freeBatch?: boolean
  /** Avoids operators for which the WebGPU provider has no kernel, or a slow one. */
  readonly forWebgpu?: boolean
  /** Turns every state tensor into a constant of this name with these bytes: a model that needs no state. */
  readonly weights?: (name: string) => Uint8Array | ExternalData
}

/** The name of the output with the new value of a state tensor. */
export function updateName(stateName: string): string {
  return `updated/${stateName}`
}

/** An ONNX model that computes the outputs of the graph and the updates of its state (named by `updateName`). */
export function lowerGraph(graph: Graph, options: LoweringOptions): OnnxModel {
  const writer = new Writer(options)
  const results = [...graph.outputs, ...[...graph.updates].map(([name, v]) => [updateName(name), v] as const)]
  const nodes = topologicalOrder(resultsOf(graph))
  const used = new Set([...nodes.flatMap((node) => node.inputs), ...resultsOf(graph)].map(key))
  for (const [name, value] of results) writer.claim(value, name)
  for (const node of nodes) writer.write(node, used)
  for (const [name, value] of results) writer.alias(value, name)
  return {
    name: options.name,
    nodes: writer.nodes,
    constants: [...writer.constants.values()],
    inputs: writer.inputs,
    outputs: results.map(([name, value]) => writer.declare(name, value.shape, value.dtype)),
    metadata: options.metadata ?? new Map(),
  }
}

const nodeIds = new WeakMap<Node, number>()
let nextId = 0

function key({ node, index }: Value): string {
  const id = nodeIds.get(node) ?? nextId++
  nodeIds.set(node, id)
  return `${id}.${index}`
}

class Writer {
  readonly nodes: OnnxNode[] = []
  readonly constants = new Map<string, OnnxTensor>()
  readonly inputs: OnnxValue[] = []
  private readonly names = new Map<string, string>()
  private readonly options: LoweringOptions
  private temporaries = 0

  constructor(options: LoweringOptions) {
    this.options = options
  }

  /** Gives a result its public name if the value is computed here and has no name yet. */
  claim(value: Value, name: string): void {
    const computed = !isOp(value.node, 'input') && !isOp(value.node, 'constant')
    if (computed && !this.names.has(key(value))) this.names.set(key(value), name)
  }

  /** A second public name for a value, or a public name for an input. */
  alias(value: Value, name: string): void {
    const known = this.nameOf(value)
    if (known !== name) this.nodes.push({ operator: 'Identity', inputs: [known], outputs: [name] })
  }

  write(node: Node, used: ReadonlySet<string>): void {
    if (isOp(node, 'input')) this.writeInput(node)
    else if (isOp(node, 'constant')) this.writeConstant(node)
    else this.writeNode(node, used)
  }

  declare(name: string, shape: Shape, type: ElementType): OnnxValue {
    const free = this.options.freeBatch === true && shape.length > 0
    return { name, type, shape: free ? ['batch', ...shape.slice(1)] : shape }
  }

  private writeInput(node: Node<'input'>): void {
    const { name, kind, shape, dtype } = node.attributes
    this.names.set(key({ node, index: 0, shape, dtype }), name)
    // Nodes of one name are one input.
    if (this.inputs.some((input) => input.name === name)) return
    const { weights } = this.options
    if (kind === 'feed') this.inputs.push(this.declare(name, shape, dtype))
    else if (weights === undefined) this.inputs.push({ name, type: dtype, shape })
    else this.constants.set(name, { name, type: dtype, shape, data: weights(name) })
  }

  private writeConstant(node: Node<'constant'>): void {
    const { tensor } = node.attributes
    const name = `constant${this.constants.size}`
    this.names.set(key({ node, index: 0, shape: tensor.shape, dtype: tensor.dtype }), name)
    this.addConstant(name, tensor.dtype, tensor.shape, tensor.data)
  }

  private writeNode(node: Node, used: ReadonlySet<string>): void {
    const outputs = node.outputs.map(({ shape, dtype }, index) => {
      const value = { node, index, shape, dtype }
      return index === 0 || used.has(key(value)) ? this.nameOf(value) : ''
    })
    const context: LoweringContext<Op> = {
      attributes: node.attributes,
      inputs: node.inputs.map((input) => this.nameOf(input)),
      outputs,
      rank: at(node.outputs, 0).shape.length,
      dtype: at(node.outputs, 0).dtype,
      forWebgpu: this.options.forWebgpu ?? false,
      emit: (operator, inputs, attributes = {}, to = [this.temporary()]) => {
        this.nodes.push({ operator, inputs, outputs: to, attributes })
        return at(to, 0)
      },
      integers: (values) => this.integers(values),
      float: (value) => this.float(value),
    }
    const lowering = lowerings[node.op as keyof typeof lowerings] as (context: LoweringContext<Op>) => void
    lowering(context)
  }

  private nameOf(value: Value): string {
    const known = this.names.get(key(value))
    if (known !== undefined) return known
    const name = this.temporary()
    this.names.set(key(value), name)
    return name
  }

  private temporary(): string {
    return `t${this.temporaries++}`
  }

  private integers(values: readonly number[]): string {
    const name = `integers ${values.join(' ')}`
    this.addConstant(name, 'int64', [values.length], BigInt64Array.from(values, BigInt))
    return name
  }

  private float(value: number): string {
    const name = `float ${value}`
    this.addConstant(name, 'float32', [], Float32Array.of(value))
    return name
  }

  private addConstant(name: string, type: ElementType, shape: Shape, data: TypedArray): void {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    this.constants.set(name, { name, type, shape, data: bytes })
  }
}

type TypedArray = Tensor['data'] | BigInt64Array
