import { useEffect, useRef, useState, type ComponentType } from "react";
import type { DataSource } from "../dash/data/sources";
import "../styles/editor.css";

export interface EditorProps {
  value: string;
  /** What a screen reader calls the field. */
  label: string;
  placeholder: string;
  source: DataSource;
  /** Variables that the text may use, without their `$`; the built-in ones of boards are always there. */
  variables: readonly string[];
  /** The page's own search goes here. */
  search?: boolean;
  onChange: (text: string) => void;
  /** Enter was pressed. */
  onRun: (text: string) => void;
  onLeave?: (text: string) => void;
}

export interface CodeProps extends EditorProps {
  /** Where the caret was in the plain field, if the reader was in it; null if not. */
  caret: number | null;
}

let loaded: ComponentType<CodeProps> | null = null;

/**
 * A field for PromQL. It is a plain field at once, and becomes the editor with completion when that has arrived; where
 * it cannot be loaded, the plain field stays and works.
 */
export function PromEditor(props: EditorProps) {
  const [Code, setCode] = useState<ComponentType<CodeProps> | null>(() => loaded);
  const field = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  useEffect(() => {
    if (loaded !== null) return;
    let here = true;
    import("./CodeEditor").then(
      ({ CodeEditor }) => {
        loaded = CodeEditor;
        if (!here) return;
        setCaret(document.activeElement === field.current ? (field.current?.selectionStart ?? null) : null);
        setCode(() => CodeEditor);
      },
      () => undefined, // the plain field stays
    );
    return () => {
      here = false;
    };
  }, []);
  if (Code !== null) return <Code {...props} caret={caret} />;
  const { value, label, placeholder, search = false, onChange, onRun, onLeave } = props;
  return (
    <textarea
      ref={field}
      className="code-plain"
      rows={Math.min(12, value.split("\n").length)}
      aria-label={label}
      placeholder={placeholder}
      spellCheck={false}
      value={value}
      {...(search ? { "data-search": "" } : {})}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => onLeave?.(value)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.shiftKey) return;
        event.preventDefault();
        onRun(value);
      }}
    />
  );
}
