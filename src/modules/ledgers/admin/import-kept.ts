// Cells that were pasted on one page and are looked at on the next; kept in memory only, for they name people.
const kept = new Map<string, readonly (readonly string[])[]>()

/** Hands pasted rows, their head first, to the import page of a ledger. */
export function keepPaste(templateKey: string, rows: readonly (readonly string[])[]): void {
  kept.set(templateKey, rows)
}

/** Takes them, once. */
export function takePaste(templateKey: string): readonly (readonly string[])[] | undefined {
  const rows = kept.get(templateKey)
  kept.delete(templateKey)
  return rows
}
