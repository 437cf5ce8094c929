import type { Context } from '#kernel/server/caller/index.ts'
import {
  areaPathOf,
  loosenedBy,
  openPolicies,
  type CheckedDraft,
  type Loosened,
  type Policies,
  type PolicyVersion,
} from '#kernel/server/policies/index.ts'
import { PolicyExample, type CheckedText, type PolicyFinding } from '../contract.ts'
import { factCatalogue } from '../policy/facts.ts'
import type { PolicyEntry } from '../policy/policy.ts'
import { checkParameters } from '../rules/check-parameters.ts'
import { answerCheck, type CheckQuestion, type TableInForce } from '../rules/check-question.ts'
import { finding } from '../rules/check-text.ts'
import { latitudeWords } from '../rules/finding-words.ts'
import { nameAreas } from './area-names.ts'
import { checkBeside } from './check-beside.ts'
import { modelOf } from './compiled-model.ts'
import { asParameters, parametersOf } from './parameters-in-force.ts'
import { findEntry, keysOf } from './policy-entries.ts'

/** Longer texts are always checked in another thread: reading one of 100,000 characters takes some 100 ms. */
const longText = 100_000

/**
 * Everything about a text that an officer should know before publication; errors refuse it. Never throws for what was written. `isWhole`: until
 * it is known whether there is a gap, however long that takes, in another thread; otherwise as long as somebody waits who is writing.
 */
export async function checkDraft(
  policies: Policies,
  ctx: Context,
  draft: CheckedDraft & { readonly isWhole?: boolean },
): Promise<CheckedText> {
  const entry = findEntry(draft.key)
  if (entry === undefined) return { findings: [], results: [] }
  const open = await openPolicies(policies, ctx, [...keysOf('parameters'), ...keysOf('table')])
  const county = areaPathOf(ctx.scope.countyCode)
  // A superior's text, written down here, is looked at with what holds in the county.
  const areaPath = draft.areaPath.startsWith(county) ? draft.areaPath : county
  const days = new Map<string, ReturnType<typeof open>>()
  const inForce = (asOf: string) => {
    const found = days.get(asOf) ?? open({ asOf, areaPath })
    days.set(asOf, found)
    return found
  }
  const around = { policies, ctx, entry, draft, inForce }
  const ofDays = [
    ...(draft.effectiveTo !== null && draft.effectiveTo < draft.effectiveFrom ? [finding('days-reversed', 'error')] : []),
    ...(draft.effectiveFrom < ctx.today ? [finding('begins-past', 'warning', { from: draft.effectiveFrom })] : []),
  ]
  const { findings, results } = await (entry.form === 'table' ? checkTable(around) : checkValues(around))
  const isReadable = !findings.some((one) => one.code === 'not-parameters' || one.code === 'unreadable')
  return { findings: [...ofDays, ...findings, ...(isReadable ? await ofSuperiors(around) : [])], results }
}

interface Around {
  readonly policies: Policies
  readonly ctx: Context
  readonly entry: PolicyEntry
  readonly draft: CheckedDraft & { readonly isWhole?: boolean }
  readonly inForce: (asOf: string) => ReturnType<Awaited<ReturnType<typeof openPolicies>>>
}

function checkTable({ entry, draft, inForce }: Around): Promise<CheckedText> {
  const { content, effectiveFrom: asOf, isWhole = false } = draft
  const examples = readExamples(draft.examples)
  const days = new Set([asOf, ...examples.map((one) => one.asOf ?? asOf)])
  const parameters = Object.fromEntries([...days].map((day) => [day, asParameters(parametersOf(inForce(day)))]))
  return answer({ kind: 'table', isWhole, entry, content, asOf, parameters, examples })
}

async function answer(question: CheckQuestion): Promise<CheckedText> {
  const texts = question.kind === 'table' ? [question] : question.tables
  const length = texts.reduce((sum, one) => sum + one.content.length, 0)
  const isBeside = question.isWhole || (question.kind === 'table' && length > longText)
  return isBeside ? checkBeside(question) : answerCheck(question, { facts: factCatalogue, modelOf })
}

function readExamples(examples: readonly unknown[]): PolicyExample[] {
  return examples.map((one) => PolicyExample.parse(one))
}

async function checkValues({ draft, entry, policies, inForce }: Around): Promise<CheckedText> {
  const found = inForce(draft.effectiveFrom)
  const all = parametersOf(found)
  const own = new Map(
    asParameters(found.get(draft.key)?.values ?? new Map()).map((one) => [one.name, { ...one, unit: all.get(one.name)?.unit ?? '' }]),
  )
  const shipped = (policies.shipped.get(draft.key) ?? []).flatMap((version) => policies.kinds.get(draft.key)?.values(version.content) ?? [])
  const { findings, values } = checkParameters(draft.content, {
    inForce: own,
    known: new Set(shipped.map((one) => one.name)),
    facts: new Set(factCatalogue.map((one) => one.name)),
    others: new Set([...all].flatMap(([name, { key }]) => (key === entry.key ? [] : [name]))),
  })
  if (findings.some((one) => one.severity === 'error')) return { findings, results: [] }
  const merged = [
    ...asParameters(all).filter(({ name }) => !values.some((one) => one.name === name)),
    ...values.filter((one) => one.value !== null),
  ]
  const tables = keysOf('table').flatMap((key): TableInForce[] => {
    const [table, version] = [findEntry(key), found.get(key)?.version]
    return table === undefined || version === undefined
      ? []
      : [{ entry: table, content: version.content, examples: readExamples(version.examples) }]
  })
  const { isWhole = false } = draft
  const ofTables = await answer({ kind: 'values', isWhole, names: values.map((one) => one.name), merged, tables })
  return { findings: [...findings, ...ofTables.findings], results: [] }
}

/** What is said against those above, value by value or as a whole, now and later; and what it does to those below. */
async function ofSuperiors({ policies, ctx, draft }: Around): Promise<PolicyFinding[]> {
  const { values, table, later, below } = await loosenedBy(policies, ctx, draft)
  const superiors = [...values, ...later].map((one) => one.superior.version.areaPath)
  const names = await nameAreas(ctx, [
    ...superiors,
    ...below.map((one) => one.version.areaPath),
    ...(table === undefined ? [] : [table.areaPath]),
  ])
  const told = ({ name, value, superior }: Loosened) => {
    const [said, wanted] = [shownValue(value, superior.unit), shownValue(superior.value, superior.unit)]
    return { name, value: said, superior: wanted, document: documentOf(superior.version) }
  }
  const from = draft.effectiveFrom
  return [
    ...values.map((one) => sayLoosened(one, names(one.superior.version.areaPath))),
    ...(table === undefined ? [] : [finding('table-of-superior', 'error', { area: names(table.areaPath), document: documentOf(table) })]),
    ...later.map((one) =>
      finding(
        'loosened-later',
        'warning',
        { ...told(one), from: one.from, area: names(one.superior.version.areaPath) },
        { input: one.name },
      ),
    ),
    ...below.map((one) => finding('overrules', 'warning', { ...told(one), from, area: names(one.version.areaPath) }, { input: one.name })),
  ]
}

function sayLoosened({ name, reason, value, superior }: Loosened, area: string): PolicyFinding {
  const document = documentOf(superior.version)
  if (reason === 'unit') return finding('loosened-unit', 'error', { name, area, superior: superior.unit, document }, { input: name })
  if (reason === 'latitude')
    return finding('loosened-latitude', 'error', { name, area, superior: latitudeWords[superior.latitude], document }, { input: name })
  const [said, wanted] = [shownValue(value, superior.unit), shownValue(superior.value, superior.unit)]
  return finding(`loosened-${superior.latitude}`, 'error', { name, value: said, area, superior: wanted, document }, { input: name })
}

function shownValue(value: Loosened['value'], unit: string): string {
  return typeof value === 'object' && value !== null ? value.join('、') : `${String(value)}${unit}`
}

/** `（湘农办发〔2023〕1号）`, or nothing. */
function documentOf({ documentNo, documentTitle }: PolicyVersion): string {
  const named = documentNo === '' ? documentTitle : documentNo
  return named === '' ? '' : `（${named}）`
}
