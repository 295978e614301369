import type { Session } from "../api/types";
import { useWords } from "../i18n";
import { Icon, Logo } from "../parts/Icon";
import type { Section } from "./Frame";
import { PAGES, PARTS, type Page } from "./pages";

interface NavProps {
  page: Page;
  sections: Section[];
}

const BOTTOM_MAX = 5;

/** All pages, by who needs them; under the page that is shown, its own parts. */
export function SideNav({ page, sections, session, onSignOut }: NavProps & { session: Session | null; onSignOut: () => void }) {
  const { t } = useWords();
  const [now, ...rest] = sections;
  return (
    <nav className="nav" aria-label={t("nav.main")}>
      <div className="brand">
        <Logo />
        {t("app.name")}
      </div>
      {PARTS.map(({ id, label }) => {
        const pages = PAGES.filter((one) => one.part === id && one.under === undefined);
        if (pages.length === 0) return null;
        return (
          <div key={id} className="nav-group">
            {label === null ? null : <p className="nav-part">{t(label)}</p>}
            {pages.map((one) => (
              <PageLink key={one.id} page={one} current={one === page || one.id === page.under} section={one.view === null ? now : undefined} />
            ))}
          </div>
        );
      })}
      {page.view === null && rest.length > 0 ? (
        <div className="nav-group">
          <p className="nav-part">{t("nav.page")}</p>
          {rest.map((section) => (
            <a key={section.id} href={`#${section.id}`}>
              <Icon name={section.icon} />
              {t(section.label)}
              {section.count ? <span className={`n ${section.tone ? `c-${section.tone}` : ""}`}>{section.count}</span> : null}
            </a>
          ))}
        </div>
      ) : null}
      <Who session={session} onSignOut={onSignOut} />
    </nav>
  );
}

function PageLink({ page, current, section }: { page: Page; current: boolean; section?: Section | undefined }) {
  const { t } = useWords();
  return (
    <a href={page.paths[0]} aria-current={current ? "page" : undefined}>
      <Icon name={page.icon} />
      {t(page.label)}
      {section?.count ? <span className={`n ${section.tone ? `c-${section.tone}` : ""}`}>{section.count}</span> : null}
    </a>
  );
}

function Who({ session, onSignOut }: { session: Session | null; onSignOut: () => void }) {
  const { t } = useWords();
  return (
    <div className="who">
      <span className="av" aria-hidden="true">
        <Icon name="person" small />
      </span>
      {session?.mode === "login" && session.user !== null ? (
        <span>
          {session.user}
          <button type="button" className="plain-link" onClick={onSignOut}>
            {t("nav.signout")}
          </button>
        </span>
      ) : session?.mode === "anonymous" ? (
        <a href="/login">{t("login.title")}</a>
      ) : (
        <span className="t3">{t("nav.open")}</span>
      )}
    </div>
  );
}

/** Pages at the thumb, five at most; the parts of Now where there is room for them; everything else by "More". */
export function BottomNav({ page, sections, onMore }: NavProps & { onMore: () => void }) {
  const { t } = useWords();
  const pages = PAGES.filter((one) => one.under === undefined && one.part !== "server").slice(0, BOTTOM_MAX - 1);
  const parts = page.view === null ? sections.slice(1, BOTTOM_MAX - pages.length) : [];
  return (
    <nav className="mobnav" aria-label={t("nav.pages")}>
      {pages.map((one) => (
        <a key={one.id} href={one.paths[0]} aria-current={one === page || one.id === page.under ? "page" : undefined}>
          <Icon name={one.icon} />
          {t(one.short ?? one.label)}
        </a>
      ))}
      {parts.map((section) => (
        <a key={section.id} href={`#${section.id}`}>
          <Icon name={section.icon} />
          {t(section.short ?? section.label)}
        </a>
      ))}
      <button type="button" aria-haspopup="dialog" onClick={onMore}>
        <Icon name="dots" />
        {t("nav.more")}
      </button>
    </nav>
  );
}
