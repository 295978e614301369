import { Component, type ReactNode } from "react";
import { useWords } from "../i18n";

/** A fault in the page itself is said in words; the page never turns blank. */
export class Boundary extends Component<{ children: ReactNode }, { fault: string | null }> {
  override state: { fault: string | null } = { fault: null };

  static getDerivedStateFromError(fault: unknown) {
    return { fault: fault instanceof Error ? fault.message : String(fault) };
  }

  override render() {
    return this.state.fault === null ? this.props.children : <PageFault fault={this.state.fault} />;
  }
}

function PageFault({ fault }: { fault: string }) {
  const { t } = useWords();
  return (
    <main className="page">
      <section className="panel error" role="alert">
        <h1>{t("error.page")}</h1>
        <p className="mono">{fault}</p>
        <p>{t("error.picturesNone")}</p>
        <button type="button" className="ctl" onClick={() => location.reload()}>
          {t("error.reload")}
        </button>
      </section>
    </main>
  );
}
