/** A dot that leads somewhere, over a chart. */
export interface Dot {
  left: number;
  top: number;
  url: string | null;
  title: string;
}

/**
 * Puts dots into a layer over a chart, by hand: they move with every drawing, which is no reason to render the page.
 * They are no tab stops; the panel's menu has the same links.
 */
export function placeDots(layer: HTMLElement, dots: readonly Dot[]): void {
  while (layer.children.length > dots.length) layer.lastElementChild?.remove();
  dots.forEach(({ left, top, url, title }, at) => {
    const place = layer.children[at] ?? layer.appendChild(document.createElement("a"));
    const dot = place as HTMLAnchorElement;
    dot.className = "exemplar";
    dot.tabIndex = -1;
    dot.title = title;
    if (url === null) dot.removeAttribute("href");
    else dot.href = url;
    dot.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px) rotate(45deg)`;
  });
}
