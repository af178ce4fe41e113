/** @file Where a method is answered: by the server itself, or by the engine process, to which the server forwards it. */
import type { Contract, Method } from './rpc.ts'

/** Marks a method that computes: the engine answers it, and the server forwards it unchanged. */
export function computed<M extends Method>(method: M): M & InEngine {
  return { ...method, engine: true }
}

interface InEngine {
  readonly engine: true
}

/** The methods of a contract that the engine answers. */
export type EngineSide<C> = WithoutEmpty<{
  readonly [Subject in keyof C]: {
    readonly [Name in keyof C[Subject] as C[Subject][Name] extends InEngine ? Name : never]: C[Subject][Name]
  }
}>

/** The methods of a contract that the server answers itself. */
export type ServerSide<C> = WithoutEmpty<{
  readonly [Subject in keyof C]: {
    readonly [Name in keyof C[Subject] as C[Subject][Name] extends InEngine ? never : Name]: C[Subject][Name]
  }
}>

type WithoutEmpty<C> = {
  readonly [Subject in keyof C as keyof C[Subject] extends never ? never : Subject]: C[Subject]
}

/** The methods of `contract` that the engine answers. */
export function engineSide<C extends Contract>(contract: C): EngineSide<C> {
  const subjects = Object.entries(contract).map(
    ([subject, methods]) =>
      [
        subject,
        Object.fromEntries(Object.entries(methods).filter(([, method]) => 'engine' in method)),
      ] as const,
  )
  return Object.fromEntries(
    subjects.filter(([, methods]) => Object.keys(methods).length > 0),
  ) as EngineSide<C>
}
