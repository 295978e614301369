import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

// `npm run dev` shows the pages against a running server: FRAMEWATCH_URL=http://127.0.0.1:9099
const server = process.env["FRAMEWATCH_URL"] ?? "http://127.0.0.1:9099";

/** The program of each page that is loaded when first visited, by the first part of its address. */
export const PAGE_MODULES: Readonly<Record<string, string>> = {
  explore: "explore/ExplorePage.tsx",
  logs: "logs/LogsPage.tsx",
  traces: "trace/TracesPage.tsx",
  trace: "trace/TracePage.tsx",
  dashboards: "dash/DashboardsPage.tsx",
  d: "dash/DashboardsPage.tsx",
  targets: "ops/TargetsPage.tsx",
  cardinality: "ops/CardinalityPage.tsx",
  status: "ops/StatusPage.tsx",
  users: "ops/UsersPage.tsx",
};

/**
 * Writes `pages/NAME.html` for each page that is no part of the first load: index.html, which asks for the page's own
 * program and styles at once instead of when the program around it has run. The server sends it for /NAME.
 */
function pagesAhead(): Plugin {
  return {
    name: "framewatch-pages-ahead",
    apply: "build",
    enforce: "post",
    generateBundle(_options, bundle) {
      const index = bundle["index.html"];
      if (index?.type !== "asset") return this.error("there is no index.html to begin from");
      const html = String(index.source);
      const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
      for (const [name, module] of Object.entries(PAGE_MODULES)) {
        const page = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(`/src/${module}`));
        if (page === undefined) return this.error(`no program is built from src/${module}`);
        const needed = new Set([page.fileName]);
        for (const file of needed) for (const other of chunks.find(({ fileName }) => fileName === file)?.imports ?? []) needed.add(other);
        const styles = new Set(chunks.filter(({ fileName }) => needed.has(fileName)).flatMap((one) => [...(one.viteMetadata?.importedCss ?? [])]));
        const missing = (file: string): boolean => !html.includes(`"/${file}"`);
        const links = [
          ...[...styles].filter(missing).map((file) => `<link rel="stylesheet" crossorigin href="/${file}">`),
          ...[...needed].filter(missing).map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`),
        ];
        this.emitFile({ type: "asset", fileName: `pages/${name}.html`, source: html.replace("</head>", `  ${links.join("\n    ")}\n  </head>`) });
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), pagesAhead()],
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
