import { areasByName } from '#modules/identity/server/index.ts'
import { openStatements, type RegisterStatements } from '#modules/registry/server/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import type { Db } from '#kernel/server/database/index.ts'
import type { Vault } from '#kernel/server/vault/index.ts'
import type { CheckSummary, Finding, RuleNeed, RuleNotRun } from '../contract.ts'
import { lineOf } from '../policy/rules.ts'
import { compileRules, type CompiledRule } from '../rules/catalogue.ts'
import { makeLineReader, type LineHousehold, type LineReader } from './fact-lines.ts'
import { makeJudge, lackingOtherColumns, type Judge } from './run-judge.ts'
import { noShare, RegisterBook, shareOf, type HouseholdShare, type KeptRegister } from './run-kept-register.ts'
import { makeSharedNumbers, type SharedNumbers } from './run-shared-numbers.ts'
import { judgeVillages, type LandSums } from './run-villages.ts'

/** Limits that somebody sets for one check, in the shape of the rules' policy; `lineYuan` is the monitoring line per person and year. */
export interface CheckLimits {
  lineYuan?: number
  rules?: Readonly<Record<string, Readonly<Record<string, number | string>>>>
}

/** What a check needs besides the transaction. */
export interface CheckQualityInput {
  vault: Vault
  /** Day on which ages and periods are counted, YYYY-MM-DD. */
  asOf: string
  /** Only these households; rules that look further (`reach`) are judged for whatever they bear on: `registerIds` of the check says for whom. */
  householdIds?: readonly string[]
  /** What an earlier check has kept. `changes`: how many changes of the register since then `householdIds` stands for. */
  kept?: { register: KeptRegister; changes: number }
  /** Why the register is read; stands in the audit. */
  reason: string
  /** Findings carry the plain ID number, for a file of the machine's administrator. */
  withNumbers?: boolean
  limits?: CheckLimits
  onProgress?: (persons: number) => void
}

/** A check under way: the findings in blocks, and the summary once all of them have been taken. */
export interface QualityCheck {
  findings: AsyncIterable<Finding[]>
  summary(): CheckSummary
  /** The households for which rules of reach `register` were judged, once the findings have been taken; `undefined`: all. */
  registerIds(): ReadonlySet<string> | undefined
}

/** Findings in a block. */
const blockFindings = 2_000

/**
 * Checks what the national system's exports state, by the rules of the day, within the caller's scope; one audit row.
 * The blocks must be taken inside the transaction of `db`. Throws `registry.reason-needed`, `vault.not-readable`.
 */
export async function checkQuality(ctx: Context, db: Db, input: CheckQualityInput): Promise<QualityCheck> {
  const statements = await openStatements(ctx, db, input)
  const county = (await areasByName({ ...ctx, db })).findByCode(ctx.scope.countyCode)
  const known = lineOf(ctx.scope.countyCode, input.asOf)
  const line = input.limits?.lineYuan === undefined ? known : { year: Number(input.asOf.slice(0, 4)), yuan: input.limits.lineYuan }
  const rules = compileRules({
    asOf: input.asOf,
    countyName: county?.name ?? '',
    lineFen: line === undefined ? Number.NaN : Math.round(line.yuan * 100),
    ...(input.limits?.rules === undefined ? {} : { limits: input.limits.rules }),
  })
  const there = new Set<RuleNeed>([...statements.kinds.keys()].flatMap((kind) => (isNeed(kind) ? [kind] : [])))
  if (line !== undefined) there.add('line')
  const { runnable, notRun } = partRules(rules, there, statements)
  const { kept, householdIds } = input
  const asked = { countyCode: ctx.scope.countyCode, revision: statements.revision, changes: kept?.changes ?? 0 }
  const book = householdIds === undefined ? undefined : kept?.register.take(asked)
  const run = new CheckRun({ statements, rules: runnable, input, book })
  return {
    findings: keptAfter(run, (made) => kept?.register.keep(ctx.scope.countyCode, statements.revision, made)),
    registerIds: () => run.registerIds,
    summary: () => ({
      ...run.summary(notRun),
      ...(line === undefined ? {} : { line: { year: line.year, yuan: line.yuan } }),
    }),
  }
}

/** The findings of a check; what it knows of the register is kept when all of them have been taken. */
async function* keptAfter(run: CheckRun, keep: (book: RegisterBook) => void): AsyncGenerator<Finding[], void> {
  yield* run.findings()
  keep(run.book)
}

function isNeed(kind: string): kind is RuleNeed {
  return kind === 'monitoring' || kind === 'work' || kind === 'planned-work' || kind === 'village'
}

/** Tells the rules whose data are there from those that wait for it. */
function partRules(
  rules: readonly CompiledRule[],
  there: ReadonlySet<RuleNeed>,
  statements: RegisterStatements,
): { runnable: CompiledRule[]; notRun: RuleNotRun[] } {
  const runnable: CompiledRule[] = []
  const notRun: RuleNotRun[] = []
  for (const rule of rules) {
    const needs = rule.policy.needs.filter((need) => !there.has(need))
    const columns = needs.length > 0 ? [] : lackingOtherColumns(rule.policy.reads, statements.layouts)
    if (needs.length === 0 && columns.length === 0) runnable.push(rule)
    else notRun.push({ rule: rule.policy.rule, needs, columns })
  }
  return { runnable, notRun }
}

interface RunGiven {
  statements: RegisterStatements
  rules: readonly CompiledRule[]
  input: CheckQualityInput
  /** What is known of all households; absent: they are read. */
  book: RegisterBook | undefined
}

/** One pass over all households, or over some where the others are known, then what looks across them. */
class CheckRun {
  /** What this check knows of all households when it has ended. */
  readonly book: RegisterBook
  registerIds: ReadonlySet<string> | undefined
  readonly #given: RunGiven
  readonly #reader: LineReader
  readonly #judge: Judge
  /** Judges the rules of reach `register`, once what is shared is known. */
  readonly #crossJudge: Judge
  readonly #shared: SharedNumbers = makeSharedNumbers()
  readonly #chosen: ReadonlySet<string> | undefined
  #ofVillages = new Map<string, number>()

  constructor(given: RunGiven) {
    const { statements, rules, input } = given
    this.#given = given
    this.book = given.book ?? new RegisterBook()
    this.#reader = makeLineReader({
      layouts: statements.layouts,
      corrected: statements.corrected,
      checkDay: Number(input.asOf.replaceAll('-', '')),
    })
    const more = { layouts: statements.layouts, vault: input.vault, withNumbers: input.withNumbers === true }
    this.#judge = makeJudge({ ...more, rules: rules.filter((rule) => rule.policy.reach === 'household') })
    this.#crossJudge = makeJudge({ ...more, rules: rules.filter((rule) => rule.policy.reach === 'register') })
    this.#chosen = input.householdIds === undefined ? undefined : new Set(input.householdIds)
  }

  async *findings(): AsyncGenerator<Finding[], void> {
    if (this.#given.book === undefined) yield* this.#readAll()
    else yield* this.#readChosen()
    for (const pair of this.#judge.pairs) this.book.pairs.add(pair)
    yield* this.#villageFindings(this.book.sums())
  }

  async *#readAll(): AsyncGenerator<Finding[], void> {
    let block: Finding[] = []
    for await (const lines of this.#lines()) {
      for (const [from, to] of lines.ends) this.#judgeHousehold(this.#reader.read(lines.bytes, from, to), block)
      this.#given.input.onProgress?.(this.#judge.persons)
      if (block.length < blockFindings) continue
      yield block
      block = []
    }
    if (block.length > 0) yield block
    const suspects = this.#shared.suspects()
    yield* this.#sharedFindings(suspects, suspects)
  }

  /** Reads the chosen households, and those with which they share a number or shared one before. */
  async *#readChosen(): AsyncGenerator<Finding[], void> {
    const { book } = this
    const chosen = this.#chosen ?? new Set<string>()
    this.#judge.lookAt(book.pairs)
    const findings: Finding[] = []
    const shares = new Map<string, HouseholdShare>([...chosen].map((id) => [id, noShare]))
    await this.#eachOf([...chosen], (household) => {
      shares.set(household.householdId, shareOf(household))
      this.#judge.judge(household, findings)
    })
    if (findings.length > 0) yield findings
    const keys = book.keysOf(chosen)
    for (const [id, share] of shares) {
      book.change(id, share)
      for (const key of share.keys) keys.add(key)
    }
    const sharers = book.holdersOf(keys)
    this.registerIds = new Set([...chosen, ...sharers])
    yield* this.#sharedFindings([...book.holdersOf(book.keysOf(sharers))], [...sharers])
  }

  *#villageFindings(sums: LandSums): Generator<Finding[], void> {
    const villages = judgeVillages(this.#given.statements, this.#given.rules, sums)
    this.#ofVillages = villages.ran
    if (villages.findings.length > 0) yield villages.findings
  }

  #judgeHousehold(household: LineHousehold, block: Finding[]): void {
    if (household.layoutId !== undefined) {
      this.#shared.note(household)
      this.book.add(household.householdId, shareOf(household))
    }
    if (this.#chosen === undefined || this.#chosen.has(household.householdId)) this.#judge.judge(household, block)
    else this.#judge.look(household)
  }

  /** Judges households by what they share; all that have one of their numbers must be among the holders. */
  async *#sharedFindings(holders: readonly string[], judged: readonly string[]): AsyncGenerator<Finding[], void> {
    const findings: Finding[] = []
    await this.#eachOf(holders, (household) => this.#shared.noteInFull(household))
    await this.#eachOf(judged, (household) => {
      this.#shared.mark(household)
      this.#crossJudge.judge(household, findings)
    })
    if (findings.length > 0) yield findings
  }

  async #eachOf(householdIds: readonly string[], visit: (household: LineHousehold) => void): Promise<void> {
    for await (const { bytes, ends } of this.#lines(householdIds)) for (const [from, to] of ends) visit(this.#reader.read(bytes, from, to))
  }

  /** Whole lines, some at a time. */
  async *#lines(householdIds?: readonly string[]): AsyncGenerator<{ bytes: Buffer; ends: [number, number][] }, void> {
    let rest: Buffer = Buffer.alloc(0)
    for await (const chunk of this.#given.statements.households(householdIds)) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      const ends: [number, number][] = []
      let from = 0
      for (let end = bytes.indexOf(10, from); end >= 0; end = bytes.indexOf(10, from)) {
        ends.push([from, end])
        from = end + 1
      }
      rest = bytes.subarray(from)
      if (ends.length > 0) yield { bytes, ends }
    }
  }

  /** What was done; rules for which no row had the columns are among those not run. */
  summary(notRun: readonly RuleNotRun[]): CheckSummary {
    const { statements, rules, input } = this.#given
    const ran = new Map([...this.#judge.ran, ...this.#ofVillages])
    const lacking: RuleNotRun[] = []
    for (const { policy } of rules) {
      if (policy.reach === 'register') ran.set(policy.rule, this.#crossJudge.ran.get(policy.rule) ?? 0)
      if (!ran.has(policy.rule)) lacking.push({ rule: policy.rule, needs: [], columns: columnsMissing(policy.reads, statements.layouts) })
    }
    return {
      asOf: input.asOf,
      households: this.#judge.households,
      persons: this.#judge.persons,
      villages: statements.villages.length,
      ran: Object.fromEntries([...ran].sort(([one], [other]) => (one < other ? -1 : 1))),
      notRun: [...notRun, ...lacking].sort((one, other) => (one.rule < other.rule ? -1 : 1)),
      registerRevision: statements.revision,
    }
  }
}

function columnsMissing(reads: readonly string[], layouts: ReadonlyMap<string, readonly string[]>): string[] {
  const columns = new Set([...layouts.values()].flat())
  return reads.filter((key) => !columns.has(key))
}
