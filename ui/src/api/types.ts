/**
 * What `GET /api/now` and the session answer, field by field. The one place where the pages say what they expect.
 * Times are ISO 8601 in UTC, durations are seconds, `null` means "not known": the server never invents a value.
 */

/** How a picture is doing, in the five ways that get a colour. */
export type Group = "fine" | "degraded" | "broken" | "unknown" | "maintenance";

export type StreamState =
  | "LIVE"
  | "DEGRADED"
  | "FROZEN"
  | "BLACK"
  | "OFFLINE"
  | "CONNECTING"
  | "FLAPPING"
  | "UNKNOWN"
  | "TAMPERED"
  | "MAINTENANCE";

export type StageState = "UP" | "SLOW" | "STOPPED" | "DOWN" | "STALLED";

export interface FindingPart {
  text: string;
  state?: Group | null;
}

/** What a sentence says, without its language. Absent from older servers, null where there are only words. */
export interface Message {
  code: string;
  values: Record<string, string>;
}

export interface Finding {
  worst: Group;
  parts: FindingPart[];
  support: string | null;
  code?: string;
}

export interface Counts {
  total: number;
  broken: number;
  unknown: number;
  degraded: number;
  maintenance: number;
  fine: number;
}

export interface Site {
  id: string;
  name: string;
  streams: string[];
  line: string | null;
  worst: Group;
  dataAgeSeconds: number | null;
}

/** One step from a cause to a picture; the root is where the fault began. */
export interface ChainLink {
  kind: string;
  id?: string | null;
  name?: string | null;
  state?: string | null;
  text: string;
  message?: Message | null;
  root: boolean;
}

export interface Thumbnail {
  url: string;
  takenAt: string | null;
  ageSeconds: number | null;
}

export interface Measures {
  fps: number | null;
  expectedFps: number | null;
  bitrateBps: number | null;
  segmentAgeSeconds: number | null;
  liveEdgeLagSeconds: number | null;
  speed: number | null;
  freshnessSeconds: number | null;
}

export interface HistorySpan {
  state: StreamState;
  group: Group;
  from: string;
  to: string | null;
}

export interface Stream {
  id: string;
  name: string;
  site: string | null;
  camera: string | null;
  state: StreamState;
  group: Group;
  reason?: string;
  since: string | null;
  cause: string | null;
  causeMessage?: Message | null;
  turn: string | null;
  lastSeen: string | null;
  chain: ChainLink[];
  thumbnail: Thumbnail | null;
  playlist: string | null;
  measures: Measures | null;
  history: HistorySpan[];
  /** The newest ones, oldest first. */
  segments?: Segment[];
}

export type Verdict = "fine" | "unseen" | "late" | "frozen" | "black" | "unreadable" | "missing" | "failed";

/** A segment as the probe saw it. */
export interface Segment {
  name: string;
  capturedAt: string | null;
  durationSeconds: number;
  seenAt: string;
  verdict: Verdict;
  detail: string | null;
  lagSeconds: number | null;
  traceId: string | null;
}

export type AlertState = "pending" | "firing" | "resolved";

export interface Alert {
  id: string;
  name: string;
  state: AlertState;
  since: string | null;
  firedAt: string | null;
  resolvedAt: string | null;
  severity: string | null;
  summary: string;
  cause: string | null;
  causeMessage?: Message | null;
  stream: string | null;
  site: string | null;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  turn: string | null;
  pictures: number | null;
}

export interface Stage {
  id: string;
  pipeline: string | null;
  kind: string;
  stream: string | null;
  state: StageState;
  since: string | null;
  speed: number | null;
  fps: number | null;
  restarts: number | null;
  pid: number | null;
  lastLog: string | null;
}

export interface Change {
  at: string;
  kind: string;
  title: string;
  detail: string | null;
  message?: Message | null;
}

export interface DemoFault {
  id: string;
  name: string;
  running: boolean;
  target: string | null;
}

export type RoundStatus = "waiting" | "injected" | "seen" | "alerted" | "recovered" | "missed";

export interface RoundRow {
  fault: string;
  target: string | null;
  seenAfterSeconds: number | null;
  alertAfterSeconds: number | null;
  recoveredAfterSeconds: number | null;
  status: RoundStatus;
}

export interface Demo {
  faults: DemoFault[];
  round: { number: number; rows: RoundRow[] } | null;
}

export interface Now {
  at: string;
  title: string | null;
  mode: "demo" | "watch" | "serve";
  finding: Finding;
  counts: Counts;
  dataAgeSeconds: number | null;
  sites: Site[];
  streams: Stream[];
  alerts: Alert[];
  stages: Stage[];
  changes: Change[];
  demo: Demo | null;
}

export interface Session {
  user: string | null;
  role: string | null;
  mode: "open" | "login" | "anonymous";
  /** How one may log in, told to those who have not. */
  login?: { password: boolean; provider: string | null };
}
