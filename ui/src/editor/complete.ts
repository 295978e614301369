import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { newCompleteStrategy, PromQLExtension, type CompleteStrategy } from "@prometheus-io/codemirror-promql";
import type { Words } from "../i18n";
import type { SourceClient } from "./client";
import { isPlainName, metricText } from "./names";
import { signatureOf } from "./functions";

/** As many as fit without scrolling: the keys move the list, and typing shortens it. */
const SHOWN_MAX = 12;
const METADATA_MAX = 20_000;

/** What `$__...` stands for, in the words of the pages. */
const BUILTINS = ["__rate_interval", "__interval", "__range"] as const;
const WINDOWS = ["1m", "5m", "15m", "1h", "1d"];

/** PromQL with proposals from the source. */
export function completionOf(client: SourceClient, variables: readonly string[], t: Words["t"]): Extension {
  const complete = new Proposals(client, variables, t);
  const language = new PromQLExtension().activateLinter(false).setComplete({ completeStrategy: complete });
  return [language.asExtension(), autocompletion({ maxRenderedOptions: SHOWN_MAX, icons: false, tooltipClass: () => "proposals" })];
}

/** What codemirror-promql proposes, with signatures of functions, variables, and names that need quotes written so. */
class Proposals implements CompleteStrategy {
  readonly #inner: CompleteStrategy;

  constructor(
    client: SourceClient,
    readonly variables: readonly string[],
    readonly t: Words["t"],
  ) {
    this.#inner = newCompleteStrategy({ remote: client, maxMetricsMetadata: METADATA_MAX });
  }

  async promQL(context: CompletionContext): Promise<CompletionResult | null> {
    const own = this.#variables(context) ?? this.#windows(context);
    if (own !== null) return own;
    const found = await this.#inner.promQL(context);
    if (found === null) return null;
    return { ...found, options: found.options.map(told) };
  }

  #variables(context: CompletionContext): CompletionResult | null {
    const at = context.matchBefore(/\$\{?\w*/);
    if (at === null) return null;
    return { from: at.from, options: this.#named(), validFor: /^\$\{?\w*$/ };
  }

  #named(): Completion[] {
    return [
      ...BUILTINS.map((name): Completion => ({ label: `$${name}`, type: "variable", detail: this.t(`editor.variable.${name}`) })),
      ...this.variables.map((name): Completion => ({ label: `$${name}`, type: "variable", detail: this.t("editor.variable") })),
    ];
  }

  /** Right after `[` nothing is typed yet, and what may stand there is known. */
  #windows(context: CompletionContext): CompletionResult | null {
    if (context.matchBefore(/\[/) === null) return null;
    const options = [...this.#named().slice(0, 1), ...WINDOWS.map((label): Completion => ({ label, type: "constant" }))];
    return { from: context.pos, options };
  }
}

function told(option: Completion): Completion {
  if (option.type === "function") {
    const signature = signatureOf(option.label);
    return signature === null ? option : { ...option, detail: signature };
  }
  // A name with a dot stands in braces and quotes.
  if (option.type === "constant" && option.apply === undefined && !isPlainName(option.label)) return { ...option, apply: metricText(option.label) };
  return option;
}
