import { Modal } from "@mantine/core";
import { useWords } from "../i18n";
import type { Key } from "../i18n/en";
import { useSingleKeys } from "./keys";

const NOW_KEYS: [string[], Key][] = [
  [["/"], "help.search"],
  [["t"], "help.time"],
  [["r"], "help.refresh"],
  [["Space"], "help.pause"],
  [["i"], "help.incident"],
  [["←", "→", "↑", "↓"], "help.arrows"],
  [["Home", "End"], "help.homeEnd"],
  [["Esc"], "help.escape"],
  [["Ctrl", "K"], "help.palette"],
  [["?"], "help.help"],
];

const PAGE_KEYS: [string[], Key][] = [
  [["Ctrl", "K"], "help.palette"],
  [["/"], "help.search"],
  [["t"], "help.timePick"],
  [["r"], "help.refresh"],
  [["z"], "help.zoom"],
  [["Shift", "←", "→"], "help.move"],
  [["j", "k"], "help.panels"],
  [["e"], "help.explore"],
  [["Space"], "help.pause"],
  [["?"], "help.help"],
];

/** The list of keys, and the switch that turns single keys off. */
export function Help({ opened, onClose, now }: { opened: boolean; onClose: () => void; now: boolean }) {
  const { t } = useWords();
  const [singleKeys, setSingleKeys] = useSingleKeys();
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      lockScroll={false} // locking writes a style element, which the Content-Security-Policy refuses
      transitionProps={{ duration: 0 }}
      size={420}
      centered
    >
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body>
          <div className="dialog-head">
            <Modal.Title>{t("help.title")}</Modal.Title>
            <Modal.CloseButton aria-label={t("help.close")} />
          </div>
          <KeyList keys={now ? NOW_KEYS : PAGE_KEYS} />
          <label className="switch">
            <input
              type="checkbox"
              checked={singleKeys}
              onChange={(event) => setSingleKeys(event.currentTarget.checked)}
            />
            {t("help.single")}
          </label>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function KeyList({ keys: all }: { keys: [string[], Key][] }) {
  const { t } = useWords();
  return (
    <dl className="keys">
      {all.map(([keys, meaning]) => (
        <div key={meaning}>
          <dt>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{t(meaning)}</dd>
        </div>
      ))}
    </dl>
  );
}
