import { Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { changeParams, go, useAddress } from "../app/address";
import { queryClient } from "../app/queries";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";
import { RequestError } from "../api/client";
import { boardQuery, type BoardEntry } from "./api";
import { BoardView } from "./BoardView";
import { reason } from "./data/panel";
import { DeleteDialog } from "./edit/DeleteDialog";
import { editable, exported, withCopy, withNewPanel, withoutPanel, withPlace } from "./edit/raw";
import { SaveDialog } from "./edit/SaveDialog";
import { NotADashboard, readOnce } from "./model/read";
import type { Dashboard, GridPos, JsonObject, Panel } from "./model/types";
import { save } from "../parts/save";
import { PANELS } from "./support";

const PanelEditor = lazy(() => import("./edit/PanelEditor").then(({ PanelEditor: view }) => ({ default: view })));
const JsonView = lazy(() => import("./edit/JsonView").then(({ JsonView: view }) => ({ default: view })));
const Settings = lazy(() => import("./edit/Settings").then(({ Settings: view }) => ({ default: view })));
const Versions = lazy(() => import("./edit/Versions").then(({ Versions: view }) => ({ default: view })));

/** One board, read from the server, and edited in the page. */
export function BoardPage({ uid }: { uid: string }) {
  const { t } = useWords();
  const { data, error, refetch, isFetching } = useQuery(boardQuery(uid));
  if (data !== undefined) return <Loaded key={`${uid} ${data.meta.etag}`} uid={uid} meta={data.meta} raw={data.dashboard} />;
  if (error !== null) {
    const missing = error instanceof RequestError && error.status === 404;
    return (
      <section className="panel error" role="alert">
        <h1>{t(missing ? "dash.board.missing" : "dash.board.failed", { uid })}</h1>
        <p className="mono">{missing ? "" : reason(error).what}</p>
        <p>
          <a href="/dashboards">{t("dash.board.all")}</a>
        </p>
        <button type="button" className="ctl" disabled={isFetching} onClick={() => void refetch()}>
          {t("error.retry")}
        </button>
      </section>
    );
  }
  return (
    <div className="loading" role="status">
      <span className="progress" />
      {t("dash.board.reading")}
    </div>
  );
}

function read(raw: JsonObject): { dashboard: Dashboard | null; fault: string } {
  try {
    return { dashboard: readOnce(raw), fault: "" };
  } catch (failure) {
    if (failure instanceof NotADashboard) return { dashboard: null, fault: failure.message };
    throw failure;
  }
}

function Loaded({ uid, meta, raw }: { uid: string; meta: BoardEntry; raw: JsonObject }) {
  const { t } = useWords();
  const { params } = useAddress();
  const [draft, setDraft] = useState<JsonObject | null>(null);
  const [saving, setSaving] = useState(false);
  const shown = draft ?? raw;
  const { dashboard, fault } = useMemo(() => read(shown), [shown]);
  const editing = draft !== null;
  const edit = useCallback((panel: Panel, action: "edit" | "duplicate" | "remove") => {
    if (action === "edit") changeParams({ editPanel: String(panel.id) }, "push");
    else setDraft((now) => (now === null ? now : action === "duplicate" ? withCopy(now, panel.id) : withoutPanel(now, panel.id)));
  }, []);
  const place = useCallback((panel: Panel, grid: GridPos) => setDraft((now) => (now === null ? now : withPlace(now, panel.id, grid))), []);
  const editPanel = params.get("editPanel");
  const view = params.get("view");
  if (dashboard === null) {
    return (
      <section className="panel error" role="alert">
        <h1>{t("dash.board.unreadable", { uid })}</h1>
        <p>{fault}</p>
      </section>
    );
  }
  const instead =
    view === "json" ? (
      <JsonView raw={shown} apply={(next) => setDraft(editable(next))} />
    ) : view === "versions" ? (
      <Versions uid={uid} current={meta.version} restore={(old) => setDraft(editable(old))} />
    ) : editing && view === "settings" ? (
      <Settings raw={draft} change={setDraft} />
    ) : editing && editPanel !== null ? (
      <PanelEditor raw={draft} dashboard={dashboard} panelId={Number(editPanel)} change={setDraft} />
    ) : null;
  const done = (saved: BoardEntry): void => {
    setSaving(false);
    setDraft(null);
    changeParams({ editPanel: null, view: null });
    void queryClient.invalidateQueries({ queryKey: ["boards"] });
    queryClient.setQueryData(["board", saved.uid], { meta: saved, dashboard: { ...shown, uid: saved.uid, version: saved.version } });
    if (saved.uid !== uid) go(`/d/${encodeURIComponent(saved.uid)}`);
  };
  return (
    <>
      <BoardView
        dashboard={dashboard}
        editing={editing}
        edit={edit}
        onPlace={place}
        instead={instead === null ? null : <Suspense fallback={<span className="progress" />}>{instead}</Suspense>}
        actions={
          editing ? (
            <EditActions
              add={(type) => {
                const { raw: next, id } = withNewPanel(draft, type);
                setDraft(next);
                if (type !== "row") changeParams({ editPanel: String(id), view: null }, "push");
              }}
              save={() => setSaving(true)}
              discard={() => {
                setDraft(null);
                changeParams({ editPanel: null, view: null });
              }}
            />
          ) : (
            <BoardMenu meta={meta} raw={shown} start={() => setDraft(editable(raw))} />
          )
        }
      />
      {saving ? <SaveDialog uid={uid} meta={meta} before={raw} after={shown} onClose={() => setSaving(false)} onDone={done} /> : null}
    </>
  );
}

const ADDED = [...Object.keys(PANELS), "row"];

function EditActions({ add, save: keep, discard }: { add: (type: string) => void; save: () => void; discard: () => void }) {
  const { t } = useWords();
  return (
    <>
      <Menu position="bottom-end" withinPortal={false} transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <button type="button" className="ctl">
            <Icon name="plus" small />
            {t("dash.edit.add")}
          </button>
        </Menu.Target>
        <Menu.Dropdown className="menu-scroll">
          {ADDED.map((type) => (
            <Menu.Item key={type} onClick={() => add(type)}>
              {type}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <button type="button" className="ctl" onClick={() => changeParams({ view: "settings", editPanel: null }, "push")}>
        <Icon name="gear" small />
        {t("dash.settings")}
      </button>
      <button type="button" className="ctl" onClick={discard}>
        {t("dash.edit.discard")}
      </button>
      <button type="button" className="ctl strong" onClick={keep}>
        <Icon name="save" small />
        {t("dash.edit.save")}
      </button>
    </>
  );
}

function BoardMenu({ meta, raw, start }: { meta: BoardEntry; raw: JsonObject; start: () => void }) {
  const { t } = useWords();
  const { params } = useAddress();
  const view = params.get("view");
  const [deleting, setDeleting] = useState(false);
  const gone = (): void => {
    go("/dashboards");
    queryClient.removeQueries({ queryKey: ["board", meta.uid] });
    void queryClient.invalidateQueries({ queryKey: ["boards"] });
  };
  return (
    <>
      {view === null ? null : (
        <button type="button" className="ctl" onClick={() => changeParams({ view: null }, "push")}>
          <Icon name="left" small />
          {t("dash.board.back")}
        </button>
      )}
      {meta.canSave || meta.source === "pack" ? (
        <button type="button" className="ctl wide" onClick={start}>
          <Icon name="edit" small />
          {t("dash.edit.start")}
        </button>
      ) : null}
      <Menu position="bottom-end" withinPortal={false} transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <button type="button" className="ctl icon" aria-label={t("dash.board.menu")}>
            <Icon name="dots" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon name="download" small />} onClick={() => save(`${meta.title}.json`, exported(raw), "application/json")}>
            {t("dash.board.export")}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="code" small />} onClick={() => changeParams({ view: "json" }, "push")}>
            {t("dash.board.json")}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="history" small />} onClick={() => changeParams({ view: "versions" }, "push")}>
            {t("dash.board.versions")}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="copy" small />} onClick={() => go(`/dashboards/new?copy=${encodeURIComponent(meta.uid)}`)}>
            {t("dash.board.copy")}
          </Menu.Item>
          {meta.canDelete ? (
            <Menu.Item leftSection={<Icon name="trash" small />} onClick={() => setDeleting(true)}>
              {t("dash.board.delete")}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {deleting ? <DeleteDialog meta={meta} onClose={() => setDeleting(false)} onDone={gone} /> : null}
    </>
  );
}
