import type { Session } from "./types";

const REQUEST_TIMEOUT_MS = 8_000;

/** Why a request brought nothing. `kind` decides what the page says and whose turn it is. */
export class RequestError extends Error {
  constructor(
    readonly kind: "unreachable" | "slow" | "denied" | "refused" | "failed" | "unreadable",
    readonly status: number | null,
    readonly detail: string,
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
  open: (credentials: { token: string } | { user: string; password: string }) =>
    sendJson("POST", "/api/session", credentials),
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
  const detail = await spokenReason(response);
  if (response.status === 401 || response.status === 403) return new RequestError("denied", response.status, detail);
  return new RequestError(response.status < 500 ? "refused" : "failed", response.status, detail);
}

/** The server's own words, when the answer is a fault in JSON; else the status line. */
async function spokenReason(response: Response): Promise<string> {
  const text = await response.text().catch(() => "");
  try {
    const fault = JSON.parse(text) as Record<string, unknown>;
    for (const key of ["whatHappened", "message", "error", "detail"]) {
      const said = fault[key];
      if (typeof said === "string" && said !== "") return said;
    }
  } catch {
    // Not JSON: a proxy's page, say. Its text is not for the reader.
  }
  return response.statusText;
}
