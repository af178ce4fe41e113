/** @file `devices`: what this machine can compute on. */
import type { Command } from 'commander'

import { listDevices, type DeviceReport } from '../../engine/devices.ts'
import type { Cli } from './cli.ts'
import { facts } from './text.ts'
import { inEnglish } from '../../sentence.ts'

/** Adds `devices`. */
export function addDevices(program: Command, { report }: Cli): void {
  program
    .command('devices')
    .description('list the devices this machine can compute on, each checked and timed')
    .action(async () => {
      const devices = await listDevices()
      report.line(facts(devices.map((device) => [device.kind, describeDevice(device)])))
      report.record({ type: 'done', devices })
    })
}

function describeDevice(device: DeviceReport): string {
  const memory = device.memoryMB === null ? '' : `, ${(device.memoryMB / 1000).toFixed(1)} GB of memory`
  const state = device.usable
    ? `works, ${device.gflops.toFixed(device.gflops < 10 ? 1 : 0)} GFLOP/s`
    : `cannot be used: ${inEnglish(device.reason)}`
  return `${device.name}${memory}\n${state}`
}
