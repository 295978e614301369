import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** Colours of PromQL: the tokens of the page, which reach into the shadow root. */
export const colours = HighlightStyle.define([
  { tag: [tags.function(tags.variableName), tags.keyword, tags.modifier, tags.operatorKeyword], color: "var(--syn-fn)" },
  { tag: [tags.labelName, tags.propertyName], color: "var(--syn-label)" },
  { tag: tags.variableName, color: "var(--text-1)" },
  { tag: tags.string, color: "var(--syn-str)" },
  { tag: [tags.number, tags.bool, tags.unit], color: "var(--syn-num)" },
  { tag: [tags.operator, tags.arithmeticOperator, tags.compareOperator, tags.paren, tags.brace, tags.squareBracket, tags.separator], color: "var(--text-2)" },
  { tag: tags.comment, color: "var(--text-3)", fontStyle: "italic" },
]);

const TOOLTIP = {
  backgroundColor: "var(--overlay)",
  color: "var(--text-1)",
  border: "1px solid var(--line-2)",
  borderRadius: "var(--r-1)",
  boxShadow: "var(--shadow)",
  zIndex: "20",
};

/** The editor as a field of the page. */
export const look = EditorView.theme({
  "&": { backgroundColor: "var(--bg)", color: "var(--text-1)", border: "1px solid var(--line-3)", borderRadius: "var(--r-1)", fontSize: "12.5px" },
  "&.cm-focused": { outline: "2px solid var(--focus)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "20px", fontFeatureSettings: '"zero", "tnum"', maxHeight: "300px" },
  ".cm-content": { padding: "7px 0", caretColor: "var(--text-1)", minHeight: "36px" },
  ".cm-line": { padding: "0 10px", overflowWrap: "anywhere" },
  ".cm-cursor": { borderLeftColor: "var(--text-1)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--accent-wash)" },
  ".cm-placeholder": { color: "var(--text-3)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--surface-3)", outline: "1px solid var(--line-3)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", color: "var(--broken-text)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--broken)", textUnderlineOffset: "3px", textDecorationSkipInk: "none" },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--broken)" },
  ".cm-tooltip": TOOLTIP,
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "12px", maxHeight: "none", overflow: "hidden", minWidth: "220px", maxWidth: "min(620px, 92vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 10px", lineHeight: "18px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--surface-3)", color: "var(--text-1)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700", color: "var(--accent)" },
  ".cm-completionDetail": { marginLeft: "12px", fontStyle: "normal", color: "var(--text-3)", font: "400 11px/14px var(--sans)" },
  ".cm-tooltip.cm-completionInfo": { ...TOOLTIP, padding: "8px 10px", maxWidth: "min(340px, 80vw)", font: "400 12px/16px var(--sans)", color: "var(--text-2)", overflowWrap: "anywhere" },
  ".cm-diagnostic": { padding: "6px 10px", borderLeft: "0", font: "400 12px/17px var(--sans)", maxWidth: "min(520px, 88vw)", overflowWrap: "anywhere" },
  ".cm-tooltip-hover": { maxHeight: "50vh", overflow: "auto" },
  ".help": { padding: "8px 10px", maxWidth: "min(460px, 88vw)", overflowWrap: "anywhere", unicodeBidi: "isolate" },
  ".help p": { margin: "0" },
  ".help-title": { font: "500 12px/17px var(--mono)" },
  ".help-note": { font: "400 11px/15px var(--sans)", color: "var(--text-3)" },
  ".help-text": { font: "400 12px/17px var(--sans)", color: "var(--text-2)", whiteSpace: "pre-line", maxHeight: "200px", overflow: "auto" },
  ".cm-panels": { backgroundColor: "var(--surface-1)", color: "var(--text-1)", borderColor: "var(--line-2)" },
});
