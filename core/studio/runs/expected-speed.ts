/** @file How fast training usually goes on a device whose plain matrix products were timed: a guess until steps are. */

// Share of a plain matrix product's speed that a training step reaches. On processors 0.67 to 1.06 were measured (see
// README). Elsewhere it is a cautious guess.
const usualShare = { cpu: 0.7, other: 0.35 } as const

/** 10^9 operations per second of a training step on a device that reaches `gflops` in a plain product. */
export function expectedGflops({ kind, gflops }: { readonly kind: string; readonly gflops: number }): number {
  return gflops * (kind === 'cpu' ? usualShare.cpu : usualShare.other)
}
