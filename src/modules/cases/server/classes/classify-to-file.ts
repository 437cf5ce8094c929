import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { neutralise } from '#kernel/server/sheets/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { lineColumns, lineOf } from '../../rules/classes/classification-lines.ts'
import type { Compared } from '../../rules/classes/compare-held.ts'
import { beginClassification, followClassification, mayKeep, type Classified, type ClassifyDeps } from './classify-register.ts'
import { countJudged, judgeRegister, type JudgedCounts, type JudgedRegister } from './judge-register.ts'

/** What `bangfu classify` did: the counts, and what became of what is kept; without `kept` the day lies before what is kept, or is to come. */
export interface ClassifiedToFile {
  readonly asOf: string
  readonly counts: JudgedCounts
  readonly kept: (Compared & { readonly runId: string; readonly ended: number }) | undefined
  readonly tookMs: { readonly loading: number; readonly judging: number; readonly keeping: number }
}

/**
 * Judges the whole register as of a day and keeps what changed, where the day may be kept; else it is judged again and only told. With `csv` every
 * household is written into a file that only its owner reads. Throws `cases.classification-running`.
 */
export async function classifyToFile(
  ctx: Context,
  deps: ClassifyDeps,
  given: { asOf: string; reason: string; csv?: string; knownAt?: string },
): Promise<ClassifiedToFile> {
  const { asOf, reason, csv, knownAt } = given
  let kept: Classified | undefined
  if (knownAt === undefined && (await mayKeep(ctx, asOf))) kept = await keep(ctx, deps, asOf)
  if (kept !== undefined && csv === undefined) return { asOf, counts: kept.counts, kept, tookMs: kept.tookMs }
  const judged = await inTransaction(ctx, (db) => judgeRegister({ ...ctx, db }, { asOf, reason, knownAt }))
  if (csv !== undefined) writeLines(csv, judged)
  return { asOf, counts: countJudged(judged), kept, tookMs: kept?.tookMs ?? { ...judged.tookMs, keeping: 0 } }
}

/** In one transaction: a run that is killed leaves no trace of having begun. */
async function keep(ctx: Context, deps: ClassifyDeps, asOf: string): Promise<Classified> {
  return inTransaction(ctx, async (db) => {
    const { runId } = await beginClassification({ ...ctx, db }, asOf)
    return followClassification({ ...ctx, db }, deps, { runId, asOf })
  })
}

/** Beside its name first, so that a half file is never taken for a whole one; in the order of household numbers. */
function writeLines(path: string, { households, verdicts }: JudgedRegister): void {
  const lines: string[] = []
  for (let record = 0; record < households.count; record += 1) {
    const cells = lineOf({
      number: households.numbers[record] ?? '',
      facts: households.facts,
      record,
      inExport: households.inExport[record] === 1,
      word: (column) => verdicts.columns[column].words[verdicts.columns[column].codes[record] ?? -1] ?? '',
      missing: verdicts.missingOf(record),
    })
    lines.push(cells.map(quote).join(','))
  }
  const half = `${path}.half`
  rmSync(half, { force: true })
  writeFileSync(half, `${lineColumns.join(',')}\n${lines.sort().join('\n')}${lines.length === 0 ? '' : '\n'}`, { mode: 0o600, flag: 'wx' })
  chmodSync(half, 0o600)
  renameSync(half, path)
}

function quote(cell: string): string {
  const safe = neutralise(cell)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
