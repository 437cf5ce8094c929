/** What is kept of a household today, as far as a run compares it. */
export interface Held {
  readonly validFrom: string
  readonly areaPath: string
  /** Results in one text: equal texts, equal results. */
  readonly outcome: string
  /** What they stand on: tables, versions, rows that fired, what was missing. */
  readonly reason: string
}

/** What is to be written of a household. */
export type Step = 'begin' | 'mend' | 'move' | 'none'

/** What a run wants written, so that nothing is looked for that is not there. */
export interface Steps {
  begin: number
  /** Rows that begin in the place of one that ends. */
  follow: number
  mend: number
  move: number
  end: number
}

/** How a household came out against what is held; `added` + `changed` + `renewed` + `still` are the households. */
export interface Compared {
  added: number
  changed: number
  /** The same result for another reason. */
  renewed: number
  still: number
}

/**
 * What must be written so that the day `asOf` is right: a new row for what differs, the row of the same day anew, the place alone where only the
 * place differs, nothing where nothing does. A day keeps one row: what was judged first on it was never held to its end.
 */
export function compareHeld(held: Held | undefined, now: Omit<Held, 'validFrom'>, given: { asOf: string; counts: Compared }): Step {
  const { asOf, counts } = given
  if (held === undefined) {
    counts.added += 1
    return 'begin'
  }
  const isSame = held.outcome === now.outcome
  if (isSame && held.reason === now.reason) {
    counts.still += 1
    return held.areaPath === now.areaPath ? 'none' : 'move'
  }
  if (isSame) counts.renewed += 1
  else counts.changed += 1
  return held.validFrom === asOf ? 'mend' : 'begin'
}

/** Results of a household as one text. */
export function outcomeText(results: readonly (string | null)[], inExport: boolean): string {
  return `${results.map((one) => one ?? '').join('\u001f')}\u001f${inExport ? '1' : '0'}`
}
