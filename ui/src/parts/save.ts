/** Gives the reader a file. What a file's name may not hold is replaced. */
export function save(name: string, content: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replace(/[^\p{L}\p{N} ._-]/gu, "_").slice(0, 120);
  link.click();
  URL.revokeObjectURL(url);
}
