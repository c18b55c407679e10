import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts', 'test/integration/**/*.test.ts', 'test/architecture.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 40_000,
    pool: 'forks',
  },
})
