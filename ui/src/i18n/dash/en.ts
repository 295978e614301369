export const dashEn = {
  "dash.view.table": "View as table",
} as const;
