import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    env: { ORT_DISABLE_TELEMETRY: '1' },
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
