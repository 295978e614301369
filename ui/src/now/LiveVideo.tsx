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

const FAULTS_MAX = 3;

async function play(video: HTMLVideoElement, playlist: string, onFail: () => void): Promise<() => void> {
  const { default: Hls } = await import("hls.js/light");
  if (!Hls.isSupported()) {
    if (video.canPlayType("application/vnd.apple.mpegurl") === "") throw new Error("no HLS in this browser");
    video.src = playlist;
    return () => video.removeAttribute("src");
  }
  // No worker: it would need blob: scripts, which the page's Content-Security-Policy refuses.
  const player = new Hls({ enableWorker: false, liveSyncDurationCount: 3, backBufferLength: 10, maxBufferLength: 20 });
  let faults = 0;
  player.on(Hls.Events.ERROR, (_, fault) => {
    if (!fault.fatal) return;
    faults++;
    if (faults > FAULTS_MAX) onFail();
    else if (fault.type === Hls.ErrorTypes.MEDIA_ERROR) player.recoverMediaError();
    else player.startLoad();
  });
  player.loadSource(playlist);
  player.attachMedia(video);
  return () => player.destroy();
}
