import type { Frame } from "../data/frames";
import type { Values } from "../data/interpolate";
import type { Transformation } from "../model/types";
import { calculateField, convertFieldType, reduceFields } from "./fields";
import { filterByName, filterByRefId, filterByValue, limit, sortBy } from "./filter";
import { configFromData, joinByField, joinByLabels, labelsToFields, merge, seriesToRows } from "./join";
import { groupBy, organize, partitionByValues, renameByRegex, rowsToFields, transpose } from "./shape";

/** Turns frames into others. Never changes what it is given. */
export type Transform = (frames: readonly Frame[], options: Transformation["options"], values: Values) => Frame[];

/** Every transformation there is, by the name that dashboards use. */
export const TRANSFORMS: Record<string, Transform> = {
  organize,
  merge,
  joinByField,
  seriesToColumns: joinByField,
  joinByLabels,
  groupBy,
  filterByValue,
  filterByRefId,
  filterFieldsByName: filterByName,
  reduce: reduceFields,
  calculateField,
  convertFieldType,
  sortBy,
  limit,
  labelsToFields,
  seriesToRows,
  renameByRegex,
  rowsToFields,
  transpose,
  partitionByValues,
  configFromData,
};

/** A transformation that dashboards may name and we do not have. Its panel says so instead of showing a wrong picture. */
export class Unsupported extends Error {
  constructor(readonly what: string) {
    super(what);
  }
}

export function knownTransform(id: string): boolean {
  return Object.hasOwn(TRANSFORMS, id);
}

/** All transformations of a panel, in order. Throws {@link Unsupported} for one that we do not have. */
export function transformed(frames: readonly Frame[], steps: readonly Transformation[], values: Values): Frame[] {
  let out = [...frames];
  for (const { id, options, disabled } of steps) {
    if (disabled) continue;
    const transform = Object.hasOwn(TRANSFORMS, id) ? TRANSFORMS[id] : undefined;
    if (transform === undefined) throw new Unsupported(id);
    out = transform(out, options, values);
  }
  return out;
}
