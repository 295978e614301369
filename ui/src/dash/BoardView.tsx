import { useEffect, useMemo } from "react";
import { useAddress } from "../app/address";
import { useCrumbText } from "../app/crumb";
import { timeStore, useTime } from "../app/time/store";
import { useWords } from "../i18n";
import { Board, type BoardContext } from "./board";
import { BoardGrid } from "./BoardGrid";
import { interpolate } from "./data/interpolate";
import { useSources } from "./data/sources";
import { linksOf } from "./links";
import { everyPanel, PANELS_MAX } from "./model/read";
import type { Dashboard, GridPos, Panel } from "./model/types";
import { PanelFrame } from "./PanelFrame";
import { useAnnotations } from "./useAnnotations";
import { useVariables } from "./useVariables";
import { VariableBar } from "./VariableBar";
import { Icon } from "../parts/Icon";
import type { ReactNode } from "react";

interface BoardViewProps {
  dashboard: Dashboard;
  editing: boolean;
  edit: BoardContext["edit"];
  onPlace: (panel: Panel, grid: GridPos) => void;
  /** Buttons beside the variables. */
  actions: ReactNode;
  /** Shown instead of the grid, as the editor of a panel is; it stands in the board's context. */
  instead: ReactNode;
}

/** A board: its variables, its links, its panels. */
export function BoardView({ dashboard, editing, edit, onPlace, actions, instead }: BoardViewProps) {
  const { t, number } = useWords();
  const { params } = useAddress();
  const time = useTime();
  const { sources, ready: sourcesReady } = useSources();
  const variables = useVariables(dashboard, sources, sourcesReady);
  const { marks, failed } = useAnnotations(dashboard, sources, variables.values, variables.ready, time);
  useCrumbText(dashboard.title);
  useDefaults(dashboard);
  const { values, filters, ready } = variables;
  const context = useMemo(
    (): BoardContext => ({ dashboard, sources, values, ready, filters, marks, syncKey: `board ${dashboard.uid}`, editing, edit }),
    [dashboard, sources, values, ready, filters, marks, editing, edit],
  );
  const alone = params.get("viewPanel");
  const panel = alone === null ? undefined : everyPanel(dashboard.panels).find(({ id }) => String(id) === alone.replace("panel-", ""));
  return (
    <Board value={context}>
      <div className="board-head">
        <h1 className="vh">{dashboard.title}</h1>
        <VariableBar variables={variables} />
        <BoardLinks dashboard={dashboard} values={values} />
        {dashboard.leftOut === 0 ? null : (
          <span className="s c-degraded" role="note">
            {t("dash.board.leftOut", { n: dashboard.leftOut, many: number(dashboard.leftOut), most: number(PANELS_MAX) })}
          </span>
        )}
        {failed.length === 0 ? null : <span className="xs c-degraded">{t("dash.annotations.failed", { names: failed.join(", ") })}</span>}
        <span className="sp" />
        {actions}
      </div>
      {instead ??
        (panel === undefined ? (
          dashboard.panels.length === 0 ? (
            <p className="empty">{t("dash.board.empty")}</p>
          ) : (
            <BoardGrid onPlace={onPlace} />
          )
        ) : (
          <div className="board-alone">
            <PanelFrame panel={panel} alone />
          </div>
        ))}
    </Board>
  );
}

/** The board's own range, refresh and zone, where the address says nothing. */
function useDefaults({ from, to, refresh, timezone }: Dashboard): void {
  useEffect(() => {
    timeStore.defaults({ from, to, refresh, zone: timezone });
    return () => timeStore.defaults({});
  }, [from, to, refresh, timezone]);
}

function BoardLinks({ dashboard, values }: { dashboard: Dashboard; values: BoardContext["values"] }) {
  const { params } = useAddress();
  const ready = useMemo(
    () =>
      dashboard.links.flatMap((link) => {
        const [first] = link.tags.length > 0 ? [] : linksOf([link], null, values);
        if (first === undefined) return [];
        const extra = new URLSearchParams();
        for (const [name, value] of params) {
          if ((link.keepTime && (name === "from" || name === "to")) || (link.includeVars && name.startsWith("var-"))) extra.append(name, value);
        }
        const query = extra.toString();
        return [{ ...first, url: query === "" ? first.url : `${first.url}${first.url.includes("?") ? "&" : "?"}${query}` }];
      }),
    [dashboard.links, values, params],
  );
  const tags = [...new Set(dashboard.links.flatMap((link) => link.tags))];
  return (
    <>
      {ready.map((link, at) => (
        <a key={at} className="ctl" href={link.url} {...(link.targetBlank ? { target: "_blank", rel: "noreferrer" } : {})}>
          <Icon name="external" small />
          {interpolate(link.title, values, null, "text")}
        </a>
      ))}
      {tags.map((tag) => (
        <a key={tag} className="ctl" href={`/dashboards?tag=${encodeURIComponent(tag)}`}>
          <Icon name="dashboards" small />
          {tag}
        </a>
      ))}
    </>
  );
}
