import { syntaxTree } from "@codemirror/language";
import { linter, type Diagnostic } from "@codemirror/lint";
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { Words } from "../i18n";
import type { SourceClient } from "./client";
import { placeOf, plainText } from "./place";

const DELAY_MS = 350;

/** Underlines what is wrong where it stands, with the mend. The source that will run the query judges it. */
export function checked(client: SourceClient, t: Words["t"]): Extension {
  return linter(
    async (view) => {
      const query = view.state.doc.toString();
      if (query.trim() === "") return [];
      const plain = plainText(query);
      const verdict = plain === null ? "unknown" : await client.check(plain);
      if (verdict === "fine") return [];
      if (verdict === "unknown") return plain === null ? [] : byGrammar(view, t);
      return [diagnostic(query, verdict.wrong, verdict.todo)];
    },
    { delay: DELAY_MS },
  );
}

function diagnostic(query: string, wrong: string, todo: string): Diagnostic {
  const { from, to, what } = placeOf(query, wrong);
  return { from, to, severity: "error", message: todo === "" ? what : `${what} ${todo}` };
}

/** Where the source does not say what it thinks of a query, our own grammar finds the place, and no more. */
function byGrammar(view: EditorView, t: Words["t"]): Diagnostic[] {
  const found: Diagnostic[] = [];
  syntaxTree(view.state).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError && found.length === 0) found.push({ from: Math.max(0, from === to ? from - 1 : from), to: Math.max(to, from), severity: "error", message: t("editor.wrong") });
    },
  });
  return found;
}
