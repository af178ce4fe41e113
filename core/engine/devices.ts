/** @file What this machine can compute on: devices with names and memory, and the choice of the fastest that works. */
import { availableParallelism, cpus, totalmem } from 'node:os'
import { AppError } from '../errors.ts'
import { feed, gemm, layerNorm, slice, softmax, state } from '../graph/build.ts'
import { interpret } from '../graph/interpret.ts'
import type { Graph, Value } from '../graph/ir.ts'
import { createRandom, normal } from '../tensor/random.ts'
import { sizeOf, type Shape } from '../tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../tensor/tensor.ts'
import { makeOrDispose } from './disposables.ts'
import type { Device, Engine, EngineKind, Program } from './engine.ts'
import { createOrtEngine } from './ort-engine.ts'
import { loadOrt } from './ort-session.ts'
import { installedTensorflow, loadTensorflow, type NativeTensorflow } from './tf-backend.ts'
import { createTensorflowEngine } from './tf-engine.ts'
import { mayHaveVulkan } from './vulkan.ts'
import { inTurn, say, type Sentence } from '../sentence.ts'

/** A device that was checked: usable with its speed, or refused with the reason. */
export type DeviceReport = Device &
  ({ readonly usable: true; readonly gflops: number } | { readonly usable: false; readonly reason: Sentence })

/** Why `auto` left out each of the other devices, in one sentence each. */
export interface ChosenEngine {
  readonly engine: Engine
  readonly device: Device
  readonly remarks: readonly Sentence[]
}

/** Every device that ONNX Runtime knows on this machine, and TensorFlow; checked and timed, about a second each. */
export async function listDevices(): Promise<DeviceReport[]> {
  return probeAll(await knownDevices())
}

/**
 * The engine of this kind, or with `auto` the fastest one that computes correctly.
 *
 * @throws AppError `unsupported` when a device asked for by name cannot be used
 */
export async function chooseEngine(wanted: EngineKind | 'auto'): Promise<ChosenEngine> {
  const known = await knownDevices()
  const candidates = known.filter(({ kind }) => (wanted === 'auto' ? isCandidate(kind) : kind === wanted))
  if (candidates.length === 0) throw new AppError('unsupported', notOffered(wanted, known))
  const reports = await probeAll(candidates)
  const usable = reports.filter((report) => report.usable).sort((a, b) => b.gflops - a.gflops)
  const [best] = usable
  if (best === undefined) throw new AppError('unsupported', inTurn(reports.map((report) => remark(report))))
  const others = reports.filter((report) => report !== best)
  return {
    engine: (await open(best)).engine,
    device: best,
    remarks: others.map((other) => remark(other, best)),
  }
}

// On the processor TensorFlow's matrix products are as fast as ONNX Runtime's but its steps are not (measured: 0.75 to
// 0.9 of the speed); and nobody who never asked for it should read that it is missing.
function isCandidate(kind: EngineKind): boolean {
  return kind !== 'tensorflow' || installedTensorflow() === 'gpu'
}

function notOffered(wanted: string, known: readonly Device[]): Sentence {
  const kinds = known.map((device) => device.kind).join(', ')
  return say`There is no ${wanted} device in this installation; it offers ${kinds}. Choose one of these or auto.`
}

function remark(report: DeviceReport, best?: DeviceReport): Sentence {
  if (!report.usable) return say`${report.name} (${report.kind}) was not used: ${report.reason}`
  const speed = (value: DeviceReport | undefined): string =>
    value?.usable === true ? `${value.gflops.toFixed(0)} GFLOP/s` : ''
  return say`${report.name} (${report.kind}) works but is slower: ${speed(report)} against ${speed(best)}.`
}

const kindsByBackend: Readonly<Record<string, EngineKind>> = {
  cpu: 'cpu',
  webgpu: 'webgpu',
  cuda: 'cuda',
  dml: 'dml',
  coreml: 'coreml',
}

async function knownDevices(): Promise<Device[]> {
  const { listSupportedBackends } = await loadOrt()
  const kinds = listSupportedBackends().flatMap(({ name }) => kindsByBackend[name] ?? [])
  const gpu = kinds.some((kind) => kind !== 'cpu') ? await graphicsCard() : unnamedGpu
  const ofOrt = kinds.map((kind) => (kind === 'cpu' ? cpuDevice() : { kind, ...gpu }))
  return [...ofOrt, { kind: 'tensorflow', name: 'TensorFlow', memoryMB: null }]
}

function cpuDevice(): Device {
  const model = cpus()[0]?.model.trim() ?? 'Processor'
  const cores = availableParallelism()
  return {
    kind: 'cpu',
    name: `${model}, ${cores} ${cores === 1 ? 'core' : 'cores'}`,
    memoryMB: Math.round(totalmem() / 1e6),
  }
}

const unnamedGpu = { name: 'Graphics card', memoryMB: null }

async function graphicsCard(): Promise<Pick<Device, 'name' | 'memoryMB'>> {
  const { graphics } = await import('systeminformation')
  const { controllers } = await graphics()
  const [largest] = controllers
    .filter((controller) => controller.model !== '')
    .sort((a, b) => (b.vram ?? 0) - (a.vram ?? 0))
  if (largest === undefined) return unnamedGpu
  // systeminformation counts in MiB.
  const memoryMB = largest.vram === null || largest.vram === 0 ? null : Math.round(largest.vram * 1.048576)
  return { name: largest.model, memoryMB }
}

/** The engine of a device, and the device as known once its library has been loaded. */
async function open(device: Device): Promise<{ engine: Engine; opened: Device }> {
  if (device.kind !== 'tensorflow') return { engine: createOrtEngine(device.kind), opened: device }
  const tensorflow = loadTensorflow()
  return { engine: createTensorflowEngine(tensorflow), opened: await tensorflowDevice(tensorflow) }
}

async function tensorflowDevice({ version, onGpu, forGpu }: NativeTensorflow): Promise<Device> {
  const { name, memoryMB } = onGpu ? await graphicsCard() : cpuDevice()
  const without = forGpu && !onGpu ? ', without the graphics card: CUDA 11 or cuDNN 8 not found' : ''
  return { kind: 'tensorflow', name: `${name} (TensorFlow ${version}${without})`, memoryMB }
}

// One after the other, because two that compute at once would slow each other down.
async function probeAll(devices: readonly Device[]): Promise<DeviceReport[]> {
  const reports: DeviceReport[] = []
  for (const device of devices) reports.push(await probe(device))
  return reports
}

async function probe(device: Device): Promise<DeviceReport> {
  if (device.kind === 'webgpu' && !(await mayHaveVulkan())) {
    return { ...device, usable: false, reason: say`no graphics driver (Vulkan) is installed.` }
  }
  try {
    const { engine, opened } = await open(device)
    const error = await numericError(engine)
    if (error <= largestError) return { ...opened, usable: true, gflops: await matmulSpeed(engine) }
    return { ...opened, usable: false, reason: say`its results were wrong by ${error.toExponential(1)}.` }
  } catch (thrown) {
    return { ...device, usable: false, reason: AppError.from(thrown).sentence }
  }
}

// Float32 sums of 48 terms are good to about 1e-6; a GPU's fast transcendental functions lose another digit.
const largestError = 1e-4

/** Largest difference from the interpreter on a graph with the kinds of kernels that training needs. */
async function numericError(engine: Engine): Promise<number> {
  const x = feed('x', [8, 48])
  const weight = state('weight', [16, 48])
  const product = gemm(layerNorm(x, state('scale', [48]), state('bias', [48]), 1e-6), weight, {
    transposeB: true,
  })
  const graph: Graph = { outputs: new Map([['y', softmax(product)]]), updates: new Map() }
  const values = new Map(
    [x, weight, state('scale', [48]), state('bias', [48])].map((value, seed) => [
      nameOf(value),
      randomTensor(value.shape, seed),
    ]),
  )
  const expected = interpret(graph, values).get('y')?.data ?? []
  const actual = await runOnce(engine, graph, values)
  return Math.max(
    ...[...expected].map((value, index) => Math.abs(value - (actual.data[index] ?? Number.NaN))),
  )
}

async function runOnce(
  engine: Engine,
  graph: Graph,
  values: ReadonlyMap<string, FloatTensor>,
): Promise<FloatTensor> {
  return makeOrDispose(async ({ keep, dispose }) => {
    const deviceState = keep(await engine.createState(values))
    const program = keep(await engine.load(graph, deviceState))
    const y = (await program.run(values)).get('y')
    await dispose()
    return y ?? floatTensor([0], new Float32Array())
  })
}

const probeSize = 1024
const probeRuns = 4

/** Speed of a square matrix product in GFLOP/s, the best of a few runs; the result stays on the device. */
async function matmulSpeed(engine: Engine): Promise<number> {
  const { program, dispose } = await matmulProgram(engine, [probeSize, probeSize, probeSize])
  const times: number[] = []
  for (let run = 0; run <= probeRuns; run++) {
    const start = performance.now()
    await program.run(new Map())
    times.push(performance.now() - start)
  }
  await dispose()
  return (2 * probeSize ** 3) / Math.min(...times) / 1e6
}

/** A program that multiplies two matrices [m, k]·[k, n] and gives one number back. */
export async function matmulProgram(
  engine: Engine,
  [m, k, n]: readonly [number, number, number],
): Promise<{ program: Program; dispose: () => Promise<void> }> {
  const a = state('a', [m, k])
  const b = state('b', [k, n])
  const values = new Map([a, b].map((value, seed) => [nameOf(value), randomTensor(value.shape, seed)]))
  const graph: Graph = { outputs: new Map([['corner', corner(gemm(a, b))]]), updates: new Map() }
  return makeOrDispose(async ({ keep, dispose }) => {
    const deviceState = keep(await engine.createState(values))
    const program = keep(await engine.load(graph, deviceState))
    return { program, dispose }
  })
}

function corner(x: Value): Value {
  return slice(slice(x, 0, 0, 1), 1, 0, 1)
}

function nameOf(value: Value): string {
  return (value.node.attributes as { name: string }).name
}

function randomTensor(shape: Shape, seed: number): FloatTensor {
  const random = createRandom(seed)
  return floatTensor(
    shape,
    new Float32Array(sizeOf(shape)).map(() => normal(random)),
  )
}
