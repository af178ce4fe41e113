/** @file Graphs written as plain records, for tests. */
import type { Graph, Value } from '../../core/graph/ir.ts'

/** A graph with these outputs and updates. */
export function graphOf(outputs: Record<string, Value>, updates: Record<string, Value> = {}): Graph {
  return { outputs: new Map(Object.entries(outputs)), updates: new Map(Object.entries(updates)) }
}
