import type { Alert, Change, ChainLink, Message, Now, Stream } from "../api/types";
import { useWords, type Words } from "../i18n";
import { en, type Key } from "../i18n/en";
import { WORST_FIRST } from "./state";

/** Words for the reader, and whether they are the server's own English instead of the reader's language. */
export interface Said {
  text: string;
  foreign: boolean;
}

type Speaking = Pick<Words, "t" | "time">;

function keyOf(prefix: string, code: string): Key | null {
  const key = prefix + code;
  return Object.hasOwn(en, key) ? (key as Key) : null;
}

/** A code of the server in the reader's words; the code itself where there are none. */
function word({ t }: Speaking, prefix: string, code: string | undefined): string {
  const key = keyOf(prefix, code ?? "");
  return key === null ? (code ?? "") : t(key);
}

/** The server's sentence in the reader's language, by its code; where the code is not known, as the server wrote it. */
export function tell(words: Speaking, message: Message | null | undefined, otherwise: string | null, prefix = "told."): Said {
  const key = message ? keyOf(prefix, message.code) : null;
  if (message === null || message === undefined || key === null) return { text: otherwise ?? "", foreign: true };
  const text = words.t(key, valuesOf(words, message.values));
  return { text: key.startsWith("told.source.") ? text.charAt(0).toUpperCase() + text.slice(1) : text, foreign: false };
}

function valuesOf(words: Speaking, values: Record<string, string>): Record<string, string> {
  const { t, time } = words;
  const { since, lastSeen, how, detail, kind, stage, arrival, state, reason, fault, from, to } = values;
  return {
    ...values,
    since: since === undefined ? "" : time(since),
    how: how === undefined ? "" : ` (${how})`,
    detail: detail === undefined ? "" : ` (${detail})`,
    last: lastSeen === undefined ? "" : t("last.seen", { time: time(lastSeen) }),
    kind: word(words, "kind.", kind),
    stage: word(words, "stageKind.", stage),
    arrival: word(words, "arrival.", arrival),
    speed: values["speed"] ?? "?",
    fps: values["fps"] ?? "?",
    expectedFps: values["expectedFps"] ?? "?",
    is: adjective(words, state, reason),
    so: consequence(words, state, reason),
    fault: word(words, "fault.", fault),
    from: word(words, "is.", from),
    to: word(words, "is.", to),
  };
}

/** "late" rather than "degraded" where the reason says more. */
export function adjective(words: Speaking, state: string | undefined, reason: string | undefined): string {
  const told = state === "DEGRADED" ? keyOf("is.", reason ?? "") : null;
  return told === null ? word(words, "is.", state) : words.t(told);
}

function consequence(words: Speaking, state: string | undefined, reason: string | undefined): string {
  switch (state) {
    case "FLAPPING":
      return words.t("so.comesAndGoes");
    case "DEGRADED":
      return reason === "ARRIVES_SLOWLY" ? words.t("so.late") : words.t("so.weak", { is: adjective(words, state, reason) });
    case "FROZEN":
      return words.t("so.still");
    case "BLACK":
      return words.t("so.black");
    case "OFFLINE":
    case "CONNECTING":
    case "UNKNOWN":
      return words.t("so.noSegments");
    default:
      return words.t("so.risk");
  }
}

export function tellNode(words: Speaking, link: ChainLink): Said {
  const { message } = link;
  const at = message?.code === "stream.is" && message.values["fps"] !== undefined;
  return tell(words, at ? { ...message, code: "stream.at" } : message, link.text, "node.");
}

/** The summary of an alert of our own rules; others, and changed ones, say it in their rule's words. */
export function tellAlert(words: Speaking, alert: Alert, english: (key: Key, values: Record<string, string>) => string, name: string): Said {
  const key = keyOf("alert.", alert.name);
  const { stage } = alert.labels;
  const ours = { stream: alert.stream ?? "", stage: stage ?? "" };
  if (key === null || alert.stream === null || english(key, ours) !== alert.summary) return { text: alert.summary, foreign: true };
  return { text: words.t(key, { stream: name, stage: word(words, "stageKind.", stage) }), foreign: false };
}

/** A change and what goes with it. */
export function tellChange(words: Speaking, change: Change): { title: Said; detail: Said | null } {
  const { message } = change;
  const title = tell(words, message, change.title, "change.");
  const { detail } = change;
  if (title.foreign || detail === null || detail === "") return { title, detail: detail ? { text: detail, foreign: true } : null };
  if (message?.code === "state.changed") {
    return { title, detail: { text: words.t("change.was", { from: word(words, "is.", message.values["from"]) }), foreign: false } };
  }
  if (message?.code === "fault.forgotten") return { title, detail: null };
  return { title, detail: tellWhy(words, detail) };
}

function tellWhy({ t }: Speaking, detail: string): Said {
  const gap = /^after a gap of (\d+) s in its output$/.exec(detail)?.[1];
  if (gap !== undefined) return { text: t("why.gap", { n: gap }), foreign: false };
  if (detail === "its input began anew") return { text: t("why.input"), foreign: false };
  const signal = /^after ((?:signal|exit) \d+)$/.exec(detail)?.[1];
  if (signal !== undefined) return { text: t("why.after", { what: signal }), foreign: false };
  return { text: detail, foreign: true };
}

/** A few words about some pictures: "2 frozen, 1 late"; empty when all are fine. */
export function tellLine(words: Speaking, streams: Stream[]): string {
  const counts = new Map<string, number>();
  for (const one of streams) {
    if (one.group === "fine") continue;
    const is = adjective(words, one.state, one.reason);
    counts.set(is, (counts.get(is) ?? 0) + 1);
  }
  return [...counts].map(([is, n]) => words.t("line.part", { n, is })).join(", ");
}

export interface FindingWords {
  parts: { text: string; state: Now["finding"]["worst"] | null }[];
  support: Said;
  foreign: boolean;
}

const NAMED_MAX = 2;

/** The page's first sentence in the reader's language, made of the same facts as the server's. */
export function tellFinding(words: Words, now: Now): FindingWords {
  const { finding, counts, streams } = now;
  const { t } = words;
  const plain = (text: string, state: Now["finding"]["worst"] | null = null) => ({ text, state });
  const whole = (text: string, support = ""): FindingWords => ({
    parts: [plain(text, finding.worst)],
    support: { text: support, foreign: false },
    foreign: false,
  });
  switch (finding.code) {
    case "empty":
      return whole(t("finding.empty"), t("finding.empty.support"));
    case "connecting":
      return whole(t("finding.connecting", { n: counts.unknown }));
    case "blind":
      return { ...whole(t("finding.blind", { n: counts.unknown })), support: causeOf(words, streams[0]) };
    case "service":
      return whole(t("finding.service", { n: counts.total }));
    case "fine":
      return {
        parts: [
          plain(t("finding.fine.count", { n: counts.fine }), "fine"),
          plain(t("finding.fine.are", { n: counts.fine })),
          ...(counts.maintenance > 0 ? [plain(", "), plain(t("finding.fine.service", { n: counts.maintenance }), "maintenance")] : []),
          plain("."),
        ],
        support: { text: t("finding.fine.support"), foreign: false },
        foreign: false,
      };
    case "trouble":
      return trouble(words, now);
    default:
      return {
        parts: finding.parts.map((part) => plain(part.text, part.state ?? null)),
        support: { text: finding.support ?? "", foreign: true },
        foreign: true,
      };
  }
}

function trouble(words: Words, { finding, counts, streams }: Now): FindingWords {
  const { t, minute } = words;
  const { worst } = finding;
  const bad = streams.filter((stream) => stream.group === worst);
  const named = bad
    .slice(0, NAMED_MAX)
    .map((one) => t("finding.named", { name: one.name, is: adjective(words, one.state, one.reason), time: one.since === null ? "" : minute(one.since) }))
    .join(", ");
  const more = bad.length - NAMED_MAX;
  const is = worst === "unknown" || worst === "degraded" ? t(`finding.trouble.${worst}`, { n: bad.length }) : t("finding.trouble.broken", { n: bad.length });
  const unreported = worst === "broken" && counts.unknown > 0;
  return {
    parts: [
      { text: t("finding.of", { n: bad.length, total: counts.total }), state: worst },
      { text: unreported ? `${is}, ` : `${is}: `, state: null },
      ...(unreported
        ? [{ text: t("finding.unreported", { n: counts.unknown }), state: "unknown" as const }, { text: ": ", state: null }]
        : []),
      { text: more > 0 ? named + t("finding.more", { n: more }) : `${named}.`, state: worst },
    ],
    support: support(words, worst, bad[0], streams),
    foreign: false,
  };
}

function support(words: Words, worst: string, first: Stream | undefined, streams: Stream[]): Said {
  const { t } = words;
  const cause = causeOf(words, first);
  const others = streams.filter((stream) => stream.group !== worst);
  if (others.length === 0) return cause;
  const line = tellLine(words, [...others].sort((a, b) => WORST_FIRST.indexOf(a.group) - WORST_FIRST.indexOf(b.group)));
  const rest = line === "" ? t("finding.restFine") : t("finding.besides", { line });
  return { text: `${cause.text} ${rest}`.trim(), foreign: cause.foreign && cause.text !== "" };
}

function causeOf(words: Words, stream: Stream | undefined): Said {
  return tell(words, stream?.causeMessage, stream?.cause ?? "");
}

/** Words of the server for screen readers and hyphenation: English is marked as such where the page is not. */
export function Told({ said, className }: { said: Said; className?: string }) {
  const { language } = useWords();
  return (
    <span className={className} lang={said.foreign && language !== "en" ? "en" : undefined}>
      {said.text}
    </span>
  );
}
