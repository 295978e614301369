/** `data.framewatch` of an answer with `stats=all`: docs/formats/query-plan.md. */
export interface Leaf {
  answeredBy: "hot" | "engine" | "split";
  pushedDown: string | null;
  engineSteps: number;
  series: number;
  rawSeries: number;
  samples: number;
}

export interface Part {
  text: string;
  position: string;
  series: number;
  steps: number;
  seconds: number;
  leaf: Leaf | null;
  parts: Part[];
}

export interface Cost {
  /** Wall time of the evaluation, and the time it waited for its turn, seconds. */
  seconds: number | null;
  queuedSeconds: number | null;
  samples: number | null;
  peakSamples: number | null;
  series: number | null;
  steps: number | null;
  /** Null where the source does not tell how it ran the query. */
  plan: Part | null;
}

/** A part in the order of reading, with its depth and the time that is its own. */
export interface Row {
  part: Part;
  depth: number;
  ownSeconds: number;
  /** Of the whole, 0 to 1. */
  share: number;
  slowest: boolean;
}

const PARTS_MAX = 1_000;

/** What a query cost, from an answer's data; another Prometheus tells `stats` alone. */
export function readCost(data: unknown): Cost {
  const { stats, framewatch } = record(data);
  const timings = record(record(stats)["timings"]);
  const samples = record(record(stats)["samples"]);
  const own = record(framewatch);
  return {
    seconds: count(timings["evalTotalTime"]),
    queuedSeconds: count(timings["execQueueTime"]),
    samples: count(samples["totalQueryableSamples"]),
    peakSamples: count(samples["peakSamples"]),
    series: count(own["seriesSelected"]),
    steps: count(own["steps"]),
    plan: own["plan"] === undefined ? null : part(own["plan"], { left: PARTS_MAX }),
  };
}

function part(json: unknown, budget: { left: number }): Part {
  budget.left--;
  const { text, position, series, steps, seconds, leaf, parts } = record(json);
  const below: Part[] = [];
  for (const one of Array.isArray(parts) ? (parts as unknown[]) : []) if (budget.left > 0) below.push(part(one, budget));
  return {
    text: typeof text === "string" ? text : "",
    position: typeof position === "string" ? position : "",
    series: count(series) ?? 0,
    steps: count(steps) ?? 0,
    seconds: count(seconds) ?? 0,
    leaf: leaf === undefined ? null : readLeaf(record(leaf)),
    parts: below,
  };
}

function readLeaf(json: Record<string, unknown>): Leaf {
  const by = (["hot", "engine", "split"] as const).find((one) => one === json["answeredBy"]) ?? "hot";
  return {
    answeredBy: by,
    pushedDown: typeof json["pushedDown"] === "string" ? json["pushedDown"] : null,
    engineSteps: count(json["engineSteps"]) ?? 0,
    series: count(json["series"]) ?? 0,
    rawSeries: count(json["rawSeries"]) ?? 0,
    samples: count(json["samples"]) ?? 0,
  };
}

/** The parts of a plan from the whole query down; the one that took most time by itself is marked. */
export function rowsOf(plan: Part): Row[] {
  const rows: Row[] = [];
  const total = Math.max(plan.seconds, 1e-9);
  const walk = (one: Part, depth: number): void => {
    const below = one.parts.reduce((sum, { seconds }) => sum + seconds, 0);
    rows.push({ part: one, depth, ownSeconds: Math.max(0, one.seconds - below), share: Math.min(1, one.seconds / total), slowest: false });
    for (const child of one.parts) walk(child, depth + 1);
  };
  walk(plan, 0);
  const slowest = rows.reduce((most, row) => (row.ownSeconds > most.ownSeconds ? row : most));
  if (rows.length > 1) slowest.slowest = true;
  return rows;
}

function record(json: unknown): Record<string, unknown> {
  return typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
}

function count(json: unknown): number | null {
  return typeof json === "number" && Number.isFinite(json) ? json : null;
}
