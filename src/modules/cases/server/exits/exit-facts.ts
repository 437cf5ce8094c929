import { valueAt } from '#kernel/pure/decisions/index.ts'
import { toJson } from '#kernel/pure/expressions/index.ts'
import { lastDayOf, readDay, readMonth, type Day } from '#kernel/pure/time/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import { loadSubjects, policyFor } from '#modules/policies/server/index.ts'
import { listOpenLeads } from '#modules/screening/server/index.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import type { ExitFacts, ExitIncome, ExitMode, ExitTerms, Known, NewRisk } from '../../rules/exits/exit-gate.ts'
import { monthOfDay, monthPlus } from '../../rules/income/income-months.ts'
import type { IncomeVersion } from '../../rules/income/income-records.ts'
import { listMeasures } from '../case-parts-store.ts'
import { casesErrors } from '../errors.ts'
import { listOpenIntakes, listWorseVisits } from './exit-store.ts'
import { countedLines, hashLines, openSheet } from '../income/income-sheet.ts'
import { findCalculation, listCalculations } from '../income/income-store.ts'
import { numberOf, type IncomeTerms } from '../income/income-terms.ts'

type Within = Context & { readonly db: Db }

/** Facts of the register behind each safeguard; each says that it is not met. A safeguard that policy adds beyond these is unknown. */
const safeguardFacts: Readonly<Record<string, string>> = {
  义务教育: '有义务教育失学',
  基本医疗: '有人未参保',
  住房安全: '住房不安全',
  饮水安全: '饮水不安全',
}
const labourFacts = ['整户无劳动能力', '整户无劳动能力兜底保障户', '劳动能力未填人数'] as const

/** What policy asks of an elimination, with the names of its safeguards and its version. Throws `cases.terms-incomplete`. */
export async function exitTerms(ctx: Context, areaPath: string) {
  const { values, key, versionId, hash } = await policyFor(ctx, 'cases.elimination', { areaPath, asOf: ctx.today })
  const number = (name: string) => {
    const value = numberOf(values.get(name)?.value)
    if (value === null) throw casesErrors.termsIncomplete({ name })
    return value
  }
  const list = (name: string): readonly string[] => {
    const value = values.get(name)?.value
    if (typeof value !== 'object' || value === null) throw casesErrors.termsIncomplete({ name })
    return value
  }
  const version: IncomeVersion = { key, versionId, hash: hash.slice(0, 12) }
  const earlier = number('消除核算可早月数')
  return {
    months: number('消除最短识别月数'),
    measuresPerRisk: number('每类风险最少措施数'),
    naturalFreeOf: list('自然消除可免条件'),
    stableMonths: number('收入稳定月数'),
    safeguards: list('消除须有保障项目'),
    version,
    /** The day that a number must reach: the end of the elimination period of today, or some months earlier. */
    periodToAtLeast: (income: IncomeTerms): string => {
      const month = readMonth(monthPlus(monthOfDay(income.periodOf('elimination', ctx.today).to), -earlier))
      return month === undefined ? ctx.today : lastDayOf(month)
    },
  }
}
export type ExitPolicy = Awaited<ReturnType<typeof exitTerms>>

/** What the register, leads, reports and visits say of a case's household. */
export interface ExitEvidence {
  readonly safeguards: ReadonlyMap<string, boolean | null>
  readonly newRisks: readonly NewRisk[]
  readonly noLabour: boolean | null
  readonly labourUnfilled: number
  /** 人均纯收入 of the register in fen; null where it is not known. */
  readonly registerIncome: number | null
}

/** Evidence of some cases at once; what came after `since` of each is new. */
export async function exitEvidence(
  ctx: Within,
  given: { files: readonly CaseFile[]; safeguards: readonly string[]; since: (file: CaseFile) => string | null },
): Promise<Map<string, ExitEvidence>> {
  const { files, safeguards, since } = given
  const householdIds = files.map((file) => file.householdId)
  const named = safeguards.flatMap((name) => safeguardFacts[name] ?? [])
  const facts = [...new Set([...named, ...labourFacts, '人均纯收入'])]
  const loaded = await loadSubjects(ctx, ctx.db, { of: 'household', facts, asOf: ctx.today, householdIds })
  const places = new Map(loaded.ids.map((id, at) => [id, at]))
  const leads = await listOpenLeads(ctx, ctx.db, householdIds)
  const intakes = await listOpenIntakes(ctx.db, ctx.scope, householdIds)
  const worse = await listWorseVisits(
    ctx.db,
    ctx.scope,
    files.map((file) => file.caseId),
  )
  const evidenceOf = (file: CaseFile): ExitEvidence => {
    const at = places.get(file.householdId)
    const fact = (name: string) => {
      const column = loaded.columns[name]
      return at === undefined || column === undefined ? null : toJson(valueAt(column, at))
    }
    const isAfter = (on: string) => on > (since(file) ?? '')
    const visit = worse.get(file.caseId)
    const newRisks: NewRisk[] = [
      ...leads
        .filter((lead) => lead.householdId === file.householdId && lead.leadId !== file.sourceId && isAfter(lead.raisedOn))
        .map(({ raisedOn }) => ({ kind: 'lead' as const, on: raisedOn })),
      ...intakes
        .filter((one) => one.householdId === file.householdId && isAfter(one.on))
        .map(({ on }) => ({ kind: 'intake' as const, on })),
      ...(visit !== undefined && isAfter(visit) ? [{ kind: 'visit' as const, on: visit }] : []),
    ]
    const met = (name: string): boolean | null => {
      const said = fact(safeguardFacts[name] ?? '')
      return typeof said === 'boolean' ? !said : null
    }
    const income = fact('人均纯收入')
    return {
      safeguards: new Map(safeguards.map((name) => [name, met(name)])),
      newRisks,
      noLabour: noLabourOf(file, fact),
      labourUnfilled: Number(fact('劳动能力未填人数') ?? 0),
      registerIncome: typeof income === 'number' ? Math.round(income * 100) : null,
    }
  }
  return new Map(files.map((file) => [file.caseId, evidenceOf(file)]))
}

/** Said by the case or the export: yes; else as the members are on file. */
function noLabourOf(file: CaseFile, fact: (name: string) => unknown): boolean | null {
  if (file.noLabour || fact('整户无劳动能力兜底保障户') === true) return true
  const judged = fact('整户无劳动能力')
  return typeof judged === 'boolean' ? judged : null
}

/** Facts and terms of the gate for one case. */
export async function exitFactsOf(
  ctx: Within,
  file: CaseFile,
  mode: ExitMode | null,
): Promise<{ facts: ExitFacts; terms: ExitTerms; versions: IncomeVersion[] }> {
  const policy = await exitTerms(ctx, file.areaPath)
  const evidence = (await exitEvidence(ctx, { files: [file], safeguards: policy.safeguards, since: identifiedDay })).get(file.caseId)
  const sheet = await openSheet(ctx, file.householdId)
  const [newest] = await listCalculations(ctx.db, ctx.scope, { householdId: file.householdId, purpose: 'elimination', limit: 1 })
  const kept = newest === undefined ? undefined : await findCalculation(ctx.db, ctx.scope, newest.calculationId)
  const income: Known<ExitIncome> = {
    source: 'income-sheet',
    on: kept?.asOf ?? null,
    value:
      kept === undefined
        ? null
        : {
            periodTo: kept.periodTo,
            perPerson: kept.perPersonFen,
            stable: stableOf(kept.result.stable, kept.persons),
            isStale: kept.linesHash !== hashLines(countedLines(sheet.lines, kept.leftOut)),
          },
  }
  const { line, lineFen } = sheet.terms
  const register = { source: 'register', on: ctx.today }
  const facts: ExitFacts = {
    asOf: ctx.today,
    identifiedOn: dayOrNull(file.identifiedOn),
    mode,
    risks: file.risks,
    measures: (await listMeasures(ctx.db, ctx.scope, file.caseId)).filter(({ round }) => round === file.round),
    income,
    line: { value: lineFen, source: line?.key ?? '', on: null },
    safeguards: policy.safeguards.map((name) => ({ name, value: evidence?.safeguards.get(name) ?? null, ...register })),
    newRisks: evidence?.newRisks ?? [],
    noLabour: { value: evidence?.noLabour ?? null, ...register },
    labourUnfilled: evidence?.labourUnfilled ?? 0,
  }
  const terms = { ...policy, periodToAtLeast: policy.periodToAtLeast(sheet.terms) }
  return { facts, terms, versions: [policy.version, ...(line === null ? [] : [line])] }
}

const identifiedDay = (file: CaseFile) => file.identifiedOn
const dayOrNull = (text: string | null): Day | null => (text === null ? null : (readDay(text) ?? null))

function stableOf(stable: { net: number; months: number } | null, persons: number): ExitIncome['stable'] {
  return stable === null ? null : { net: stable.net, months: stable.months, persons }
}
