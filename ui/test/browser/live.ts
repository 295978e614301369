import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../target/live/", import.meta.url));

export function hasFfmpeg(): boolean {
  return spawnSync("ffmpeg", ["-version"]).status === 0;
}

/** Twelve seconds of HLS with an open end, as a live stream looks from outside. Gives the folder of all streams. */
export function makeLive(stream: string): string {
  const into = join(folder, stream);
  mkdirSync(into, { recursive: true });
  const input = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-t", "12"];
  const video = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "50"];
  const output = ["-f", "hls", "-hls_time", "2", "-hls_list_size", "0", "-hls_flags", "omit_endlist"];
  const done = spawnSync("ffmpeg", ["-v", "error", "-y", ...input, ...video, ...output, join(into, "index.m3u8")]);
  if (done.status !== 0) throw new Error(done.stderr.toString());
  return folder;
}
