import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { UNIT_NAMES } from "../../src/dash/field/units";
import { REDUCERS } from "../../src/dash/field/reduce";
import { OLD_PANELS, PANELS } from "../../src/dash/support";
import { TRANSFORMS } from "../../src/dash/transform";

const DOCS = new URL("../../../docs/reference/dashboards.md", import.meta.url);
const BEGIN = "<!-- support: npm run support -->";
const END = "<!-- /support -->";

/** The support matrix, made of what the code has. */
function matrix(): string {
  const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");
  const panels = Object.entries(PANELS).map(([type, { leaves }]) => `| \`${type}\` | ${leaves} |`);
  return [
    BEGIN,
    "",
    "| panel | left out |",
    "|---|---|",
    ...panels,
    "| `row` | nothing |",
    "",
    `Old panels are read as new ones: ${Object.entries(OLD_PANELS).map(([old, now]) => `\`${old}\` as \`${now}\``).join(", ")}. Any other panel shows "Not supported" and its name.`,
    "",
    `**Transformations**: ${code(Object.keys(TRANSFORMS))}. Any other one makes its panel say so.`,
    "",
    `**Calculations**: ${code(Object.keys(REDUCERS))}, and any percentile as \`p75\`.`,
    "",
    `**Units** (any other name is written after the number): ${code(UNIT_NAMES)}, and \`suffix:\`, \`prefix:\`, \`si:\`, \`count:\`, \`currency:\`, \`bool:\`, \`time:\`.`,
    "",
    END,
  ].join("\n");
}

it("the support matrix in the docs is what the code has (npm run support writes it)", () => {
  const text = readFileSync(DOCS, "utf8");
  const [before = "", rest = ""] = text.split(BEGIN);
  const after = rest.split(END)[1] ?? "";
  const wanted = before + matrix() + after;
  if (process.env["WRITE_SUPPORT"] === "1") writeFileSync(DOCS, wanted);
  else expect(text).toBe(wanted);
});
