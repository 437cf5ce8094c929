import { fullMonthsBetween, type Day } from '#kernel/pure/time/index.ts'
import { divided } from '../income/income-compute.ts'

/** How a risk went away: 帮扶消除 or 自然消除. */
export type ExitMode = 'helped' | 'natural'

/** A fact with where it is from and of which day; null where nobody knows. */
export interface Known<Value> {
  readonly value: Value | null
  readonly source: string
  readonly on: string | null
}

/** What the gate reads. Amounts are fen per person and year. There is no share, ratio or number of households among it. */
export interface ExitFacts {
  readonly asOf: Day
  readonly identifiedOn: Day | null
  /** Null: not said yet. */
  readonly mode: ExitMode | null
  /** Risks of the identification, the main one first. */
  readonly risks: readonly string[]
  readonly measures: readonly { readonly risk: string; readonly startedOn: string }[]
  readonly income: Known<ExitIncome>
  readonly line: Known<number>
  /** Names of safeguards (policy) and whether they are met. */
  readonly safeguards: readonly (Known<boolean> & { readonly name: string })[]
  readonly newRisks: readonly NewRisk[]
  readonly noLabour: Known<boolean>
  /** Members whose labour nobody filled. */
  readonly labourUnfilled: number
}

/** What speaks of a new risk: a lead or a report that is not closed, the last visit found it worse. */
export interface NewRisk {
  readonly kind: 'lead' | 'intake' | 'visit'
  readonly on: string
}

/** A kept number of the income sheet. */
export interface ExitIncome {
  /** Last day of its period. */
  readonly periodTo: string
  readonly perPerson: number | null
  /** The latest months, all persons, and how many months and persons they are; null where nothing is entered for them. */
  readonly stable: { readonly net: number; readonly months: number; readonly persons: number } | null
  /** Lines were added or withdrawn since it was computed. */
  readonly isStale: boolean
}

/** What policy asks (cases.elimination). */
export interface ExitTerms {
  readonly months: number
  readonly measuresPerRisk: number
  /** What a natural elimination need not show: `帮扶措施`, `识别月数`. */
  readonly naturalFreeOf: readonly string[]
  /** A number that ends on this day or later is recent enough. */
  readonly periodToAtLeast: string
  readonly stableMonths: number
}

export const exitItems = ['months', 'measures', 'income', 'stable', 'safeguards', 'new-risk', 'labour'] as const
export type ExitItemName = (typeof exitItems)[number]

/** One thing that the gate asks. `excused`: a natural elimination need not show it. */
export interface ExitItem {
  readonly name: ExitItemName
  readonly state: 'met' | 'not-met' | 'unknown' | 'excused'
  /** Word of the sentence that names the exact thing; the key of `exit-words`. */
  readonly word: string
  /** What stands and what is needed; amounts are yuan. */
  readonly details: Readonly<Record<string, string | number>>
  readonly source: string
  readonly on: string | null
}

/** Every item of the gate, in one order; nothing is left out and nothing is guessed. Source: policy note §2.8 (yijiang, zongyang, tazldqn). */
export function judgeExit(facts: ExitFacts, terms: ExitTerms): ExitItem[] {
  return [
    judgeMonths(facts, terms),
    ...judgeMeasures(facts, terms),
    judgeIncome(facts, terms),
    judgeStable(facts, terms),
    ...facts.safeguards.map(judgeSafeguard),
    ...judgeNewRisks(facts),
    judgeLabour(facts),
  ]
}

/** Whether a case may be eliminated: everything is met or excused. */
export function isThrough(items: readonly ExitItem[]): boolean {
  return items.every(({ state }) => state === 'met' || state === 'excused')
}

type Details = ExitItem['details']
const item = (
  name: ExitItemName,
  state: ExitItem['state'],
  word: string,
  more: { details?: Details; source?: string; on?: string | null },
): ExitItem => ({
  name,
  state,
  word: `${name}.${word}`,
  details: more.details ?? {},
  source: more.source ?? '',
  on: more.on ?? null,
})
const yuan = (fen: number) => (fen / 100).toFixed(2)

function judgeMonths({ asOf, identifiedOn, mode }: ExitFacts, terms: ExitTerms): ExitItem {
  if (identifiedOn === null) return item('months', 'unknown', 'unknown', { source: 'case' })
  const found = fullMonthsBetween(identifiedOn, asOf)
  const more = { details: { found, needed: terms.months, since: identifiedOn }, source: 'case', on: identifiedOn }
  if (found >= terms.months) return item('months', 'met', 'met', more)
  return item('months', mode === 'natural' && terms.naturalFreeOf.includes('识别月数') ? 'excused' : 'not-met', 'not-met', more)
}

function judgeMeasures({ risks, measures, mode, asOf }: ExitFacts, terms: ExitTerms): ExitItem[] {
  if (risks.length === 0) return [item('measures', 'unknown', 'no-risks', { source: 'case' })]
  const isFree = mode === 'natural' && terms.naturalFreeOf.includes('帮扶措施')
  return risks.map((risk) => {
    const begun = measures.filter((measure) => measure.risk === risk && measure.startedOn <= asOf)
    const on = begun.map(({ startedOn }) => startedOn).sort()[0] ?? null
    const more = { details: { risk, found: begun.length, needed: terms.measuresPerRisk }, source: 'case', on }
    if (begun.length >= terms.measuresPerRisk) return item('measures', 'met', 'met', more)
    return item('measures', isFree ? 'excused' : 'not-met', 'not-met', more)
  })
}

/** The number that counts, or what is wrong with it. */
function usableIncome({ income, line }: ExitFacts, { periodToAtLeast }: ExitTerms): { word: string; details?: Details } | ExitIncome {
  const found = income.value
  if (line.value === null) return { word: 'no-line' }
  if (found === null) return { word: 'none' }
  if (found.isStale) return { word: 'stale' }
  return found.periodTo < periodToAtLeast ? { word: 'old', details: { to: found.periodTo, needed: periodToAtLeast } } : found
}

function judgeIncome(facts: ExitFacts, terms: ExitTerms): ExitItem {
  const found = usableIncome(facts, terms)
  const { source, on } = facts.income
  if ('word' in found) return item('income', 'unknown', found.word, { details: found.details ?? {}, source, on })
  const line = facts.line.value ?? 0
  if (found.perPerson === null) return item('income', 'unknown', 'unclassified', { source, on })
  const details = { found: yuan(found.perPerson), needed: yuan(line), to: found.periodTo }
  return found.perPerson > line
    ? item('income', 'met', 'met', { details, source, on })
    : item('income', 'not-met', 'not-met', { details, source, on })
}

/** Compared exactly, before anything is rounded: net × 12 above line × months × persons. */
function judgeStable(facts: ExitFacts, terms: ExitTerms): ExitItem {
  const found = usableIncome(facts, terms)
  const { source, on } = facts.income
  if ('word' in found) return item('stable', 'unknown', found.word, { details: found.details ?? {}, source, on })
  const needed = { months: terms.stableMonths }
  if (found.stable === null) return item('stable', 'unknown', 'no-lines', { details: needed, source, on })
  const { net, months, persons } = found.stable
  if (months < terms.stableMonths) return item('stable', 'unknown', 'no-lines', { details: needed, source, on })
  const line = facts.line.value ?? 0
  const yearly = divided(BigInt(net) * 12n, BigInt(months * persons))
  const details = { months, found: yuan(Number(yearly)), needed: yuan(line) }
  const isAbove = BigInt(net) * 12n > BigInt(line) * BigInt(months * persons)
  return item('stable', isAbove ? 'met' : 'not-met', isAbove ? 'met' : 'not-met', { details, source, on })
}

function judgeSafeguard({ name, value, source, on }: ExitFacts['safeguards'][number]): ExitItem {
  const word = value === null ? 'unknown' : value ? 'met' : 'not-met'
  return item('safeguards', word, word, { details: { safeguard: name }, source, on })
}

function judgeNewRisks({ newRisks, asOf }: ExitFacts): ExitItem[] {
  if (newRisks.length === 0) return [item('new-risk', 'met', 'met', { source: 'case', on: asOf })]
  const sources = { lead: 'screening', intake: 'case', visit: 'case' } as const
  return newRisks.map(({ kind, on }) => item('new-risk', 'not-met', kind, { details: { on }, source: sources[kind], on }))
}

function judgeLabour({ noLabour, labourUnfilled }: ExitFacts): ExitItem {
  const { value, source, on } = noLabour
  if (value === null) return item('labour', 'unknown', 'unknown', { details: { people: labourUnfilled }, source, on })
  return item('labour', value ? 'not-met' : 'met', value ? 'not-met' : 'met', { source, on })
}
