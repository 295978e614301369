import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/unit/**/*.test.ts"],
    environment: "node",
    env: { TZ: "UTC" },
    reporters: ["default", "junit"],
    outputFile: { junit: "target/test-reports/unit.xml" },
  },
});
