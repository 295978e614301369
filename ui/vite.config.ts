import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// `npm run dev` shows the pages against a running server: FRAMEWATCH_URL=http://127.0.0.1:9099
const server = process.env["FRAMEWATCH_URL"] ?? "http://127.0.0.1:9099";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "target/classes/ui",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0, // data: addresses would need a wider Content-Security-Policy
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { host: "127.0.0.1", proxy: { "/api": server, "/live": server } },
});
