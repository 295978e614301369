import type { ChainLink } from "../api/types";
import { useWords } from "../i18n";
import { Icon, type IconName } from "./Icon";
import { Told, tellNode } from "./told";

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
  const words = useWords();
  if (links.length === 0) return null;
  return (
    <ol className="chain">
      {links.map((link, index) => (
        <li key={index} className={index > 0 && index < links.length - 1 ? "mid" : undefined}>
          {index > 0 ? (
            <span className="ar" aria-hidden="true">
              →
            </span>
          ) : null}
          <span className={link.root ? "nd root" : "nd"}>
            <Icon name={ICONS[link.kind] ?? "box"} small />
            <Told className="nd-text" said={tellNode(words, link)} />
          </span>
        </li>
      ))}
    </ol>
  );
}
