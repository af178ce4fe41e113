/** @file The one interface between graphs and whatever executes them. */
import type { Graph } from '../graph/ir.ts'
import type { FloatTensor, NamedTensors, Parameters } from '../tensor/tensor.ts'

/** What can be asked for by name; `auto` is resolved by core/engine/devices.ts. */
export const engineKinds = ['cpu', 'webgpu', 'cuda', 'dml', 'coreml', 'tensorflow'] as const

export type EngineKind = (typeof engineKinds)[number]

/** A device as shown to a person. */
export interface Device {
  readonly kind: EngineKind
  /** The maker's name, `AMD EPYC, 2 cores`. */
  readonly name: string
  /** Memory in MB of 10^6 bytes, `null` if the system does not say. */
  readonly memoryMB: number | null
}

/** Executes graphs on one device. */
export interface Engine {
  readonly kind: EngineKind
  /** Puts tensors on the device under their names. */
  createState(values: Parameters): Promise<State>
  /** Prepares a graph whose state inputs are the tensors of `state`. Several programs may share one state. */
  load(graph: Graph, state: State): Promise<Program>
}

/** Named float32 tensors that stay on the device: weights, momentum, gradient sums. */
export interface State {
  readonly names: ReadonlySet<string>
  /** Copies of these tensors in main memory. */
  read(names: Iterable<string>): Promise<Map<string, FloatTensor>>
  dispose(): void
}

/** A graph ready to run. */
export interface Program {
  /** Runs once: writes the graph's updates into the state and gives its outputs. */
  run(feeds: NamedTensors): Promise<Map<string, FloatTensor>>
  dispose(): Promise<void>
}
