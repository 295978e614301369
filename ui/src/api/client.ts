import type { Session } from "./types";

const REQUEST_TIMEOUT_MS = 8_000;
const PLAIN_CHARS_MAX = 500;

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

/** Asks the server for JSON; every way to fail becomes a {@link RequestError}. */
export async function getJson<T>(path: string): Promise<T> {
  return (await request("GET", path)) as T;
}

export async function sendJson(method: "POST" | "DELETE", path: string, body?: unknown): Promise<unknown> {
  return request(method, path, body);
}

export const session = {
  read: () => getJson<Session>("/api/session"),
  open: (token: string) => sendJson("POST", "/api/session", { token }),
  close: () => sendJson("DELETE", "/api/session"),
};

async function request(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await answer(method, path, body);
  if (!response.ok) throw await refusal(response);
  if (response.status === 204) return null;
  const text = await response.text().catch(() => "");
  if (text === "") return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new RequestError("unreadable", response.status, path);
  }
}

async function answer(method: string, path: string, body: unknown): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      credentials: "same-origin",
      cache: "no-store",
      headers: {
        accept: "application/json",
        "x-framewatch-request": "1", // shows the server that its own page asks
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (failure) {
    const slow = failure instanceof DOMException && failure.name === "TimeoutError";
    throw new RequestError(slow ? "slow" : "unreachable", null, path);
  }
}

async function refusal(response: Response): Promise<RequestError> {
  const { what, todo } = await spokenReason(response);
  const { status } = response;
  if (status === 401 || status === 403) return new RequestError("denied", status, what, todo);
  return new RequestError(status < 500 ? "refused" : "failed", status, what, todo);
}

/** The server's own words, `{"error":{"what","todo"}}`; else the status line. */
async function spokenReason(response: Response): Promise<{ what: string; todo: string }> {
  const text = await response.text().catch(() => "");
  try {
    const { error } = JSON.parse(text) as { error?: { what?: unknown; todo?: unknown } };
    if (typeof error?.what === "string") {
      return { what: error.what, todo: typeof error.todo === "string" ? error.todo : "" };
    }
  } catch {
    // Not JSON. Loki's interface says what is wrong as plain text; a page, a proxy's say, is not for the reader.
    if (response.headers.get("content-type")?.startsWith("text/plain")) return { what: text.slice(0, PLAIN_CHARS_MAX), todo: "" };
  }
  return { what: response.statusText, todo: "" };
}
