import { useEffect, useState, type SubmitEvent } from "react";
import { changeParams, useAddress } from "../app/address";
import { chooseRange, timeStore, useTime, zoomOut } from "../app/time/store";
import { useWords } from "../i18n";
import { Icon } from "../parts/Icon";
import { useAnswer } from "../signals/ask";
import { AskError } from "../signals/AskError";
import "../styles/signals.css";
import { LogList } from "./LogList";
import {
  barsOf,
  EVERYTHING,
  LEVELS,
  LINES_MAX,
  linesAddress,
  linesOf,
  readQuestion,
  volumeAddress,
  type Level,
  type LokiAnswer,
  type Question,
} from "./model";
import { Volume } from "./Volume";

const FOLLOW = "5s";

/** Lines of every program, asked in LogQL; the address holds the whole question. */
export default function LogsPage() {
  const { params } = useAddress();
  const time = useTime();
  const { t } = useWords();
  const question = readQuestion(params);
  const asked = question.query.trim() === "" ? null : linesAddress(question, time);
  const answer = useAnswer<LokiAnswer>(asked, time.tick);
  const volume = useAnswer<LokiAnswer>(asked === null ? null : volumeAddress(question, time), time.tick);
  useEffect(() => timeStore.defaults({ from: "now-15m", to: "now" }), []);
  const lines = answer.data === null ? null : linesOf(answer.data);
  return (
    <div className="logs">
      <h1 className="vh">{t("nav.logs")}</h1>
      <QuestionForm key={`${question.query} ${question.contains}`} question={question} loading={answer.loading} />
      {asked === null ? <p className="none">{t("logs.noQuery")}</p> : null}
      {answer.error === null ? null : <AskError error={answer.error} retry={timeStore.refresh} />}
      {lines === null ? (
        asked !== null && answer.error === null ? <Asking /> : null
      ) : (
        <div className={answer.error === null ? undefined : "old"} aria-busy={answer.loading}>
          <Volume bars={barsOf(volume.data, time)} zone={time.zone} />
          <Bar question={question} count={lines.length} />
          {lines.length === 0 ? <Empty question={question} /> : <LogList lines={lines} zone={time.zone} query={question.query} opened={params.get("line")} />}
        </div>
      )}
    </div>
  );
}

function Asking() {
  const { t } = useWords();
  return (
    <div className="loading" role="status">
      <span className="progress" />
      {t("ask.loading")}
    </div>
  );
}

/** Writes a question into the address; asked is what the address says. */
function QuestionForm({ question, loading }: { question: Question; loading: boolean }) {
  const { t } = useWords();
  const [query, setQuery] = useState(question.query);
  const [contains, setContains] = useState(question.contains);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    changeParams({ query: query === EVERYTHING ? null : query, q: contains === "" ? null : contains, line: null }, "push");
    timeStore.refresh();
  };
  return (
    <form className="ask" role="search" onSubmit={submit}>
      <label className="ask-query">
        <span className="xs t3">{t("logs.query")}</span>
        <input
          className="field"
          data-search
          value={query}
          maxLength={5_000}
          placeholder={t("logs.query.hint")}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
      </label>
      <label className="ask-text">
        <span className="xs t3">{t("logs.contains")}</span>
        <input
          className="field"
          value={contains}
          maxLength={500}
          placeholder={t("logs.contains.hint")}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setContains(event.currentTarget.value)}
        />
      </label>
      <button type="submit" className="ctl on" aria-busy={loading}>
        <Icon name="search" small />
        {t("logs.run")}
      </button>
    </form>
  );
}

function Bar({ question, count }: { question: Question; count: number }) {
  const { t, number } = useWords();
  const { refresh, to } = useTime();
  const following = refresh === FOLLOW && to.startsWith("now");
  const toggle = (level: Level): void => {
    const levels = question.levels.includes(level) ? question.levels.filter((one) => one !== level) : [...question.levels, level];
    changeParams({ level: levels.length === 0 ? null : levels.join(","), line: null }, "push");
  };
  return (
    <div className="log-bar">
      <p className="s t2" role="status">
        {count >= LINES_MAX ? t("logs.cut", { n: number(LINES_MAX) }) : t("logs.count", { n: count })}
      </p>
      <span className="sp" />
      <div className="seg" role="group" aria-label={t("logs.levels")}>
        {LEVELS.filter((level) => level !== "other").map((level) => (
          <button key={level} type="button" aria-pressed={question.levels.includes(level)} onClick={() => toggle(level)}>
            <i className={`lv-mark lv-${level}`} />
            {t(`logs.level.${level}`)}
          </button>
        ))}
      </div>
      <button
        type="button"
        className="ctl"
        aria-pressed={following}
        aria-label={t("logs.tail.label")}
        onClick={() => {
          if (following) changeParams({ refresh: null });
          else {
            changeParams({ refresh: FOLLOW, ...(to === "now" ? {} : { from: "now-15m", to: "now" }) });
            timeStore.refresh();
          }
        }}
      >
        <Icon name={following ? "pause" : "play"} small />
        {t(following ? "logs.tail.on" : "logs.tail")}
      </button>
    </div>
  );
}

function Empty({ question }: { question: Question }) {
  const { t } = useWords();
  const narrow = question.contains !== "" || question.levels.length > 0 || question.query !== EVERYTHING;
  return (
    <div className="empty">
      <p>{t("logs.empty")}</p>
      <div className="empty-steps">
        <button type="button" className="ctl" onClick={zoomOut}>
          <Icon name="zoomOut" small />
          {t("logs.empty.wider")}
        </button>
        {narrow ? (
          <button
            type="button"
            className="ctl"
            onClick={() => {
              changeParams({ query: null, q: null, level: null }, "push");
              chooseRange({ from: "now-15m", to: "now" });
            }}
          >
            {t("logs.empty.all")}
          </button>
        ) : null}
      </div>
    </div>
  );
}
