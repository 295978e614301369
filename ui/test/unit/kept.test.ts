import { describe, expect, it } from "vitest";
import { ANSWER_CHARS_MAX, KEPT_CHARS_MAX, KeptAnswers } from "../../src/api/kept";

describe("kept answers", () => {
  it("gives the same object for the same text, and nothing for another text or another question", () => {
    const answers = new KeptAnswers();
    const value = { data: [1] };
    answers.keep("q", '{"data":[1]}', value);
    expect(answers.get("q", '{"data":[1]}')).toBe(value);
    expect(answers.get("q", '{"data":[2]}')).toBeUndefined();
    expect(answers.get("other", '{"data":[1]}')).toBeUndefined();
  });

  it("keeps no more than its room, the latest asked, and no answer of uncommon length", () => {
    const answers = new KeptAnswers();
    const text = "x".repeat(ANSWER_CHARS_MAX);
    const many = KEPT_CHARS_MAX / ANSWER_CHARS_MAX;
    for (let at = 0; at < many; at++) answers.keep(`q${at}`, text, at);
    expect(answers.get("q0", text)).toBe(0); // asked again: q1 is the oldest now
    answers.keep("one more", text, "more");
    expect(answers.get("q1", text)).toBeUndefined();
    expect(answers.get("q0", text)).toBe(0);
    expect(answers.get("one more", text)).toBe("more");
    answers.keep("long", `${text}x`, "long");
    expect(answers.get("long", `${text}x`)).toBeUndefined();
  });
});
