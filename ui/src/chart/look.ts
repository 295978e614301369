import type { Look } from "../dash/field/colors";

/** Colours that a canvas needs as values. They are the tokens of the same names; a test holds them equal. */
export interface ChartLook {
  look: Look;
  grid: string;
  axis: string;
  text: string;
  hatch: string;
  playhead: string;
  surface: string;
  font: string;
}

const FONT = '11px "Inter Variable", system-ui, sans-serif';

export const CHART_LOOKS: Record<Look, ChartLook> = {
  dark: {
    look: "dark",
    grid: "#1b2027",
    axis: "#8f9aa8",
    text: "#eef1f5",
    hatch: "#5b6674",
    playhead: "#ffffff",
    surface: "#101317",
    font: FONT,
  },
  light: {
    look: "light",
    grid: "#eceff3",
    axis: "#58626f",
    text: "#14181d",
    hatch: "#9aa4b0",
    playhead: "#14181d",
    surface: "#ffffff",
    font: FONT,
  },
};
