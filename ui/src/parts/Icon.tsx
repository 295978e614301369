/** Line icons on a 16 px grid, drawn for Framewatch. Always beside a word or inside a named control. */
const paths = {
  now: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M8 4.8V8l2.2 1.5",
  incident: "M8 2.2 14.4 13.4H1.6ZM8 6.6v3M8 11.3v.2",
  pictures: "M2 3h5v4H2zM9 3h5v4H9zM2 9h5v4H2zM9 9h5v4H9z",
  camera: "M1.8 4.2h8.4v7.6H1.8zM10.2 7l4-2v6l-4-2",
  stage: "M3.2 3.2h9.6v9.6H3.2zM6 1.2v2M10 1.2v2M6 12.8v2M10 12.8v2M1.2 6h2M1.2 10h2M12.8 6h2M12.8 10h2",
  network: "M2 6.4a9 9 0 0 1 12 0M4.6 9.1a5.2 5.2 0 0 1 6.8 0M8 11.8v.3",
  box: "M2.5 5 8 2l5.5 3v6L8 14l-5.5-3zM2.5 5 8 8l5.5-3M8 8v6",
  changes: "M5 3.2v9.6M5 5.6c0 3 6 1.6 6 4.6M11 8.2v5",
  hammer: "M3 13.4 8.6 7.8M7 4.6 9.6 2l4.4 4.4-2.6 2.6z",
  search: "M7 2.6a4.4 4.4 0 1 1 0 8.8 4.4 4.4 0 0 1 0-8.8M10.4 10.4 14 14",
  refresh: "M13.4 8a5.4 5.4 0 1 1-1.7-3.9M13.4 2v3.2h-3.2",
  pause: "M5.5 3v10M10.5 3v10",
  play: "M5 3v10l8-5z",
  link: "M6.5 9.5l3-3M7 4.6l1.4-1.4a2.8 2.8 0 0 1 4 4L11 8.6M9 11.4l-1.4 1.4a2.8 2.8 0 0 1-4-4L5 7.4",
  person: "M8 2.8a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2M3 13.8a5 5 0 0 1 10 0",
  users: "M6 3a2.4 2.4 0 1 1 0 4.8A2.4 2.4 0 0 1 6 3M1.6 13a4.4 4.4 0 0 1 8.8 0M10.6 3.2a2.3 2.3 0 0 1 0 4.4M12 9.2a4.2 4.2 0 0 1 2.6 3.8",
  robot: "M3 6h10v7H3zM8 6V3.2M6 9.2v.4M10 9.2v.4",
  theme: "M8 2.4a5.6 5.6 0 1 1 0 11.2zM8 2.4a5.6 5.6 0 0 0 0 11.2",
  help: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M6.2 6.4a1.9 1.9 0 1 1 2.6 1.8c-.5.2-.8.6-.8 1.2M8 11.4v.1",
  close: "M4 4l8 8M12 4l-8 8",
  check: "M3 8.4 6.4 12 13 4.6",
  down: "M4 6.4l4 4 4-4",
  left: "M9.6 4l-4 4 4 4",
  right: "M6.4 4l4 4-4 4",
  gear: "M8 5.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4M8 1.6v2M8 12.4v2M1.6 8h2M12.4 8h2M3.5 3.5l1.4 1.4M11.1 11.1l1.4 1.4M12.5 3.5l-1.4 1.4M4.9 11.1l-1.4 1.4",
  dashboards: "M2 2.6h12v10.8H2zM2 6.2h12M7 6.2v7.2",
  logs: "M2.4 3.4h11.2M2.4 6.5h8M2.4 9.6h11.2M2.4 12.7h6",
  traces: "M2 3.4h6M5 6.6h6M8 9.8h4M10.6 13H14",
  alerts: "M8 2a4 4 0 0 1 4 4v3l1.4 2.4H2.6L4 9V6a4 4 0 0 1 4-4M6.6 13.6h2.8",
  targets: "M8 2.4a5.6 5.6 0 1 1 0 11.2A5.6 5.6 0 0 1 8 2.4M8 5.6a2.4 2.4 0 1 1 0 4.8 2.4 2.4 0 0 1 0-4.8M8 .8v2M8 13.2v2M.8 8h2M13.2 8h2",
  explore: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M10.6 5.4 9 9l-3.6 1.6L7 7z",
  status: "M1.6 8.6h2.8l1.8-5 3 9 2-5.4.8 1.4h2.4",
  cardinality: "M3 13.4V9M6.4 13.4V5.6M9.8 13.4V2.6M13.2 13.4V7.4",
  plus: "M8 3v10M3 8h10",
  table: "M2 3h12v10H2zM2 6.4h12M2 9.7h12M6.4 6.4V13",
  save: "M3 2.6h8l2.4 2.4v8.4H3zM5.4 2.6v3.6h4.8V2.6M5 13.4V9.4h6v4",
  edit: "M3 13l.8-3.2 7-7 2.4 2.4-7 7zM9.4 4.2l2.4 2.4",
  trash: "M3 4.4h10M6.2 4.4V2.6h3.6v1.8M4.4 4.4l.7 9h5.8l.7-9",
  dots: "M3.6 8h.1M8 8h.1M12.4 8h.1",
  zoomOut: "M7 2.6a4.4 4.4 0 1 1 0 8.8 4.4 4.4 0 0 1 0-8.8M10.4 10.4 14 14M5 7h4",
  download: "M8 2.4v7.4M4.8 7 8 10.2 11.2 7M3 13.2h10",
  upload: "M8 10V2.6M4.8 5.6 8 2.4l3.2 3.2M3 13.2h10",
  copy: "M5.4 5.4h8v8h-8zM10.6 5.4V2.6h-8v8h2.8",
  folder: "M1.8 3.6h4.4l1.4 1.6h6.6v7.6H1.8z",
  history: "M3 8a5.2 5.2 0 1 0 1.6-3.8L2.8 6M2.6 2.8V6h3.2M8 5.2V8l2 1.4",
  code: "M5.4 4.4 2 8l3.4 3.6M10.6 4.4 14 8l-3.4 3.6",
  external: "M6.4 3H3v10h10V9.6M9 3h4v4M13 3 7.4 8.6",
  star: "M8 1.8l1.9 4 4.3.6-3.1 3 .8 4.3L8 11.6l-3.9 2.1.8-4.3-3.1-3 4.3-.6z",
  question: "M6 6a2.1 2.1 0 1 1 3 1.9c-.7.3-1 .7-1 1.5M8 12v.2",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, small = false }: { name: IconName; small?: boolean }) {
  return (
    <svg className={small ? "i sm" : "i"} viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M2 6.5V2.5h4M14 2.5h4v4M18 13.5v4h-4M6 17.5H2v-4" />
      <circle cx="10" cy="10" r="2.6" />
    </svg>
  );
}
