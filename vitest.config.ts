import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts', 'test/integration/**/*.test.ts', 'test/architecture.test.ts'],
    globalSetup: 'test/support/one-temp-folder.ts',
    setupFiles: 'test/support/one-seed.ts',
    testTimeout: 40_000,
    hookTimeout: 180_000,
    // What is waited for comes when the machine gets to it; a second, as it is by default, is little on a busy one.
    expect: { poll: { timeout: 20_000 } },
    pool: 'forks',
    // Left alone, a machine with two cores would use one: many tests only wait for the processes they started.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
})
