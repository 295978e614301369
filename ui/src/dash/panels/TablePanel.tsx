import { useMemo, useState } from "react";
import { DataTable, type Column } from "../../chart/DataTable";
import { useZone } from "../../app/time/store";
import { timeWords } from "../../app/time/words";
import { useWords } from "../../i18n";
import { useChartLook } from "../../chart/useChartLook";
import { useBoard } from "../board";
import type { Cell } from "../data/frames";
import { display, type Shown } from "../field/resolve";
import { inkOn, share } from "../field/colors";
import { numberText } from "../field/units";
import { reduced } from "../field/reduce";
import { numbers } from "../data/frames";
import { linksOf } from "../links";
import { count, flag, object, text, texts } from "../model/json";
import { Nothing } from "./Nothing";
import type { PanelViewProps } from "./kinds";

/** Rows and columns, sortable, with the cells that fields ask for. Several frames are chosen between. */
export function TablePanel({ panel, data }: PanelViewProps) {
  const { t, language } = useWords();
  const { look } = useChartLook();
  const zone = useZone();
  const { values } = useBoard();
  const frames = useMemo(() => asTables(data.shown), [data.shown]);
  const [chosen, choose] = useState(0);
  const frame = frames[Math.min(chosen, frames.length - 1)];
  const words = timeWords(language, zone);
  const columns = useMemo(
    () => (frame ?? []).filter((shown) => !flag(shown.config.custom["hidden"])).map((shown) => columnOf(shown, look, words.full, values)),
    [frame, look, words, values],
  );
  if (frame === undefined || columns.length === 0) return <Nothing panel={panel} />;
  const footer = object(panel.options["footer"]);
  const sort = Array.isArray(panel.options["sortBy"]) ? object(panel.options["sortBy"][0]) : {};
  return (
    <div className="table-panel">
      {frames.length > 1 ? (
        <select className="ctl" aria-label={t("dash.table.which")} value={chosen} onChange={(event) => choose(Number(event.currentTarget.value))}>
          {frames.map((one, at) => (
            <option key={at} value={at}>
              {frameName(one) || `${t("dash.table.which")} ${at + 1}`}
            </option>
          ))}
        </select>
      ) : null}
      <DataTable
        key={chosen}
        label={panel.title === "" ? t("dash.view.table") : panel.title}
        columns={columns}
        rows={frame[0]?.field.values.length ?? 0}
        head={flag(panel.options["showHeader"], true)}
        sortBy={text(sort["displayName"])}
        sortDesc={flag(sort["desc"])}
        {...(flag(footer["show"]) ? { footer: frame.map((shown) => footerCell(shown, texts(footer["reducer"])[0] ?? "sum")) } : {})}
      />
    </div>
  );
}

function footerCell(shown: Shown, calc: string): string {
  return shown.field.type === "number" ? numberText(reduced(calc, numbers(shown.field)), shown.config.unit, shown.config.decimals, "") : "";
}

/** Fields by the table they belong to; single-value series become one table of names and values. */
function asTables(all: readonly Shown[]): Shown[][] {
  const byFrame = new Map<Shown["frame"], Shown[]>();
  for (const shown of all) byFrame.set(shown.frame, [...(byFrame.get(shown.frame) ?? []), shown]);
  const series = [...byFrame.values()];
  if (series.length > 1 && all.every(({ frame }) => frame.kind === "series" && frame.length === 1)) return [oneRowEach(series)];
  return series;
}

function oneRowEach(series: Shown[][]): Shown[] {
  const values = series.flatMap((fields) => fields.filter(({ field }) => field.type === "number"));
  const [first] = values;
  if (first === undefined) return [];
  const cells: Cell[] = values.map(({ field }) => field.values[0] ?? null);
  const name: Shown = { ...first, name: "Name", config: { ...first.config, mappings: [], links: [], custom: {} }, field: { ...first.field, name: "Name", type: "string", values: values.map((one) => one.name) } };
  return [name, { ...first, name: "Value", field: { ...first.field, values: cells } }];
}

function frameName(fields: readonly Shown[]): string {
  return fields.find(({ field }) => field.type === "number")?.name ?? fields[0]?.frame.name ?? "";
}

function columnOf(shown: Shown, look: "dark" | "light", full: (ms: number) => string, values: Parameters<typeof linksOf>[2]): Column {
  const { field, config } = shown;
  const options = object(config.custom["cellOptions"]);
  const kind = text(options["type"], text(config.custom["displayMode"], "auto"));
  const width = count(config.custom["width"], 0);
  const align = text(config.custom["align"], "auto");
  return {
    name: shown.name,
    values: field.values,
    right: align === "right" || (align === "auto" && field.type === "number"),
    ...(width > 0 ? { width } : {}),
    write: (cell) => (field.type === "time" ? (typeof cell === "number" ? full(cell) : "") : display(shown, cell, look).text),
    draw: (cell, row) => {
      if (field.type === "time") return typeof cell === "number" ? full(cell) : "";
      const displayed = display(shown, cell, look);
      const links = config.links.length === 0 ? [] : linksOf(config.links, { shown, cell, row }, values);
      const shownText = links[0] === undefined ? displayed.text : (
        <a href={links[0].url} {...(links[0].targetBlank ? { target: "_blank", rel: "noreferrer" } : {})} title={links[0].title}>
          {displayed.text}
        </a>
      );
      if (kind === "color-text" && displayed.color !== null) return <span style={{ color: displayed.color }}>{shownText}</span>;
      if (kind.startsWith("color-background") && displayed.color !== null) {
        return <span className="cell-fill" style={{ background: displayed.color, color: inkOn(displayed.color) }}>{shownText}</span>;
      }
      if (["gauge", "gradient-gauge", "lcd-gauge", "basic"].includes(kind) && displayed.number !== null) {
        const part = share(displayed.number, shown.min, shown.max);
        return (
          <span className="cell-bar">
            <i style={{ width: `${(part * 100).toFixed(1)}%`, background: displayed.color ?? "var(--s1)" }} />
            <span className="num">{shownText}</span>
          </span>
        );
      }
      return shownText;
    },
  };
}
