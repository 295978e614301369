import DOMPurify from "dompurify";
import { marked } from "marked";
import { safeUrl } from "../links";

/** Text longer than any that is meant to be read. */
const CHARS_MAX = 200_000;

/** Markdown or HTML as clean HTML: no script, no style, no frame, no form, no picture from elsewhere. */
export function rendered(content: string, mode: string): string {
  const cut = content.slice(0, CHARS_MAX);
  const html = mode === "html" ? cut : marked.parse(cut, { async: false, gfm: true });
  const clean = DOMPurify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: ["style", "form", "input", "textarea", "select", "button", "iframe", "object", "embed", "video", "audio", "link", "meta", "base"],
    FORBID_ATTR: ["style", "id", "class", "name", "srcset"],
    RETURN_DOM_FRAGMENT: true,
  });
  for (const link of clean.querySelectorAll("a")) {
    const url = safeUrl(link.getAttribute("href") ?? "");
    if (url === null) link.removeAttribute("href");
    else link.setAttribute("href", url);
    link.setAttribute("rel", "noreferrer");
  }
  for (const image of clean.querySelectorAll("img")) {
    const url = safeUrl(image.getAttribute("src") ?? "");
    if (url?.startsWith("/") === true) image.setAttribute("src", url);
    else image.replaceWith(image.getAttribute("alt") ?? "");
  }
  const box = document.createElement("div");
  box.append(clean);
  return box.innerHTML;
}
