import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RequestError } from "../../src/api/client";
import { NowFeed } from "../../src/api/feed";
import type { Now } from "../../src/api/types";

class FakeEvents extends EventTarget {
  onerror: (() => void) | null = null;
  closed = false;
  close(): void {
    this.closed = true;
  }
  say(now: unknown): void {
    this.dispatchEvent(new MessageEvent("now", { data: JSON.stringify(now) }));
  }
}

const answer = (title: string) => ({ title, streams: [], alerts: [] }) as unknown as Now;

describe("the feed of the page", () => {
  let asked: number;
  let reply: () => Promise<Now>;
  let opened: FakeEvents[];

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
    asked = 0;
    reply = () => Promise.resolve(answer(`answer ${asked}`));
    opened = [];
  });
  afterEach(() => void vi.useRealTimers());

  const read = () => {
    asked++;
    return reply();
  };
  const polling = () => new NowFeed({ read, events: null });
  const following = () =>
    new NowFeed({
      read,
      events: () => {
        const events = new FakeEvents();
        opened.push(events);
        return events as unknown as EventSource;
      },
    });
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  it("asks every 2 s where there are no events", async () => {
    const feed = polling();
    feed.start();
    await pass(0);
    expect(feed.state().now?.title).toBe("answer 1");
    await pass(6_000);
    expect(asked).toBe(4);
    feed.stop();
  });

  it("asks ever more slowly while it fails, keeps what it has, and recovers at once", async () => {
    const feed = polling();
    feed.start();
    await pass(0);
    reply = () => Promise.reject(new RequestError("unreachable", null, ""));
    await pass(2_000);
    const since = feed.state().failingSinceMs;
    expect(feed.state().error?.kind).toBe("unreachable");
    expect(feed.state().now?.title).toBe("answer 1");
    await pass(120_000);
    expect(asked).toBeLessThan(10);
    expect(feed.state().failingSinceMs).toBe(since);
    reply = () => Promise.resolve(answer("back"));
    feed.refresh();
    await pass(0);
    expect(feed.state()).toMatchObject({ error: null, failingSinceMs: null, now: { title: "back" } });
    feed.stop();
  });

  it("takes events instead of asking, asks when they fall silent, and polls when they break", async () => {
    const feed = following();
    feed.start();
    await pass(0);
    expect(opened).toHaveLength(1);
    await pass(10_000);
    opened[0]?.say(answer("told"));
    expect(feed.state().now?.title).toBe("told");
    expect(asked).toBe(1);
    await pass(12_000);
    expect(asked).toBe(2);
    opened[0]?.onerror?.();
    expect(opened[0]?.closed).toBe(true);
    await pass(4_000);
    expect(asked).toBe(4);
    expect(opened).toHaveLength(1);
    await pass(60_000);
    expect(opened).toHaveLength(2);
    feed.stop();
    expect(opened[1]?.closed).toBe(true);
  });

  it("ignores events that are not the page's JSON", async () => {
    const feed = following();
    feed.start();
    await pass(0);
    opened[0]?.say({ something: "else" });
    opened[0]?.dispatchEvent(new MessageEvent("now", { data: "<html>" }));
    expect(feed.state().now?.title).toBe("answer 1");
    feed.stop();
  });

  it("is silent while paused and asks at once on resuming", async () => {
    const feed = polling();
    feed.start();
    await pass(0);
    feed.pause();
    await pass(60_000);
    expect(asked).toBe(1);
    expect(feed.state().paused).toBe(true);
    feed.resume();
    await pass(0);
    expect(asked).toBe(2);
    feed.stop();
  });

  it("lets the answer to the last question win", async () => {
    const feed = polling();
    let answerLate: (now: Now) => void = () => undefined;
    const slow = new Promise<Now>((resolve) => (answerLate = resolve));
    reply = () => slow;
    feed.start();
    reply = () => Promise.resolve(answer("newer"));
    feed.refresh();
    await pass(0);
    answerLate(answer("older"));
    await pass(0);
    expect(feed.state().now?.title).toBe("newer");
    feed.stop();
  });
});
