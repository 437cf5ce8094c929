import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import { parametersFor } from '#modules/policies/server/index.ts'
import { revealPerson, type MemberRecord } from '#modules/registry/server/index.ts'
import type { PaperKind } from '../../rules/papers/paper-kinds.ts'
import { readWholePapers } from '../../rules/papers/paper-numbers.ts'
import { casesErrors } from '../errors.ts'

/** Whole identity numbers by person. */
export type WholeNumbers = ReadonlyMap<string, string>
const fullAge = 18

/** Papers that may be printed with whole numbers in an area today. Throws `cases.terms-incomplete` where policy names one that may not be. */
export async function wholePapers(ctx: Context, areaPath: string): Promise<PaperKind[]> {
  const found = await parametersFor(ctx, { areaPath, asOf: ctx.today, keys: ['cases.papers'] })
  try {
    return readWholePapers(found.get('可打印完整证件号码的文书')?.value)
  } catch (fault) {
    throw casesErrors.termsIncomplete({ name: fault instanceof Error ? fault.message : '' })
  }
}

/** Whom a paper names with a number: who signs, everybody, or the head. */
function namedOn(kind: PaperKind, members: readonly MemberRecord[]): readonly MemberRecord[] {
  return kind === 'review' ? members.filter(({ isHead }) => isHead) : members
}

/**
 * Opens the numbers that a paper shows, of people who are certainly of age; each is a reveal of the caller, with its budget, its reason and its
 * audit row. Throws `registry.reveal-budget`.
 */
export async function openNumbers(
  ctx: Context & { readonly db: Db },
  given: { kind: PaperKind; members: readonly MemberRecord[]; reason: string; vault: Vault },
): Promise<WholeNumbers> {
  const { kind, members, reason, vault } = given
  const opened = new Map<string, string>()
  for (const { personId, age, idMasked } of namedOn(kind, members)) {
    if (age === undefined || age < fullAge || idMasked === undefined || idMasked === '') continue
    opened.set(personId, (await revealPerson(ctx, { personId, field: 'id-number', reason, vault })).value)
  }
  return opened
}
