/** @file A scale of colours from dark blue over green to yellow, even to the eye and for colour-blind people (after viridis). */

const stops = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
] as const

/** Red, green and blue of a value from 0 to 1. */
export function heat(value: number): readonly [number, number, number] {
  const place = Math.min(1, Math.max(0, value)) * (stops.length - 1)
  const low = Math.min(stops.length - 2, Math.floor(place))
  const [from = stops[0], to = stops[0]] = [stops[low], stops[low + 1]]
  const mix = (channel: 0 | 1 | 2): number => from[channel] + (to[channel] - from[channel]) * (place - low)
  return [mix(0), mix(1), mix(2)]
}
