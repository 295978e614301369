import { describe, expect, it } from "vitest";
import { en } from "../../src/i18n/en";
import { ru } from "../../src/i18n/ru";
import { wordsOf } from "../../src/i18n";

const english = wordsOf("en");
const russian = wordsOf("ru");

describe("words", () => {
  it.each([
    [0, "0 s"],
    [59.4, "59 s"],
    [60, "1 min"],
    [232, "3 min 52 s"],
    [1460, "24 min"],
    [3600, "1 h"],
    [5400, "1 h 30 min"],
    [97_200, "1 d 3 h"],
    [-3, "0 s"],
  ])("%s s is %s", (seconds, spelt) => {
    expect(english.age(seconds)).toBe(spelt);
  });

  it("choose plural forms by the language's rules", () => {
    expect([1, 3, 14, 21].map((n) => russian.t("pictures.count", { n }))).toEqual([
      "1 камера",
      "3 камеры",
      "14 камер",
      "21 камера",
    ]);
    expect([1, 2].map((n) => english.t("pictures.count", { n }))).toEqual(["1 picture", "2 pictures"]);
  });

  it("write times, zones and rates", () => {
    expect(english.time("2026-11-20T14:26:40.123Z")).toBe("14:26:40");
    expect(english.moment("2026-11-20T14:26:40Z")).toBe("Friday 20 November, 14:26:40 UTC");
    expect(english.bitrate(612_000)).toBe("612 kb/s");
    expect(english.bitrate(1_842_000)).toBe("1.8 Mb/s");
    expect(russian.bitrate(1_842_000)).toBe("1,8 Мбит/с");
  });

  it("have the same holes in both languages, and no plea, exclamation or dash", () => {
    const flat = (message: string | object) => (typeof message === "string" ? message : Object.values(message).join(" "));
    const holes = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(holes(flat(ru[key])), key).toEqual(holes(flat(en[key])));
      expect(flat(en[key]), key).not.toMatch(/!|please|oops|\u2014/i);
    }
  });
});
