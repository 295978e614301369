import { defineConfig } from "vitest/config";

// The built pages in a real Chromium. Needs `npm run build` before.
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    environment: "node",
    testTimeout: 30_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    reporters: ["default", "junit"],
    outputFile: { junit: "target/test-reports/browser.xml" },
  },
});
