import { KeptAnswers } from "./kept";
import type { Session } from "./types";

const REQUEST_TIMEOUT_MS = 8_000;
const PLAIN_CHARS_MAX = 500;
const answers = new KeptAnswers();

/** Why a request brought nothing. `kind` decides what the page says and whose turn it is. */
export class RequestError extends Error {
  constructor(
    readonly kind: "unreachable" | "slow" | "denied" | "refused" | "failed" | "unreadable",
    readonly status: number | null,
    readonly detail: string,
    /** What to do, in the server's words; empty where it said nothing. */
    readonly todo = "",
  ) {
    super(`${kind}${status === null ? "" : ` ${status}`}: ${detail}`);
  }
}

/** How a question is asked otherwise than usual. */
export interface Asking {
  /** Gives up when this says so: the reader went away or asked something else. */
  signal?: AbortSignal;
  /** Longer than usual, for queries. */
  timeoutMs?: number;
  headers?: Record<string, string>;
  /** Whether the same question is asked again and again: an answer that has not changed is then the same object. */
  repeated?: boolean;
}

/** Asks the server for JSON; every way to fail becomes a {@link RequestError}. */
export async function getJson<T>(path: string, asking: Asking = {}): Promise<T> {
  return (await request("GET", path, undefined, asking)) as T;
}

/** Asks with the parameters in the body, where they may be longer than an address. */
export async function postForm<T>(path: string, params: URLSearchParams, asking: Asking = {}): Promise<T> {
  return (await request("POST", path, params, asking)) as T;
}

export async function sendJson(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<unknown> {
  return request(method, path, body, { headers });
}

export const session = {
  read: () => getJson<Session>("/api/session"),
  open: (token: string) => sendJson("POST", "/api/session", { token }),
  close: () => sendJson("DELETE", "/api/session"),
};

async function request(method: string, path: string, body?: unknown, asking: Asking = {}): Promise<unknown> {
  const response = await answer(method, path, body, asking);
  if (!response.ok) throw await refusal(response);
  if (response.status === 204) return null;
  const text = await response.text().catch((failure: unknown) => {
    throw notAnswered(failure, path, asking.signal);
  });
  if (text === "") return null;
  const key = asking.repeated === true ? `${method} ${path} ${String(body)}` : null;
  const known = key === null ? undefined : answers.get(key, text);
  if (known !== undefined) return known;
  try {
    const value = JSON.parse(text) as unknown;
    if (key !== null) answers.keep(key, text, value);
    return value;
  } catch {
    throw new RequestError("unreadable", response.status, path);
  }
}

async function answer(method: string, path: string, body: unknown, asking: Asking): Promise<Response> {
  const form = body instanceof URLSearchParams;
  const late = AbortSignal.timeout(asking.timeoutMs ?? REQUEST_TIMEOUT_MS);
  try {
    return await fetch(path, {
      method,
      credentials: "same-origin",
      cache: "no-store",
      headers: {
        accept: "application/json",
        "x-framewatch-request": "1", // shows the server that its own page asks
        ...asking.headers,
        ...(body === undefined || form ? {} : { "content-type": "application/json" }),
      },
      signal: asking.signal === undefined ? late : AbortSignal.any([late, asking.signal]),
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
  } catch (failure) {
    throw notAnswered(failure, path, asking.signal);
  }
}

/** Why nothing came, or only a part: the asker went away, the time was over, or the connection broke. */
function notAnswered(failure: unknown, path: string, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return failure;
  const slow = failure instanceof DOMException && failure.name === "TimeoutError";
  return new RequestError(slow ? "slow" : "unreachable", null, path);
}

async function refusal(response: Response): Promise<RequestError> {
  const { what, todo } = await spokenReason(response);
  const { status } = response;
  if (status === 401 || status === 403) return new RequestError("denied", status, what, todo);
  return new RequestError(status < 500 ? "refused" : "failed", status, what, todo);
}

/**
 * The server's own words, `{"error":{"what","todo"}}` or Prometheus's `{"error":"..."}` with what to do beside it in
 * `framewatch`; else the status line.
 */
async function spokenReason(response: Response): Promise<{ what: string; todo: string }> {
  const text = await response.text().catch(() => "");
  try {
    const { error, framewatch } = JSON.parse(text) as { error?: string | { what?: unknown; todo?: unknown }; framewatch?: { todo?: unknown } };
    if (typeof error === "string") return promReason(error, framewatch?.todo);
    if (typeof error?.what === "string") {
      return { what: error.what, todo: typeof error.todo === "string" ? error.todo : "" };
    }
  } catch {
    // Not JSON. Loki's interface says what is wrong as plain text; a page, a proxy's say, is not for the reader.
    if (response.headers.get("content-type")?.startsWith("text/plain")) return { what: text.slice(0, PLAIN_CHARS_MAX), todo: "" };
  }
  return { what: response.statusText, todo: "" };
}

/** An evaluation's error repeats what to do at its end, for clients that read only that. */
function promReason(error: string, todo: unknown): { what: string; todo: string } {
  if (typeof todo !== "string" || todo === "") return { what: error, todo: "" };
  return { what: error.endsWith(` ${todo}`) ? error.slice(0, -todo.length - 1) : error, todo };
}
