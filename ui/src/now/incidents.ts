import type { Alert, Stream } from "../api/types";

/** What is wrong with one picture, or one site, told once: the alert that says it best, and the others about it. */
export interface Incident {
  key: string;
  lead: Alert;
  also: Alert[];
  pictures: number;
  /** When the first of its alerts began. */
  since: string | null;
}

export interface Incidents {
  firing: Incident[];
  /** Alerts that still fire while their picture has turned fine since: no incident any more. */
  ending: Incident[];
  pending: Incident[];
  resolved: Alert[];
}

/** Alerts as incidents: one per picture, most pictures first, then newest first. */
export function incidentsOf(alerts: Alert[], streams: Pick<Stream, "id" | "group" | "since">[]): Incidents {
  const byId = new Map(streams.map((stream) => [stream.id, stream]));
  const open = new Map<string, Alert[]>();
  for (const alert of alerts) {
    if (alert.state === "resolved") continue;
    const key = alert.stream === null ? `alert ${alert.id}` : `stream ${alert.stream}`;
    open.set(key, [...(open.get(key) ?? []), alert]);
  }
  const all = [...open].map(([key, group]) => incidentOf(key, group));
  all.sort((a, b) => b.pictures - a.pictures || (b.since ?? "").localeCompare(a.since ?? ""));
  const over = (incident: Incident): boolean => isOver(incident, byId.get(incident.lead.stream ?? ""));
  return {
    firing: all.filter((incident) => incident.lead.state === "firing" && !over(incident)),
    ending: all.filter(over),
    pending: all.filter((incident) => incident.lead.state === "pending" && !over(incident)),
    resolved: alerts
      .filter((alert) => alert.state === "resolved")
      .sort((a, b) => (b.resolvedAt ?? "").localeCompare(a.resolvedAt ?? "")),
  };
}

/** The picture turned fine after the alerts had begun. One that was fine all along may be about to break. */
function isOver({ since }: Incident, stream: Pick<Stream, "group" | "since"> | undefined): boolean {
  if (stream?.group !== "fine" || stream.since === null || since === null) return false;
  return Date.parse(stream.since) > Date.parse(since);
}

function incidentOf(key: string, alerts: Alert[]): Incident {
  const [lead, ...also] = [...alerts].sort(
    (a, b) => rank(a) - rank(b) || (a.since ?? "").localeCompare(b.since ?? ""),
  );
  if (lead === undefined) throw new Error("an incident without an alert");
  const begun = alerts.flatMap((alert) => alert.since ?? alert.firedAt ?? []).sort();
  return {
    key,
    lead,
    also,
    pictures: Math.max(...alerts.map((alert) => alert.pictures ?? 1)),
    since: begun[0] ?? null,
  };
}

/** Firing before pending, the picture before its stages, critical before the rest. */
function rank(alert: Alert): number {
  const pending = alert.state === "pending" ? 4 : 0;
  const stage = "stage" in alert.labels ? 2 : 0;
  return pending + stage + (alert.severity === "critical" ? 0 : 1);
}

/** A summary that names the camera as people do: "cam-1 is frozen" becomes "Gate north is frozen". */
export function spoken(summary: string, stream: Pick<Stream, "id" | "name"> | null): string {
  if (stream === null || stream.id === stream.name || stream.id === "") return summary;
  return summary
    .split(/(\s+)/)
    .map((word) => (word.replace(/[,.:;]$/, "") === stream.id ? word.replace(stream.id, () => stream.name) : word))
    .join("");
}
