import type { PageProps } from "../app/pages";
import "../styles/dash.css";
import "../styles/panels.css";
import { BoardList } from "./BoardList";
import { BoardPage } from "./BoardPage";
import { NewBoard } from "./edit/NewBoard";
import { askFirst } from "./firstAsk";

void askFirst().catch(() => undefined); // the page itself tells what is wrong

/** `/dashboards` lists them, `/d/uid` shows one, `/dashboards/new` makes or imports one. */
export default function DashboardsPage({ rest }: PageProps) {
  const [first = ""] = rest.split("/");
  if (first === "") return <BoardList />;
  if (first === "new") return <NewBoard />;
  return <BoardPage key={first} uid={decodeURIComponent(first)} />;
}
