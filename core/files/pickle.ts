/**
 * @file Reader of Python pickles, protocols 2 to 5, as data. A pickle is a program for a small stack machine; this
 * machine can call nothing but the functions in the table it is given. All other names become opaque objects, which run
 * nothing, and how much a pickle may create is bounded.
 */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { quoted } from './words.ts'

/** A Python name such as `torch.FloatStorage`. */
export class PickleGlobal {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** An object of an unknown class: what it contains as a dict, and the attributes it is given. */
export class PickleObject {
  readonly type: string
  items: Map<PickleValue, PickleValue> | null = null
  attributes: ReadonlyMap<PickleValue, PickleValue> | null = null
  constructor(type: string) {
    this.type = type
  }
}

/** What a value of a pickle can become: primitives, `Map` for dict, arrays for list and tuple, `Set`, objects above. */
export type PickleValue = unknown

/** Replaces a Python function; `spend` is called before a loop over arguments starts. */
export type PickleFunction = (args: readonly PickleValue[], spend: (steps: number) => void) => PickleValue

/** What the machine may do with names. */
export interface PickleRules {
  /** Functions by full name. */
  readonly functions: ReadonlyMap<string, PickleFunction>
  /** Names whose mere mention means harm. */
  readonly refused: RegExp
  /** The value behind a persistent id; PyTorch uses them for storages. */
  persistent(id: PickleValue): PickleValue
}

const mark = Symbol('mark')

// A training checkpoint with its optimiser and a log of a million numbers stays far below these.
const mostSteps = 2_000_000
const mostContainers = 500_000

interface Machine {
  readonly bytes: Uint8Array
  readonly rules: PickleRules
  readonly what: string
  position: number
  steps: number
  containers: number
  readonly stack: PickleValue[]
  readonly memo: Map<number, PickleValue>
}

/**
 * The value that a pickle describes.
 *
 * @param what names the pickle, for errors
 * @throws AppError `unsupported` naming what means harm or when there is too much, `invalid_input` when it is damaged
 * @see https://docs.python.org/3/library/pickletools.html
 */
export function unpickle(bytes: Uint8Array, rules: PickleRules, what: string): PickleValue {
  const start = { position: 0, steps: 0, containers: 0 }
  const machine: Machine = { bytes, rules, what, ...start, stack: [], memo: new Map() }
  for (;;) {
    spend(machine, 1)
    const code = unsigned(machine, 1)
    if (code === 0x2e) return pop(machine)
    const operation = operations.get(code)
    if (operation === undefined) throw broken(machine, `instruction 0x${code.toString(16)} is unknown`)
    operation(machine)
  }
}

type Operation = (machine: Machine) => void

const push =
  (value: (machine: Machine) => PickleValue): Operation =>
  (machine) => {
    machine.stack.push(value(machine))
  }

/** The same for what takes memory of its own. */
const make =
  (value: (machine: Machine) => PickleValue): Operation =>
  (machine) => {
    if (++machine.containers > mostContainers) throw tooMuch(machine)
    machine.stack.push(value(machine))
  }

const character = (letter: string): number => letter.charCodeAt(0)

const operations = new Map<number, Operation>([
  [0x80, checkProtocol],
  [0x95, (machine) => void take(machine, 8)],
  ...constantOperations(),
  ...containerOperations(),
  ...memoOperations(),
  ...objectOperations(),
])

function constantOperations(): [number, Operation][] {
  return [
    [character('N'), push(() => null)],
    [0x88, push(() => true)],
    [0x89, push(() => false)],
    [character('J'), push((m) => dataAt(m, 4).getInt32(0, true))],
    [character('K'), push((m) => unsigned(m, 1))],
    [character('M'), push((m) => unsigned(m, 2))],
    [0x8a, push((m) => longInteger(m, unsigned(m, 1)))],
    [0x8b, push((m) => longInteger(m, unsigned(m, 4)))],
    [character('G'), push((m) => dataAt(m, 8).getFloat64(0, false))],
    [character('X'), push((m) => text(m, unsigned(m, 4)))],
    [0x8c, push((m) => text(m, unsigned(m, 1)))],
    [0x8d, push((m) => text(m, unsigned(m, 8)))],
    [character('U'), push((m) => text(m, unsigned(m, 1)))],
    [character('T'), push((m) => text(m, unsigned(m, 4)))],
    [character('C'), make((m) => take(m, unsigned(m, 1)))],
    [character('B'), make((m) => take(m, unsigned(m, 4)))],
    [0x8e, make((m) => take(m, unsigned(m, 8)))],
    [0x96, make((m) => take(m, unsigned(m, 8)))],
  ]
}

function containerOperations(): [number, Operation][] {
  return [
    [character('('), push(() => mark)],
    [character(')'), make(() => [])],
    [character(']'), make(() => [])],
    [character('}'), make(() => new Map())],
    [0x8f, make(() => new Set())],
    [character('t'), make(popToMark)],
    [character('l'), make(popToMark)],
    [0x91, make((m) => new Set(popToMark(m)))],
    [
      character('d'),
      (m) => {
        const items = popToMark(m)
        make(() => new Map())(m)
        setItems(m, items)
      },
    ],
    [0x85, make((m) => popMany(m, 1))],
    [0x86, make((m) => popMany(m, 2))],
    [0x87, make((m) => popMany(m, 3))],
    [character('a'), (m) => addItems(m, popMany(m, 1))],
    [character('e'), (m) => addItems(m, popToMark(m))],
    [0x90, (m) => addItems(m, popToMark(m))],
    [character('s'), (m) => setItems(m, popMany(m, 2))],
    [character('u'), (m) => setItems(m, popToMark(m))],
    [character('0'), (m) => void pop(m)],
    [character('1'), (m) => void popToMark(m)],
    [character('2'), push(top)],
  ]
}

function memoOperations(): [number, Operation][] {
  return [
    [character('h'), push((m) => recall(m, unsigned(m, 1)))],
    [character('j'), push((m) => recall(m, unsigned(m, 4)))],
    [character('q'), (m) => void m.memo.set(unsigned(m, 1), top(m))],
    [character('r'), (m) => void m.memo.set(unsigned(m, 4), top(m))],
    [0x94, (m) => void m.memo.set(m.memo.size, top(m))],
  ]
}

function objectOperations(): [number, Operation][] {
  return [
    [character('c'), make((m) => globalNamed(m, line(m), line(m)))],
    [
      0x93,
      make((m) => {
        const [module, name] = popMany(m, 2)
        return globalNamed(m, module, name)
      }),
    ],
    [character('R'), make((m) => call(m, popMany(m, 2)))],
    [0x81, make((m) => call(m, popMany(m, 2)))],
    [0x92, make((m) => call(m, popMany(m, 3)))],
    [character('b'), setAttributes],
    [character('Q'), make((m) => m.rules.persistent(pop(m)))],
  ]
}

function recall(machine: Machine, key: number): PickleValue {
  if (!machine.memo.has(key)) throw broken(machine, `it refers to value ${key} before it exists`)
  return machine.memo.get(key)
}

function checkProtocol(machine: Machine): void {
  const version = unsigned(machine, 1)
  if (version > 5) throw broken(machine, `its protocol is ${version}; 2 to 5 are known`)
}

function globalNamed(machine: Machine, module: PickleValue, name: PickleValue): PickleGlobal {
  if (typeof module !== 'string' || typeof name !== 'string') throw broken(machine, 'a name is no text')
  const full = `${module}.${name}`
  if (!machine.rules.refused.test(full)) return new PickleGlobal(full)
  throw new AppError(
    'unsupported',
    say`${machine.what} asks for the Python object ${quoted(full)}, which no model needs and which can run anything when Python opens the file. Nothing was run and the file is refused. Get the weights from a source you trust, best as safetensors.`,
    { global: full.slice(0, 200) },
  )
}

/** Whatever is called becomes an opaque object, except the functions in the table. */
function call(machine: Machine, [callee, args]: readonly PickleValue[]): PickleValue {
  if (callee instanceof PickleObject) return new PickleObject(callee.type)
  if (!(callee instanceof PickleGlobal) || !Array.isArray(args))
    throw broken(machine, 'it calls what is not a function')
  const construct = machine.rules.functions.get(callee.name)
  return construct === undefined
    ? new PickleObject(callee.name)
    : construct(args, (steps) => spend(machine, steps))
}

function addItems(machine: Machine, items: readonly PickleValue[]): void {
  const target = top(machine)
  if (Array.isArray(target)) for (const item of items) target.push(item)
  else if (target instanceof Set) for (const item of items) target.add(item)
  else if (!(target instanceof PickleObject)) throw broken(machine, 'it appends to what is not a list')
}

function setItems(machine: Machine, items: readonly PickleValue[]): void {
  const dict = dictOf(top(machine))
  if (dict === undefined || items.length % 2 === 1)
    throw broken(machine, 'it sets items of what is not a dict')
  for (let index = 0; index < items.length; index += 2) dict.set(items[index], items[index + 1])
}

// The state of a known thing, such as the version of a dictionary of weights, is of no use.
function setAttributes(machine: Machine): void {
  const state = pop(machine)
  const target = top(machine)
  if (target instanceof PickleObject && state instanceof Map) target.attributes = state
}

function dictOf(target: PickleValue): Map<PickleValue, PickleValue> | undefined {
  if (target instanceof PickleObject) return (target.items ??= new Map())
  return target instanceof Map ? target : undefined
}

function spend(machine: Machine, steps: number): void {
  machine.steps += steps
  if (machine.steps > mostSteps) throw tooMuch(machine)
}

function top(machine: Machine): PickleValue {
  if (machine.stack.length === 0) throw broken(machine, 'its stack runs empty')
  return machine.stack.at(-1)
}

function pop(machine: Machine): PickleValue {
  const value = top(machine)
  machine.stack.pop()
  return value
}

function popMany(machine: Machine, count: number): PickleValue[] {
  if (machine.stack.length < count) throw broken(machine, 'its stack runs empty')
  return machine.stack.splice(machine.stack.length - count)
}

function popToMark(machine: Machine): PickleValue[] {
  const start = machine.stack.lastIndexOf(mark)
  if (start < 0) throw broken(machine, 'a mark is missing')
  return machine.stack.splice(start).slice(1)
}

function take(machine: Machine, length: number): Uint8Array {
  const start = machine.position
  if (length > machine.bytes.byteLength - start) throw broken(machine, 'it ends too early')
  machine.position = start + length
  return machine.bytes.subarray(start, start + length)
}

function dataAt(machine: Machine, length: number): DataView {
  const { buffer, byteOffset, byteLength } = take(machine, length)
  return new DataView(buffer, byteOffset, byteLength)
}

function unsigned(machine: Machine, length: 1 | 2 | 4 | 8): number {
  const view = dataAt(machine, length)
  switch (length) {
    case 1:
      return view.getUint8(0)
    case 2:
      return view.getUint16(0, true)
    case 4:
      return view.getUint32(0, true)
    case 8:
      return Number(view.getBigUint64(0, true))
  }
}

const utf8 = new TextDecoder()

function text(machine: Machine, length: number): string {
  return utf8.decode(take(machine, length))
}

function line(machine: Machine): string {
  const end = machine.bytes.indexOf(0x0a, machine.position)
  if (end < 0) throw broken(machine, 'it ends too early')
  const value = text(machine, end - machine.position)
  machine.position = end + 1
  return value
}

const longestInteger = 64

// Two's complement, least significant byte first.
function longInteger(machine: Machine, length: number): number | bigint {
  if (length > longestInteger) throw broken(machine, `an integer has ${length} bytes`)
  const hex = Buffer.from(take(machine, length)).reverse().toString('hex')
  const value = hex === '' ? 0n : BigInt.asIntN(length * 8, BigInt(`0x${hex}`))
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

function tooMuch({ what }: Machine): AppError {
  return new AppError(
    'unsupported',
    say`${what} holds more than weights and the state of a training: millions of other values. Save the model's state_dict() alone and open that file.`,
  )
}

function broken(machine: Machine, why: string): AppError {
  return new AppError(
    'invalid_input',
    say`${machine.what} is damaged: at byte ${machine.position} ${why}. Copy or download the file again.`,
  )
}
