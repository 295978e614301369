import { useState } from "react";
import type { Stream } from "../api/types";
import { useWords } from "../i18n";
import { secondsSince, useServerTime } from "./clock";
import { Icon } from "./Icon";

/** The last picture of a stream with its age. It stays until the next one has loaded; unreported pictures are grey
 * under hatch, for what they show is past. */
export function Still({ stream, large = false }: { stream: Stream; large?: boolean }) {
  const { t, age, time } = useWords();
  const nowMs = useServerTime();
  const [broken, setBroken] = useState<string | null>(null);
  const url = stream.thumbnail?.url ?? null;
  const seconds = secondsSince(stream.thumbnail?.takenAt, nowMs) ?? stream.thumbnail?.ageSeconds ?? null;
  const unseen = stream.group === "unknown";
  const readable = url !== null && broken !== url;
  return (
    <span className={`still ${large ? "large" : ""} ${unseen || !readable ? "unseen" : ""}`}>
      {readable ? (
        <img
          src={url}
          alt={t("picture.alt", { name: stream.name })}
          decoding="async"
          onError={() => setBroken(url)}
        />
      ) : (
        <span className="no-picture">
          <Icon name="camera" />
          {t(url === null ? "picture.none" : "picture.unreadable")}
        </span>
      )}
      {readable && seconds !== null ? (
        <span className="osd">
          {unseen || seconds > 60
            ? time(nowMs - seconds * 1_000)
            : t("picture.age", { age: age(seconds) })}
        </span>
      ) : null}
    </span>
  );
}
