import { useQuery } from "@tanstack/react-query";
import { panelValues, useBoard } from "../board";
import { interpolate } from "../data/interpolate";
import { text } from "../model/json";
import type { PanelViewProps } from "./kinds";

/** Markdown, HTML or code. What could run or load anything is taken out; the writer's text never becomes a script. */
export function TextPanel({ panel }: PanelViewProps) {
  const { values } = useBoard();
  const mode = text(panel.options["mode"], text(panel.raw["mode"] ?? null, "markdown"));
  const content = interpolate(text(panel.options["content"], text(panel.raw["content"] ?? null)), panelValues(values, panel), null, "text");
  const { data } = useQuery({
    queryKey: ["text", mode, content],
    queryFn: async () => (await import("./markdown")).rendered(content, mode),
    staleTime: Infinity,
    gcTime: 60_000,
    enabled: mode !== "code",
  });
  if (mode === "code") return <pre className="text-panel code">{content}</pre>;
  // The only place where text becomes HTML; `rendered` has cleaned it.
  return data === undefined ? null : <div className="text-panel" dangerouslySetInnerHTML={{ __html: data }} />;
}
