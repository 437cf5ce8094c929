import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { CheckSummary, Finding } from '../contract.ts'
import { checkQuality, type CheckLimits } from './run-check.ts'

/** What `bangfu check` is asked. */
export interface CheckToFileInput {
  vault: Vault
  /** YYYY-MM-DD. */
  asOf: string
  reason: string
  /** Where the findings go, with plain ID numbers; readable by its owner only. */
  csv?: string
  limits?: CheckLimits
  onProgress?: (persons: number) => void
}

/** Findings and rules of a whole check. */
export interface CheckToFileResult extends CheckSummary {
  findings: number
}

/**
 * Checks the whole register and writes the findings as CSV: rule, household number (for a village its code), ID number as the export
 * states it; a person that is wrong in several rows of another export stands as often. Stores nothing; one audit row says that it was
 * done and whether numbers went into a file. Throws `registry.reason-needed`, `vault.not-readable`.
 */
export async function checkToFile(ctx: Context, input: CheckToFileInput): Promise<CheckToFileResult> {
  const lines: string[] = []
  const hasFile = input.csv !== undefined
  const result = await inTransaction(ctx, async (db) => {
    let findings = 0
    const check = await checkQuality(ctx, db, { ...input, withNumbers: hasFile })
    for await (const block of check.findings) {
      for (const finding of block) findings += finding.rows ?? 1
      if (hasFile) for (const finding of block) noteLines(lines, finding)
    }
    const summary = check.summary()
    await audit(db, ctx, {
      did: 'quality.check',
      objectKind: 'registry.register',
      objectId: ctx.scope.countyCode,
      reason: input.reason,
      details: { asOf: input.asOf, findings, hasNumbers: hasFile, revision: summary.registerRevision },
    })
    return { ...summary, findings }
  })
  if (input.csv !== undefined) writeLines(input.csv, lines)
  return result
}

function noteLines(lines: string[], finding: Finding): void {
  const cells = [finding.rule, finding.householdNo ?? finding.villageCode ?? '', finding.idNumber ?? '']
  const line = cells.map(quote).join(',')
  for (let row = 0; row < (finding.rows ?? 1); row += 1) lines.push(line)
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe. */
function quote(cell: string): string {
  const safe = /^[=+@\t-]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Beside its name first, so that a half file is never taken for a whole one. */
function writeLines(path: string, lines: string[]): void {
  const half = `${path}.half`
  rmSync(half, { force: true })
  writeFileSync(half, `rule,household_no,person_id\n${lines.sort().join('\n')}${lines.length === 0 ? '' : '\n'}`, {
    mode: 0o600,
    flag: 'wx',
  })
  chmodSync(half, 0o600)
  renameSync(half, path)
}

const Thresholds = z.looseObject({ quality: z.record(z.string(), z.number()).optional() })

/** Names of limits in a file of thresholds that are called otherwise in the rules' policy. */
const otherNames: Readonly<Record<string, string>> = { fall_at_least: 'share' }

/**
 * Reads the limits of a file of thresholds (the shape that `compare --thresholds` reads): `income_line_YYYY` in yuan, the year's or the
 * newest before it, and under `quality` single limits as `Qnnn_name`. Throws where the file has another shape.
 */
export function readCheckLimits(thresholds: unknown, asOf: string): CheckLimits {
  const file = Thresholds.parse(thresholds)
  const lines = Object.entries(file)
    .flatMap(([key, value]) => {
      const year = /^income_line_(\d{4})$/.exec(key)?.[1]
      return year !== undefined && typeof value === 'number' && year <= asOf.slice(0, 4) ? [{ year, value }] : []
    })
    .toSorted((one, other) => (one.year < other.year ? 1 : -1))
  const rules: Record<string, Record<string, number>> = {}
  for (const [key, value] of Object.entries(file.quality ?? {})) {
    const [rule = '', ...name] = key.split('_')
    const limit = name.join('_')
    rules[rule] = { ...rules[rule], [otherNames[limit] ?? limit]: value }
  }
  const line = lines[0]
  return { rules, ...(line === undefined ? {} : { lineYuan: line.value }) }
}
