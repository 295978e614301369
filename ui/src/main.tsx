import "./app/early";
import { createTheme, MantineProvider } from "@mantine/core";
import { StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { Boundary } from "./app/Boundary";
import { useTheme } from "./app/theme";
import { WordsProvider } from "./i18n";
import "./styles/mantine.css";
import "./styles/tokens.css";
import "./styles/fonts.css";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/shell.css";
import "./styles/now.css";
import "./styles/pictures.css";
import "./styles/segments.css";

const theme = createTheme({ fontFamily: "var(--sans)", fontFamilyMonospace: "var(--mono)", respectReducedMotion: true });

/** Mantine writes no style element here: its variables come as a file, so `style-src 'self'` holds. */
function Look({ children }: { children: ReactNode }) {
  const { colours } = useTheme();
  return (
    <MantineProvider theme={theme} forceColorScheme={colours} withCssVariables={false} withGlobalClasses={false}>
      {children}
    </MantineProvider>
  );
}

const place = document.getElementById("app");
if (place === null) throw new Error("index.html has no #app");
createRoot(place).render(
  <StrictMode>
    <WordsProvider>
      <Look>
        <Boundary>
          <App />
        </Boundary>
      </Look>
    </WordsProvider>
  </StrictMode>,
);
