import { field, frameOf, type Cell, type Frame } from "../../src/dash/data/frames";

/** A series on a step of one second. */
export function series(name: string, values: (number | null)[], labels: Record<string, string> = {}): Frame {
  return frameOf("A", "series", name, [field("Time", "time", values.map((_, at) => at * 1_000)), field("Value", "number", values, labels, name)]);
}

export function table(columns: Record<string, Cell[]>, refId = "A"): Frame {
  return frameOf(
    refId,
    "table",
    refId,
    Object.entries(columns).map(([name, values]) => field(name, name === "Time" ? "time" : values.every((value) => value === null || typeof value === "number") ? "number" : "string", values)),
  );
}

/** A frame as rows of text, for reading in a test. */
export function rows(frame: Frame | undefined): string[] {
  if (frame === undefined) return [];
  const head = frame.fields.map((one) => one.given ?? one.name).join(" | ");
  return [head, ...Array.from({ length: frame.length }, (_, row) => frame.fields.map((one) => String(one.values[row])).join(" | "))];
}
