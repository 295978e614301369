import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";

const folder = fileURLToPath(new URL("../golden/", import.meta.url));
const screenshots = fileURLToPath(new URL("../../target/screenshots/", import.meta.url));

/** Side of a tile, px: small enough that a line of a legend changes some, large enough that letters' edges change none. */
const TILE_PX = 16;
/** A tile differs when the mean of a colour does by more than this, of 255: more than another Chromium's smoothing. */
const LEVELS_MAX = 6;
/** So many tiles may differ: a digit that counts seconds is one or two. */
const TILES_MAX = 8;
/** Side of a region, tiles. Thin lines change a tile's mean little, but all of a region's the same way. */
const REGION_TILES = 8;
/** A region differs when the mean of a colour over all its tiles does by more than this. */
const REGION_LEVELS_MAX = 0.9;

/** The mean colour of every tile of a picture: 5 kB instead of 200, and as good at telling that something is gone. */
export interface Tiles {
  across: number;
  down: number;
  /** Red, green, blue of each tile, row by row. */
  colours: number[];
}

/** Reads pictures and writes tiles, in a page of its own. */
export class Gallery {
  private constructor(private readonly page: Page) {}

  static async open(browser: Browser): Promise<Gallery> {
    return new Gallery(await (await browser.newContext()).newPage());
  }

  /** The tiles of a screenshot as a PNG of one pixel each. */
  async tiled(png: Buffer): Promise<Buffer> {
    const small = await this.page.evaluate(
      async ([base64, side]) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
        const whole = new OffscreenCanvas(image.width, image.height).getContext("2d");
        const [across, down] = [Math.ceil(image.width / side), Math.ceil(image.height / side)];
        const canvas = new OffscreenCanvas(across, down);
        const tiles = canvas.getContext("2d");
        if (whole === null || tiles === null) throw new Error("no canvas");
        whole.drawImage(image, 0, 0);
        const out = tiles.createImageData(across, down);
        for (let y = 0; y < down; y++) {
          for (let x = 0; x < across; x++) {
            const { data } = whole.getImageData(x * side, y * side, Math.min(side, image.width - x * side), Math.min(side, image.height - y * side));
            const sums = [0, 0, 0];
            for (let at = 0; at < data.length; at += 4) for (let channel = 0; channel < 3; channel++) sums[channel] = (sums[channel] ?? 0) + (data[at + channel] ?? 0);
            const place = 4 * (y * across + x);
            sums.forEach((sum, channel) => (out.data[place + channel] = Math.round((4 * sum) / data.length)));
            out.data[place + 3] = 255;
          }
        }
        tiles.putImageData(out, 0, 0);
        const blob = await canvas.convertToBlob({ type: "image/png" });
        return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
      },
      [png.toString("base64"), TILE_PX] as const,
    );
    return Buffer.from(small, "base64");
  }

  /** The pixels of a small PNG. */
  async read(png: Buffer): Promise<Tiles> {
    return this.page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
      if (context === null) throw new Error("no canvas");
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      return { across: image.width, down: image.height, colours: [...data].filter((_, at) => at % 4 !== 3) };
    }, png.toString("base64"));
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** What differs, in words; nothing where a picture is as it should be. */
export function differences(wanted: Tiles, found: Tiles): string[] {
  if (wanted.across !== found.across || wanted.down !== found.down) return [`the picture has ${found.across} x ${found.down} tiles, not ${wanted.across} x ${wanted.down}`];
  const places: [number, number][] = [];
  for (let at = 0; at < wanted.colours.length; at += 3) {
    const apart = Math.max(...[0, 1, 2].map((channel) => Math.abs((wanted.colours[at + channel] ?? 0) - (found.colours[at + channel] ?? 0))));
    if (apart > LEVELS_MAX) places.push([(at / 3) % wanted.across, Math.floor(at / 3 / wanted.across)]);
  }
  if (places.length <= TILES_MAX) return regions(wanted, found);
  const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
  const span = (all: number[]): string => `${Math.min(...all) * TILE_PX} to ${(Math.max(...all) + 1) * TILE_PX}`;
  return [`${places.length} tiles differ, x ${span(xs)} px, y ${span(ys)} px`];
}

/** Regions whose colour has shifted as a whole. */
function regions(wanted: Tiles, found: Tiles): string[] {
  const across = Math.ceil(wanted.across / REGION_TILES);
  const sums = new Map<number, { tiles: number; apart: [number, number, number] }>();
  for (let tile = 0; tile < wanted.colours.length / 3; tile++) {
    const region = Math.floor(tile / wanted.across / REGION_TILES) * across + Math.floor((tile % wanted.across) / REGION_TILES);
    const sum = sums.get(region) ?? { tiles: 0, apart: [0, 0, 0] };
    sum.tiles++;
    for (const channel of [0, 1, 2] as const) sum.apart[channel] += (found.colours[3 * tile + channel] ?? 0) - (wanted.colours[3 * tile + channel] ?? 0);
    sums.set(region, sum);
  }
  const shifted = [...sums].filter(([, { tiles, apart }]) => apart.some((sum) => Math.abs(sum / tiles) > REGION_LEVELS_MAX));
  if (shifted.length === 0) return [];
  const side = REGION_TILES * TILE_PX;
  return [`the colour has shifted around ${shifted.map(([region]) => `${(region % across) * side},${Math.floor(region / across) * side}`).join(" ")} px`];
}

/** Compares a screenshot with the golden one of that name; GOLDEN=renew writes it instead. */
export async function compared(gallery: Gallery, name: string, png: Buffer): Promise<string[]> {
  const file = join(folder, `${name}.png`);
  const tiled = await gallery.tiled(png);
  if (process.env["GOLDEN"] === "renew") {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, tiled);
    return [];
  }
  if (!existsSync(file)) return [`there is no test/golden/${name}.png: npm run golden`];
  const found = differences(await gallery.read(readFileSync(file)), await gallery.read(tiled));
  if (found.length === 0) return [];
  mkdirSync(screenshots, { recursive: true });
  writeFileSync(join(screenshots, `golden-${name}-found.png`), png);
  return [...found, `look at target/screenshots/golden-${name}-found.png; if it is right: npm run golden`];
}
