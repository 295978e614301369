import { numbers, type Cell } from "../data/frames";
import { display, type Displayed, type Shown } from "../field/resolve";
import { reduced } from "../field/reduce";
import type { Look } from "../field/colors";
import { count, flag, object, text, texts } from "../model/json";
import type { JsonObject } from "../model/types";

/** One figure of a stat, a gauge, a bar gauge or a pie. */
export interface Figure {
  shown: Shown;
  name: string;
  cell: Cell;
  displayed: Displayed;
  /** What it was reduced from, for a sparkline; empty for a single value. */
  history: (number | null)[];
}

const FIGURES_MAX = 200;

/** `reduceOptions`: each field to one figure, or each row of a field. */
export function figures(all: readonly Shown[], options: JsonObject, look: Look): Figure[] {
  const reduce = object(options["reduceOptions"]);
  const calc = texts(reduce["calcs"])[0] ?? "lastNotNull";
  const pattern = text(reduce["fields"]);
  const wanted = all.filter((shown) => fits(shown, pattern));
  if (flag(reduce["values"])) return rows(all, wanted, count(reduce["limit"], 25), look);
  return wanted.slice(0, FIGURES_MAX).map((shown) => {
    const numeric = shown.field.type === "number";
    const history = numeric ? numbers(shown.field) : [];
    const cell = numeric ? reduced(calc, history) : (shown.field.values.findLast((value) => value !== null) ?? null);
    return { shown, name: shown.name, cell, displayed: display(shown, cell, look), history };
  });
}

/** No pattern means the numbers; a pattern between slashes, or a name, means those. */
function fits(shown: Shown, pattern: string): boolean {
  if (pattern === "") return shown.field.type === "number";
  const slashed = /^\/(.*)\/$/.exec(pattern);
  if (slashed === null) return shown.name === pattern;
  try {
    return new RegExp(slashed[1] ?? "").test(shown.name);
  } catch {
    return false;
  }
}

function rows(all: readonly Shown[], wanted: readonly Shown[], most: number, look: Look): Figure[] {
  return wanted.flatMap((shown) => {
    const label = all.find((one) => one.frame === shown.frame && one.field.type === "string");
    return shown.field.values.slice(0, most).map((cell, row) => ({
      shown,
      name: label === undefined ? shown.name : String(label.field.values[row] ?? ""),
      cell,
      displayed: display(shown, cell, look),
      history: [],
    }));
  });
}
