/** @file What the momentum of a parameter is called in the state of SGD. */
import { slotName } from '../../core/optim/optimiser.ts'

export const momentumName = (parameter: string): string => slotName('momentum', parameter)
