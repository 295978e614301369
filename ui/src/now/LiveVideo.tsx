import { useEffect, useRef, useState } from "react";
import { useWords } from "../i18n";

/** Live video of an HLS playlist. The player is loaded when first asked for, never with the page. */
export function LiveVideo({ playlist, name, onFail }: { playlist: string; name: string; onFail: () => void }) {
  const { t } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    let stop = (): void => undefined;
    let gone = false;
    void play(element, playlist, onFail).then((stopper) => {
      if (gone) stopper();
      else stop = stopper;
    }, onFail);
    return () => {
      gone = true;
      stop();
    };
  }, [playlist, onFail]);
  return (
    <span className="still large">
      <video ref={video} muted autoPlay playsInline aria-label={name} onPlaying={() => setPlaying(true)} />
      {playing ? null : <span className="osd">{t("inspector.liveWaiting")}</span>}
    </span>
  );
}

/** So long a picture may stand still, at the start too, before the page gives up on it. */
const STALLED_MS = 12_000;

async function play(video: HTMLVideoElement, playlist: string, onFail: () => void): Promise<() => void> {
  const { default: Hls } = await import("hls.js/light");
  if (!Hls.isSupported()) {
    if (video.canPlayType("application/vnd.apple.mpegurl") === "") throw new Error("no HLS in this browser");
    video.src = playlist;
    return () => video.removeAttribute("src");
  }
  // No worker: the page needs no second script for one small picture.
  const player = new Hls({ enableWorker: false, liveSyncDurationCount: 3, backBufferLength: 10, maxBufferLength: 20 });
  player.on(Hls.Events.ERROR, (_, fault) => {
    if (!fault.fatal) return;
    if (fault.details === Hls.ErrorDetails.MANIFEST_LOAD_ERROR) onFail();
    else if (fault.type === Hls.ErrorTypes.MEDIA_ERROR) player.recoverMediaError();
    else player.startLoad();
  });
  player.loadSource(playlist);
  player.attachMedia(video);
  const watch = watchStall(video, onFail);
  return () => {
    clearInterval(watch);
    player.destroy();
  };
}

function watchStall(video: HTMLVideoElement, onStall: () => void): ReturnType<typeof setInterval> {
  let movedAt = performance.now();
  let position = video.currentTime;
  return setInterval(() => {
    if (video.currentTime !== position || document.hidden) {
      position = video.currentTime;
      movedAt = performance.now();
    } else if (performance.now() - movedAt > STALLED_MS) onStall();
  }, 1_000);
}
