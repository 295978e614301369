import { sendJson } from "../api/client";

export const ROLES = ["viewer", "editor", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** A token may also only send data, and read nothing. */
export const TOKEN_ROLES = [...ROLES, "push"] as const;
export type TokenRole = (typeof TOKEN_ROLES)[number];

export interface User {
  name: string;
  role: Role;
  tenant: string;
  disabled: boolean;
  /** Logins open now. */
  sessions: number;
}

export interface Token {
  id: string;
  name: string;
  role: TokenRole;
  tenant: string;
  by: string;
  createdMs: number;
  /** 0 for never. */
  expiresMs: number;
  /** 0 for never. */
  usedMs: number;
}

export interface Login {
  id: string;
  user: string;
  role: Role;
  tenant: string;
  way: "password" | "token" | "link" | "provider";
  address: string;
  browser: string;
  beganMs: number;
  usedMs: number;
  current: boolean;
}

export interface Account {
  user: string;
  role: Role;
  tenant: string;
  mode: "open" | "login" | "anonymous";
  way: Login["way"] | null;
  /** Whether there is a password here that can be changed. */
  password: boolean;
  sessions: Login[];
}

export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 200;
export const NAME_PATTERN = "[A-Za-z0-9_.@\\-]{1,64}";

const path = (...parts: string[]): string => `/api/${parts.map(encodeURIComponent).join("/")}`;

export const people = {
  add: (name: string, role: string, password: string) => sendJson("POST", "/api/users", { name, role, password }),
  change: (name: string, part: { role?: string; password?: string; disabled?: boolean }) => sendJson("PUT", path("users", name), part),
  remove: (name: string) => sendJson("DELETE", path("users", name)),
  issue: async (name: string, role: string, days: number) => (await sendJson("POST", "/api/tokens", { name, role, days })) as { name: string; token: string },
  revoke: (id: string) => sendJson("DELETE", path("tokens", id)),
  end: (id: string) => sendJson("DELETE", path("sessions", id)),
  endOwn: (id: string) => sendJson("DELETE", path("account", "sessions", id)),
  ownPassword: (old: string, password: string) => sendJson("POST", "/api/account/password", { old, password }),
};

const LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const GROUPS = 4;
const GROUP_CHARS = 5;

/** A password of 20 characters that are not mistaken for each other, in groups: 115 bits. */
export function madePassword(): string {
  const letters: string[] = [];
  while (letters.length < GROUPS * GROUP_CHARS) {
    const byte = crypto.getRandomValues(new Uint8Array(1))[0] ?? 255;
    const fair = Math.floor(256 / LETTERS.length) * LETTERS.length;
    if (byte < fair) letters.push(LETTERS[byte % LETTERS.length] ?? "");
  }
  return Array.from({ length: GROUPS }, (_, group) => letters.slice(group * GROUP_CHARS, (group + 1) * GROUP_CHARS).join("")).join("-");
}

const BROWSERS: readonly [RegExp, string][] = [
  [/HeadlessChrome\//, "Chromium"],
  [/YaBrowser\//, "Yandex"],
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
  [/curl\//, "curl"],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/Android/, "Android"],
  [/iPhone|iPad/, "iOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** "Firefox, Linux" of what a browser calls itself; the text itself where nothing is known in it. */
export function browserOf(text: string): string {
  const known = [BROWSERS, SYSTEMS].flatMap((list) => list.find(([pattern]) => pattern.test(text))?.[1] ?? []);
  return known.length === 0 ? text : known.join(", ");
}
