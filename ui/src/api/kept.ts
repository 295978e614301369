/** Kept texts together have at most so many characters. */
export const KEPT_CHARS_MAX = 4_000_000;
/** A longer answer is not kept: one of them would push out those of a whole board. */
export const ANSWER_CHARS_MAX = 400_000;

/**
 * The last answers to questions that pages ask again and again. Where a text has come before, what was read from it
 * then is given again: nothing is parsed, and whatever was made of it stays as it is. The longest unasked go first.
 */
export class KeptAnswers {
  readonly #known = new Map<string, { text: string; value: unknown }>();
  #chars = 0;

  /** What the same text brought under this key before; undefined where it was another text, or none. */
  get(key: string, text: string): unknown {
    const known = this.#known.get(key);
    if (known?.text !== text) return undefined;
    this.#known.delete(key);
    this.#known.set(key, known);
    return known.value;
  }

  keep(key: string, text: string, value: unknown): void {
    this.#drop(key);
    if (text.length > ANSWER_CHARS_MAX) return;
    this.#known.set(key, { text, value });
    this.#chars += text.length;
    for (const oldest of this.#known.keys()) {
      if (this.#chars <= KEPT_CHARS_MAX) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const known = this.#known.get(key);
    if (known === undefined) return;
    this.#known.delete(key);
    this.#chars -= known.text.length;
  }
}
