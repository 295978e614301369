import { describe, expect, it } from "vitest";
import type { Alert, Change, Now, Segment } from "../../src/api/types";
import { wordsOf } from "../../src/i18n";
import { isBroken, logsOf, withGaps } from "../../src/now/segments";
import { tell, tellAlert, tellChange, tellFinding, tellNode } from "../../src/parts/told";
import { states } from "../fixture/states.mjs";

const english = wordsOf("en");
const russian = wordsOf("ru");

const STOPPED = {
  code: "stage.stopped",
  values: { stage: "transcode", stream: "cam-1", since: "2026-11-20T14:11:01Z", state: "OFFLINE", reason: "NO_NEW_MEDIA" },
};

describe("what the server says", () => {
  it("is told in the reader's language", () => {
    expect(tell(english, STOPPED, "").text).toBe("The encoder of cam-1 is stopped (SIGSTOP) since 14:11:01, so no new segments arrive.");
    expect(tell(russian, STOPPED, "").text).toBe(
      "Этап «кодировщик» камеры cam-1 остановлен (SIGSTOP) с 14:11:01, поэтому новых сегментов нет.",
    );
    expect(tell(russian, STOPPED, "").foreign).toBe(false);
  });

  it.each([null, undefined, { code: "toString", values: {} }, { code: "stage.melted", values: {} }])(
    "stays as the server wrote it where the code is not known: %j",
    (message) => {
      expect(tell(russian, message, "The stage melted.")).toEqual({ text: "The stage melted.", foreign: true });
    },
  );

  it("tells a chain's node with its rate where pictures arrive", () => {
    const link = { kind: "stream", text: "cam-1 frozen at 25 fps", root: false };
    const values = { stream: "cam-1", state: "FROZEN", reason: "SAME_PICTURE" };
    expect(tellNode(russian, { ...link, message: { code: "stream.is", values: { ...values, fps: "25" } } }).text).toBe("cam-1: застыла, 25 кадр/с");
    expect(tellNode(english, { ...link, message: { code: "stream.is", values } }).text).toBe("cam-1 frozen");
    expect(tellNode(russian, link).text).toBe(link.text);
  });

  it("tells an alert of our own rules, and leaves a changed one alone", () => {
    const alert = { name: "StreamFrozen", summary: "cam-1 is frozen", stream: "cam-1", labels: {} } as unknown as Alert;
    expect(tellAlert(russian, alert, english.t, "Gate north").text).toBe("Gate north: застыла");
    expect(tellAlert(russian, { ...alert, summary: "Ring Anna: cam-1" }, english.t, "Gate north")).toEqual({ text: "Ring Anna: cam-1", foreign: true });
  });

  it("tells changes with what goes with them", () => {
    const change = (message: Change["message"], detail: string): Change => ({ at: "", kind: "", title: "English", detail, message: message ?? null });
    const told = (one: Change) => {
      const { title, detail } = tellChange(russian, one);
      return [title.text, detail?.text ?? null];
    };
    const run = { code: "restart.restarted", values: { stage: "package", stream: "cam-1" } };
    expect(told(change(run, "after signal 9"))).toEqual(["Перезапуск: упаковщик, cam-1", "после signal 9"]);
    expect(told(change(run, "after a gap of 5 s in its output"))[1]).toBe("после перерыва в 5 с");
    expect(told(change({ code: "fault.injected", values: { fault: "black", stream: "cam-2" } }, ""))).toEqual(["Внесён сбой: Чёрный кадр, cam-2", null]);
    expect(told(change({ code: "state.changed", values: { name: "Pitch", from: "LIVE", to: "BLACK" } }, "was live"))).toEqual(["Pitch: чёрная", "было: работает"]);
    expect(told(change(null, "why"))).toEqual(["English", "why"]);
  });
});

describe("the finding", () => {
  const of = (state: string, code: string): Now => {
    const made = states[state]?.();
    if (made === undefined) throw new Error(state);
    return { ...made, finding: { ...made.finding, code } };
  };
  const sentence = (words: typeof english, now: Now) => tellFinding(words, now).parts.map((part) => part.text).join("");

  it("is made of the facts", () => {
    expect(sentence(english, of("fine", "fine"))).toBe("All 3 pictures are fine.");
    expect(sentence(russian, of("fine", "fine"))).toBe("Все 3 камеры в порядке.");
    expect(sentence(english, of("frozen", "trouble"))).toBe("1 of 3 pictures is broken: Gate north is frozen since 14:25.");
    expect(sentence(russian, of("frozen", "trouble"))).toBe("1 из 3 камер сломана: Gate north: застыла с 14:25.");
    expect(sentence(russian, of("unknown", "blind"))).toBe("Не видно: от всех 3 камер нет данных.");
    expect(sentence(english, of("many", "trouble"))).toMatch(/^3 of 240 pictures are broken, 14 unreported: .*, and 1 more\.$/);
    expect(tellFinding(english, of("frozen", "trouble")).support.text).toContain("Everything else is fine.");
  });

  it("stays the server's where its code is not known", () => {
    const now = of("frozen", "novel");
    expect(sentence(russian, now)).toBe(now.finding.parts.map((part) => part.text).join(""));
    expect(tellFinding(russian, now).foreign).toBe(true);
  });
});

describe("segments", () => {
  const segment = (second: number, verdict: Segment["verdict"] = "fine", traceId: string | null = "0af7"): Segment => ({
    name: `${second}.ts`,
    capturedAt: null,
    durationSeconds: 2,
    seenAt: new Date(1_700_000_000_000 + second * 1_000).toISOString(),
    verdict,
    detail: null,
    lagSeconds: null,
    traceId,
  });

  it("show what is missing between and after them", () => {
    const items = withGaps([segment(0), segment(2), segment(12)], 1_700_000_000_000 + 30_000);
    expect(items.map((item) => (item.kind === "gap" ? item.seconds : item.segment.name))).toEqual(["0.ts", "2.ts", 10, "12.ts", 16]);
    expect(withGaps([segment(0)], 1_700_000_003_000)).toHaveLength(1);
    expect(withGaps([], 5)).toEqual([]);
  });

  it("are broken by their verdict; one that this page does not know is not judged", () => {
    expect(["fine", "unseen", "late", "black", "novel"].map((verdict) => isBroken(segment(0, verdict as Segment["verdict"])))).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  it("lead to the lines of their trace, or of their stream at that time", () => {
    const address = (traceId: string | null) => new URL(logsOf('cam"1', segment(0, "black", traceId)), "http://x").searchParams;
    expect(address("0af7").get("query")).toBe('{service_name=~".+"} | trace_id="0af7"');
    expect(address(null).get("query")).toBe('{stream_id="cam\\"1"}');
    expect(Number(address(null).get("to")) - Number(address(null).get("from"))).toBeGreaterThan(60_000);
  });
});
