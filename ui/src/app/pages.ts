import { lazy, type ComponentType } from "react";
import type { Key } from "../i18n/en";
import type { IconName } from "../parts/Icon";

export interface PageProps {
  /** What follows the page's own path: "host" of "/dashboards/host". */
  rest: string;
}

export interface Page {
  id: string;
  /** The first is where the navigation leads; the others are addresses that links use too. */
  paths: readonly [string, ...string[]];
  icon: IconName;
  label: Key;
  short?: Key;
  part: "watch" | "engineer" | "fleet" | "yours" | "server";
  /** Whether the page has a time range; its picker and refresh are then always in the top bar. */
  time: boolean;
  /** Id of the page that the navigation shows for it, where it is a part of that one. */
  under?: string;
  /** Loaded when first visited; null for Now, which is part of the first load. */
  view: LateView | null;
}

type View = ComponentType<PageProps>;

/** A view whose program comes when it is first wanted. */
export class LateView {
  #came: View | null = null;
  readonly #later: View;

  constructor(private readonly program: () => Promise<{ default: View }>) {
    this.#later = lazy(() => this.load());
  }

  /** The view itself where its program is there; else one that waits for it. A view that waits keeps a page back. */
  view(): View {
    return this.#came ?? this.#later;
  }

  async load(): Promise<{ default: View }> {
    const module = await this.program();
    this.#came = module.default;
    return module;
  }
}

const NOW: Page = { id: "now", paths: ["/"], icon: "now", label: "nav.now", part: "watch", time: false, view: null };

/** Every page there is, in the order of the navigation. A page is listed once it works, and not before. */
export const PAGES: readonly Page[] = [
  NOW,
  {
    id: "explore",
    paths: ["/explore"],
    icon: "explore",
    label: "nav.explore",
    part: "engineer",
    time: true,
    view: new LateView(() => import("../explore/ExplorePage")),
  },
  {
    id: "logs",
    paths: ["/logs"],
    icon: "logs",
    label: "nav.logs",
    part: "engineer",
    time: true,
    view: new LateView(() => import("../logs/LogsPage")),
  },
  {
    id: "traces",
    paths: ["/traces"],
    icon: "traces",
    label: "nav.traces",
    part: "engineer",
    time: true,
    view: new LateView(() => import("../trace/TracesPage")),
  },
  {
    id: "trace",
    paths: ["/trace"],
    icon: "traces",
    label: "nav.traces",
    part: "engineer",
    time: false,
    under: "traces",
    view: new LateView(() => import("../trace/TracePage")),
  },
  {
    id: "dashboards",
    paths: ["/dashboards", "/d"],
    icon: "dashboards",
    label: "nav.dashboards",
    part: "yours",
    time: true,
    view: new LateView(() => import("../dash/DashboardsPage")),
  },
  server("targets", new LateView(() => import("../ops/TargetsPage"))),
  server("cardinality", new LateView(() => import("../ops/CardinalityPage"))),
  server("status", new LateView(() => import("../ops/StatusPage"))),
  server("users", new LateView(() => import("../ops/UsersPage"))),
];

/** A page of the server itself; phones reach it through "More". */
function server(id: "targets" | "cardinality" | "status" | "users", view: Page["view"]): Page {
  return { id, paths: [`/${id}`], icon: id, label: `nav.${id}`, part: "server", time: false, view };
}

export const PARTS: readonly { id: Page["part"]; label: Key | null }[] = [
  { id: "watch", label: null },
  { id: "engineer", label: "nav.part.engineer" },
  { id: "fleet", label: "nav.part.fleet" },
  { id: "yours", label: "nav.part.yours" },
  { id: "server", label: "nav.part.server" },
];

/** The page of a path, and what follows the page's own path; Now for an address that belongs to no page. */
export function pageOf(path: string): { page: Page; rest: string } {
  for (const page of PAGES) {
    for (const own of page.paths) {
      if (own !== "/" && (path === own || path.startsWith(`${own}/`))) return { page, rest: path.slice(own.length + 1) };
    }
  }
  return { page: NOW, rest: "" };
}
