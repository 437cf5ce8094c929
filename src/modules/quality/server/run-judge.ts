import { readStatedNumber } from '#modules/registry/server/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { Finding } from '../contract.ts'
import { mayLack } from '../policy/rules.ts'
import type { CompiledRule } from '../rules/catalogue.ts'
import { householdFields, personFields, planFields, workFields } from '../rules/facts.ts'
import type { LineHousehold, LinePerson } from './fact-lines.ts'
import { planSeen, seenOfHousehold, seenOfPerson, type SeenPlan } from './run-seen.ts'

type PersonRule = Extract<CompiledRule, { subject: 'person' }> & { seen: SeenPlan }
type HouseholdRule = Extract<CompiledRule, { subject: 'household' }> & { seen: SeenPlan }

/** The rules that can judge rows of two layouts: those whose columns are there. */
interface RuleSet {
  person: readonly PersonRule[]
  household: readonly HouseholdRule[]
}

/** Judges households one after the other. */
export interface Judge {
  /** Adds the findings of a household to `findings`. */
  judge(household: LineHousehold, findings: Finding[]): void
  /** Notes which rules can judge the household's rows, without judging it. */
  look(household: LineHousehold): void
  /** The same for rows that are not at hand, by the pairs of their layouts as `pairs` names them. */
  lookAt(pairs: Iterable<string>): void
  /** The pairs of layouts of the rows seen so far. */
  readonly pairs: Iterable<string>
  /** Rules that ran, each with how many findings it has. */
  readonly ran: ReadonlyMap<string, number>
  readonly persons: number
  readonly households: number
}

export interface JudgeGiven {
  rules: readonly CompiledRule[]
  layouts: ReadonlyMap<string, readonly string[]>
  vault: Vault
  withNumbers: boolean
}

/** Makes the judge of one check; rules of villages are judged elsewhere. */
export function makeJudge(given: JudgeGiven): Judge {
  return new HouseholdJudge(given)
}

class HouseholdJudge implements Judge {
  readonly ran = new Map<string, number>()
  persons = 0
  households = 0
  readonly #given: JudgeGiven
  readonly #sets = new Map<string, RuleSet>()
  #last: { householdLayout: string | undefined; personLayout: string | undefined; set: RuleSet } | undefined

  constructor(given: JudgeGiven) {
    this.#given = given
  }

  judge(household: LineHousehold, findings: Finding[]): void {
    const stated = household.persons.find((person) => person.layoutId !== undefined)
    if (household.layoutId !== undefined) {
      this.households += 1
      const { facts } = household
      for (const rule of this.#setOf(household.layoutId, stated?.layoutId).household)
        if (rule.isWrong(facts)) this.#note(findings, findingOfHousehold(rule, household))
    }
    for (const person of household.persons) this.#judgePerson(findings, household, person)
  }

  look(household: LineHousehold): void {
    const stated = household.persons.find((person) => person.layoutId !== undefined)
    if (household.layoutId !== undefined) this.#setOf(household.layoutId, stated?.layoutId)
    for (const { layoutId } of household.persons) this.#setOf(layoutId === undefined ? undefined : household.layoutId, layoutId)
  }

  lookAt(pairs: Iterable<string>): void {
    for (const pair of pairs) {
      const [household = '', person = ''] = pair.split(' ')
      this.#setOf(household === '' ? undefined : household, person === '' ? undefined : person)
    }
  }

  get pairs(): Iterable<string> {
    return this.#sets.keys()
  }

  #judgePerson(findings: Finding[], household: LineHousehold, person: LinePerson): void {
    if (person.layoutId !== undefined) this.persons += 1
    for (const rule of this.#setOf(person.layoutId === undefined ? undefined : household.layoutId, person.layoutId).person) {
      const verdict = rule.isWrong(person.facts, household.facts)
      if (verdict === false || verdict === 0) continue
      const finding = findingOfPerson(rule, { household, person, given: this.#given })
      this.#note(findings, typeof verdict === 'number' && verdict > 1 ? { ...finding, rows: verdict } : finding)
    }
  }

  #note(findings: Finding[], finding: Finding): void {
    findings.push(finding)
    this.ran.set(finding.rule, (this.ran.get(finding.rule) ?? 0) + (finding.rows ?? 1))
  }

  #setOf(householdLayout: string | undefined, personLayout: string | undefined): RuleSet {
    const last = this.#last
    if (last !== undefined && last.householdLayout === householdLayout && last.personLayout === personLayout) return last.set
    const key = `${householdLayout ?? ''} ${personLayout ?? ''}`
    const set = this.#sets.get(key) ?? this.#makeSet(householdLayout, personLayout)
    this.#sets.set(key, set)
    this.#last = { householdLayout, personLayout, set }
    return set
  }

  #makeSet(householdLayout: string | undefined, personLayout: string | undefined): RuleSet {
    const { rules, layouts } = this.#given
    const columns = new Set([...(layouts.get(householdLayout ?? '') ?? []), ...(layouts.get(personLayout ?? '') ?? [])])
    const runnable = rules.filter((rule) => lackingColumns(rule.policy.reads, columns).length === 0)
    for (const { policy } of runnable) this.ran.set(policy.rule, this.ran.get(policy.rule) ?? 0)
    return {
      person: runnable.flatMap((rule) => (rule.subject === 'person' ? [{ ...rule, seen: planSeen(rule.policy.reads) }] : [])),
      household: runnable.flatMap((rule) => (rule.subject === 'household' ? [{ ...rule, seen: planSeen(rule.policy.reads) }] : [])),
    }
  }
}

/** Columns of the monitoring export that a rule reads and the statement does not have. */
export function lackingColumns(reads: readonly string[], columns: ReadonlySet<string>): string[] {
  return reads.filter((key) => (key in personFields || key in householdFields) && !columns.has(key) && !mayLack.has(key))
}

/** Columns of the other exports that a rule reads and no statement of theirs has. */
export function lackingOtherColumns(reads: readonly string[], layouts: ReadonlyMap<string, readonly string[]>): string[] {
  const columns = new Set(
    [...layouts.values()].flatMap((keys) => (keys.includes('currentlyWorking') || keys.includes('planToWork') ? keys : [])),
  )
  return reads.filter((key) => (key in workFields || key in planFields) && !columns.has(key))
}

function findingOfHousehold({ policy, seen }: HouseholdRule, household: LineHousehold): Finding {
  return {
    rule: policy.rule,
    severity: policy.severity,
    subject: 'household',
    subjectId: household.householdId,
    householdId: household.householdId,
    householdNo: household.householdNo(),
    areaPath: household.areaPath(),
    seen: seenOfHousehold(seen, household.facts),
  }
}

function findingOfPerson(
  { policy, seen }: PersonRule,
  found: { household: LineHousehold; person: LinePerson; given: JudgeGiven },
): Finding {
  const { household, person, given } = found
  const personNo = person.personNo()
  const number = (): string => readStatedNumber(given.vault, personNo, person.sealed())
  const isStated = person.layoutId !== undefined
  return {
    rule: policy.rule,
    severity: policy.severity,
    subject: 'person',
    subjectId: person.personId(),
    householdId: household.householdId,
    householdNo: household.householdNo(),
    personId: person.personId(),
    personNo,
    areaPath: household.areaPath(),
    seen: seenOfPerson(seen, { person: person.facts, household: household.facts, isStated, number }),
    ...(given.withNumbers ? { idNumber: number() } : {}),
  }
}
