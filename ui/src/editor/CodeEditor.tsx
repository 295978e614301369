import { closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap, completionStatus, selectedCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, insertNewlineAndIndent } from "@codemirror/commands";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { Compartment, EditorState, Prec, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap, placeholder as hint, tooltips } from "@codemirror/view";
import { useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";
import { useWords } from "../i18n";
import { completionOf } from "./complete";
import { hoverHelp } from "./hover";
import { checked } from "./check";
import { SourceClient } from "./client";
import { colours, look } from "./look";
import type { CodeProps } from "./PromEditor";

/** A query is as long as the server takes one. */
const CHARACTERS_MAX = 262_144;

/** More texts than one types while a page draws once. */
const TOLD_MAX = 200;

/**
 * The editor. It lives in a shadow root: there its styles are a constructed sheet, which the Content-Security-Policy
 * allows, and not a style element, which it refuses.
 */
export function CodeEditor({ value, label, placeholder, source, variables, search = false, caret, onChange, onRun, onLeave }: CodeProps) {
  const { t, language } = useWords();
  const host = useRef<HTMLDivElement>(null);
  const made = useRef<{ view: EditorView; context: Compartment } | null>(null);
  /** Texts told that have not come back as `value` yet: where the page is slower than the fingers, the field is ahead of it. */
  const told = useRef<string[]>([]);
  const change = useEffectEvent((text: string) => {
    told.current = [...told.current.slice(-TOLD_MAX), text];
    onChange(text);
  });
  const run = useEffectEvent((text: string) => onRun(text));
  const leave = useEffectEvent((text: string) => onLeave?.(text));
  const first = useEffectEvent(() => ({ value, caret }));
  const names = variables.join(" ");

  useLayoutEffect(() => {
    const place = host.current;
    if (place === null) return;
    const root = place.shadowRoot ?? place.attachShadow({ mode: "open" });
    const context = new Compartment();
    const begin = first();
    const view = new EditorView({
      parent: root as unknown as Element,
      root,
      state: EditorState.create({
        doc: begin.value,
        extensions: [
          keys(run), // before the completion's own keys, which take a proposal in any case
          context.of([]),
          common,
          EditorState.changeFilter.of((transaction) => transaction.newDoc.length <= CHARACTERS_MAX),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) change(update.state.doc.toString());
          }),
          EditorView.domEventHandlers({ blur: (_, of) => leave(of.state.doc.toString()) }),
        ],
      }),
    });
    made.current = { view, context };
    place.focus = () => view.focus(); // for the page's keys: the field itself is inside
    if (begin.caret !== null) {
      view.focus();
      view.dispatch({ selection: { anchor: Math.min(begin.caret, view.state.doc.length) } });
    }
    return () => {
      view.destroy();
      made.current = null;
    };
  }, []);

  useLayoutEffect(() => {
    const now = made.current;
    if (now === null) return;
    const client = SourceClient.of(source);
    const own = [
      completionOf(client, names === "" ? [] : names.split(" "), t),
      hoverHelp(client, t),
      checked(client, t),
      hint(placeholder),
      EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off", autocorrect: "off", translate: "no" }),
    ];
    now.view.dispatch({ effects: now.context.reconfigure(own) });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `t` changes with the language
  }, [source, names, label, placeholder, language]);

  useEffect(() => {
    const view = made.current?.view;
    const echo = told.current.lastIndexOf(value);
    told.current = echo < 0 ? [] : told.current.slice(echo + 1);
    if (view === undefined || echo >= 0 || view.state.doc.toString() === value) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
  }, [value]);

  return <div ref={host} className="code" {...(search ? { "data-search": "" } : {})} />;
}

const common: Extension = [
  history(),
  closeBrackets(),
  bracketMatching(),
  drawSelection(),
  EditorView.lineWrapping,
  syntaxHighlighting(colours),
  look,
  tooltips({ position: "fixed" }),
  // Tab is not bound: it leaves the field, as everywhere.
  keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
];

/** Enter asks, Shift+Enter makes a new line. Enter takes a proposal only where that changes the text. */
function keys(run: (text: string) => void): Extension {
  const ask = (view: EditorView): boolean => {
    closeCompletion(view);
    run(view.state.doc.toString());
    return true;
  };
  const unlessProposed = (view: EditorView): boolean => {
    if (completionStatus(view.state) === "active" && !written(view.state)) return false;
    return ask(view);
  };
  return [
    Prec.highest(keymap.of([{ key: "Enter", run: unlessProposed }, { key: "Mod-Enter", run: ask }])),
    Prec.high(keymap.of([{ key: "Enter", run: ask }, { key: "Shift-Enter", run: insertNewlineAndIndent }])),
  ];
}

/** Whether the selected proposal already stands before the caret. */
function written(state: EditorState): boolean {
  const proposed = selectedCompletion(state);
  if (proposed === null) return true;
  const { head } = state.selection.main;
  return state.sliceDoc(0, head).endsWith(proposed.label) && !/[\w:]/.test(state.sliceDoc(Math.max(0, head - proposed.label.length - 1), head - proposed.label.length));
}
