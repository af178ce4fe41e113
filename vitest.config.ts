/** @file The tests: those of the core, and those that need a GPU, which run on one made of software. */
import { defineConfig } from 'vitest/config'

import { softwareGpuEnvironment } from './build/software-gpu.mjs'

const softwareGpu = softwareGpuEnvironment()

export default defineConfig({
  test: {
    setupFiles: ['test/setup.ts'],
    env: { ORT_DISABLE_TELEMETRY: '1' },
    // Processes, because ONNX Runtime aborts where a thread that computes is ended.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'core', include: ['test/**/*.test.ts'], exclude: ['test/gpu/**'] } },
      {
        extends: true,
        test: {
          name: 'gpu',
          include: ['test/gpu/**/*.test.ts'],
          env: { ...softwareGpu, VIT_STUDIO_SOFTWARE_GPU: softwareGpu === null ? '' : '1' },
        },
      },
    ],
  },
})
