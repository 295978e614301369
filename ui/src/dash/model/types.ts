/**
 * Grafana's classic dashboard, as far as Framewatch reads it. The reader (`read.ts`) fills every field, so that the
 * rest of the code never asks whether something is there; `raw` keeps the JSON that was read, for saving.
 */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json | undefined;
}

export interface GridPos {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** Which data source, by type and uid; either may hold a variable. Null: the default one. */
export interface SourceRef {
  type: string;
  uid: string;
}

export interface Target {
  refId: string;
  source: SourceRef | null;
  expr: string;
  legend: string;
  format: "time_series" | "table" | "heatmap";
  instant: boolean;
  range: boolean;
  hide: boolean;
  /** The least step, such as "30s" or "$interval"; empty for none. */
  interval: string;
  intervalFactor: number;
  /** For trace searches and other sources that ask more than one expression. */
  raw: JsonObject;
}

export interface ThresholdStep {
  /** Null is minus infinity. */
  value: number | null;
  color: string;
}

export interface Thresholds {
  mode: "absolute" | "percentage";
  steps: ThresholdStep[];
}

export interface MappingResult {
  text: string | null;
  color: string | null;
}

export type Mapping =
  | { type: "value"; options: Record<string, MappingResult> }
  | { type: "range"; from: number | null; to: number | null; result: MappingResult }
  | { type: "regex"; pattern: string; result: MappingResult }
  | { type: "special"; match: string; result: MappingResult };

export interface Link {
  title: string;
  url: string;
  targetBlank: boolean;
  /** Dashboards with these tags, instead of a url. */
  tags: string[];
  keepTime: boolean;
  includeVars: boolean;
}

export interface FieldColor {
  mode: string;
  fixedColor: string;
}

export interface FieldConfig {
  unit: string;
  decimals: number | null;
  min: number | null;
  max: number | null;
  displayName: string;
  noValue: string;
  color: FieldColor | null;
  thresholds: Thresholds;
  mappings: Mapping[];
  links: Link[];
  custom: JsonObject;
}

export interface Override {
  matcher: { id: string; options: Json };
  properties: { id: string; value: Json }[];
}

export interface Transformation {
  id: string;
  options: JsonObject;
  disabled: boolean;
}

export interface Panel {
  id: number;
  type: string;
  title: string;
  description: string;
  grid: GridPos;
  source: SourceRef | null;
  targets: Target[];
  options: JsonObject;
  defaults: FieldConfig;
  overrides: Override[];
  transformations: Transformation[];
  links: Link[];
  transparent: boolean;
  repeat: string;
  repeatDirection: "h" | "v";
  maxPerRow: number;
  /** The least step of all its targets; empty for none. */
  interval: string;
  maxDataPoints: number | null;
  timeFrom: string;
  timeShift: string;
  /** Of a row: whether its panels are hidden. */
  collapsed: boolean;
  /** Of a row: its panels, in the order of the grid. */
  children: Panel[];
  /** Variables fixed by a repeat, by name. */
  scope: Record<string, string>;
  raw: JsonObject;
}

export type VariableType = "query" | "custom" | "constant" | "interval" | "datasource" | "textbox" | "adhoc";

export interface Option {
  text: string;
  value: string;
}

export interface Variable {
  name: string;
  type: VariableType | "unsupported";
  label: string;
  description: string;
  hide: "nothing" | "label" | "all";
  query: string;
  source: SourceRef | null;
  regex: string;
  sort: number;
  multi: boolean;
  includeAll: boolean;
  /** What "All" means instead of every option; empty for that. */
  allValue: string;
  /** Asked anew when the time range changes. */
  onTime: boolean;
  current: string[];
  options: Option[];
  /** Of an interval: the step count of its `auto` choice, and its least step; 0 for no such choice. */
  autoCount: number;
  autoMin: string;
}

export interface Annotation {
  name: string;
  enable: boolean;
  hide: boolean;
  color: string;
  source: SourceRef | null;
  expr: string;
  step: string;
  titleFormat: string;
  textFormat: string;
  builtIn: boolean;
}

export interface Dashboard {
  uid: string;
  title: string;
  from: string;
  to: string;
  refresh: string;
  timezone: string;
  links: Link[];
  variables: Variable[];
  annotations: Annotation[];
  panels: Panel[];
  /** Panels of the file that are not among them, because there are too many. */
  leftOut: number;
  raw: JsonObject;
}
