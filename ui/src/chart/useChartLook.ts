import { useTheme } from "../app/theme";
import { CHART_LOOKS, type ChartLook } from "./look";

/** The colours of charts in the reader's theme. */
export function useChartLook(): ChartLook {
  return CHART_LOOKS[useTheme().colours];
}
