import { defineConfig } from "vitest/config";

// The built pages in a real Chromium. Needs `npm run build` before.
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    environment: "node",
    // These bound what hangs; they judge no speed. A machine under load is ten times slower.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
    reporters: ["default", "junit"],
    outputFile: { junit: "target/test-reports/browser.xml" },
  },
});
