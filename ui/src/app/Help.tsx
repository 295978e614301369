import { Modal } from "@mantine/core";
import { useWords } from "../i18n";
import type { Key } from "../i18n/en";
import { useSingleKeys } from "./keys";

const KEYS: [string[], Key][] = [
  [["/"], "help.search"],
  [["t"], "help.time"],
  [["r"], "help.refresh"],
  [["Space"], "help.pause"],
  [["i"], "help.incident"],
  [["←", "→", "↑", "↓"], "help.arrows"],
  [["Home", "End"], "help.homeEnd"],
  [["Esc"], "help.escape"],
  [["?"], "help.help"],
];

/** The list of keys, and the switch that turns single keys off. */
export function Help({ opened, onClose }: { opened: boolean; onClose: () => void }) {
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
          <KeyList />
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

function KeyList() {
  const { t } = useWords();
  return (
    <dl className="keys">
      {KEYS.map(([keys, meaning]) => (
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
