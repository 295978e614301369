import type { ChainLink } from "../api/types";
import { Icon, type IconName } from "./Icon";

const ICONS: Record<string, IconName> = {
  camera: "camera",
  stream: "camera",
  stage: "stage",
  pipeline: "stage",
  encoder: "stage",
  worker: "stage",
  network: "network",
  site: "network",
  vpn: "network",
  uplink: "network",
};

/** From the cause to the picture; the root, where the fault began, is outlined. */
export function Chain({ links }: { links: ChainLink[] }) {
  if (links.length === 0) return null;
  return (
    <ol className="chain" lang="en">
      {links.map((link, index) => (
        <li key={index} className={index > 0 && index < links.length - 1 ? "mid" : undefined}>
          {index > 0 ? (
            <span className="ar" aria-hidden="true">
              →
            </span>
          ) : null}
          <span className={link.root ? "nd root" : "nd"}>
            <Icon name={ICONS[link.kind] ?? "box"} small />
            <span className="nd-text">{link.text}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
