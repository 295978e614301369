import { syntaxTree } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { hoverTooltip, type EditorView } from "@codemirror/view";
import type { Words } from "../i18n";
import type { SourceClient } from "./client";
import { helpOf, signatureOf } from "./functions";
import { metadataOf } from "./names";

interface Help {
  title: string;
  note: string;
  text: string;
}

/** Help at the pointer: what a function takes and does, what a metric is. */
export function hoverHelp(client: SourceClient, t: Words["t"]): Extension {
  return hoverTooltip(async (view, pos, side) => {
    const found = wordAt(view, pos, side);
    if (found === null) return null;
    const help = await helpFor(found.word, found.metric, client, t);
    return help === null ? null : { pos: found.from, end: found.to, above: true, create: () => ({ dom: drawn(help) }) };
  });
}

function wordAt(view: EditorView, pos: number, side: -1 | 1): { from: number; to: number; word: string; metric: boolean } | null {
  const node = syntaxTree(view.state).resolveInner(pos, side);
  if (node.name === "StringLiteral" || node.name === "LineComment" || node.name === "LabelName") return null;
  const line = view.state.doc.lineAt(pos);
  for (const match of line.text.matchAll(/[a-zA-Z_:][\w:]*/g)) {
    const from = line.from + match.index;
    const to = from + match[0].length;
    if (pos < from || pos > to) continue;
    return { from, to, word: match[0], metric: node.name === "Identifier" && line.text[to - line.from] !== "(" };
  }
  return null;
}

async function helpFor(word: string, metric: boolean, client: SourceClient, t: Words["t"]): Promise<Help | null> {
  const known = helpOf(word);
  if (known !== null && !metric) return { title: `${word}${signatureOf(word) ?? ""}`, note: "", text: known };
  const metadata = metadataOf(word, await client.metricMetadata());
  if (metadata !== null) {
    return { title: word, note: [metadata.type, metadata.unit].filter((one) => one !== "").join(", "), text: metadata.help };
  }
  if (!metric) return null;
  const names = await client.names();
  return { title: word, note: "", text: t(names.includes(word) ? "editor.metric.noHelp" : "editor.metric.unknown") };
}

/** Text from elsewhere is set as text: nothing in it can become an element. */
function drawn({ title, note, text }: Help): HTMLElement {
  const box = document.createElement("div");
  box.className = "help";
  for (const [name, content] of [["help-title", title], ["help-note", note], ["help-text", text]] as const) {
    if (content === "") continue;
    const part = box.appendChild(document.createElement("p"));
    part.className = name;
    part.textContent = content;
  }
  return box;
}
