import { checkModel, sayTableFinding, type PreparedModel } from '#kernel/pure/decisions/index.ts'
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
import { PolicyExample, type CheckedText, type ParameterValue, type PolicyFinding } from '../contract.ts'
import { factCatalogue } from '../policy/facts.ts'
import type { PolicyEntry } from '../policy/policy.ts'
import { checkParameters } from '../rules/check-parameters.ts'
import { checkPortable } from '../rules/check-portable.ts'
import { checkExamples, checkTableText, factsFor, finding, firstDifference } from '../rules/check-text.ts'
import { latitudeWords } from '../rules/finding-words.ts'
import { parameterContext } from '../rules/parameter-values.ts'
import { runExample } from '../rules/run-example.ts'
import { nameAreas } from './area-names.ts'
import { modelOf } from './compiled-model.ts'
import { asParameters, parametersOf } from './parameters-in-force.ts'
import { findEntry, keysOf } from './policy-entries.ts'

/** Everything about a text that an officer should know before publication; errors refuse it. Never throws for what was written. */
export async function checkDraft(policies: Policies, ctx: Context, draft: CheckedDraft): Promise<CheckedText> {
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
  const { findings, results } = entry.form === 'table' ? checkTable(around) : checkValues(around)
  const isReadable = !findings.some((one) => one.code === 'not-parameters' || one.code === 'unreadable')
  return { findings: [...ofDays, ...findings, ...(isReadable ? await ofSuperiors(around) : [])], results }
}

interface Around {
  readonly policies: Policies
  readonly ctx: Context
  readonly entry: PolicyEntry
  readonly draft: CheckedDraft
  readonly inForce: (asOf: string) => ReturnType<Awaited<ReturnType<typeof openPolicies>>>
}

function checkTable({ entry, draft, inForce }: Around): CheckedText {
  const { subject, decision } = entry
  const asOf = draft.effectiveFrom
  const parametersOn = (day = asOf) => asParameters(parametersOf(inForce(day)))
  const { findings, model } = checkTableText(draft.content, { subject, decision, facts: factCatalogue, parameters: parametersOn(), asOf })
  if (model === undefined || decision === '') return { findings, results: [] }
  const away = checkPortable(model, entry, parametersOn())
  const examples = checkExamples(model, readExamples(draft.examples), { decision, parametersOn })
  return { findings: [...findings, ...away, ...examples.findings], results: examples.results }
}

function readExamples(examples: readonly unknown[]): PolicyExample[] {
  return examples.map((one) => PolicyExample.parse(one))
}

function checkValues(around: Around): CheckedText {
  const { draft, entry, policies, inForce } = around
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
  return { findings: [...findings, ...tablesThatRead(around, values, merged)], results: [] }
}

/** What the tables in force that name the values become with them: what breaks a table is an error, an example that changes a warning. */
function tablesThatRead(
  { draft, inForce }: Around,
  values: readonly ParameterValue[],
  merged: Parameters<typeof parameterContext>[0],
): PolicyFinding[] {
  const names = new Set(values.map((one) => one.name))
  const found = inForce(draft.effectiveFrom)
  return keysOf('table').flatMap((key): PolicyFinding[] => {
    const [entry, table] = [findEntry(key), found.get(key)]
    if (entry === undefined || table === undefined) return []
    const model = modelOf(table.version.content)
    if (!model.graph.main.elements.some((one) => one.kind === 'inputData' && names.has(one.name))) return []
    return [...brokenBy(model, entry, merged), ...changedExamples(model, entry, { version: table.version, merged })]
  })
}

function brokenBy(model: PreparedModel, entry: PolicyEntry, merged: Parameters<typeof parameterContext>[0]): PolicyFinding[] {
  const decimals = Object.fromEntries(
    factsFor(entry.subject, factCatalogue).flatMap((fact) => (fact.decimals === null ? [] : [[fact.name, fact.decimals]])),
  )
  return checkModel(model, { fixed: parameterContext(merged), decimals }).flatMap(({ name, findings }) =>
    findings
      .filter((one) => one.severity === 'error')
      .map((one) => {
        const why = { zh: sayTableFinding(one, 'zh'), en: sayTableFinding(one, 'en') }
        return finding(
          'breaks-table',
          'error',
          { table: { zh: entry.zh, en: entry.en }, why },
          { decision: name, rows: one.rows.map((row) => row + 1) },
        )
      }),
  )
}

function changedExamples(
  model: PreparedModel,
  entry: PolicyEntry,
  given: { version: PolicyVersion; merged: Parameters<typeof parameterContext>[0] },
): PolicyFinding[] {
  const parameters = parameterContext(given.merged)
  return readExamples(given.version.examples).flatMap((example) => {
    const result = runExample({ model, decision: entry.decision, parameters }, example)
    if (result.isEqual) return []
    return [
      finding(
        'example-changes',
        'warning',
        { ...firstDifference(result), table: { zh: entry.zh, en: entry.en } },
        { decision: entry.decision },
      ),
    ]
  })
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
