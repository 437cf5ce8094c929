import { linkModels, prepareModel, readDmn, type PreparedModel } from '#kernel/pure/decisions/index.ts'
import { typeNamed, type FeelType } from '#kernel/pure/expressions/index.ts'
import { factTypes, shippedPolicies, type ShippedPolicy } from '#modules/policies/server/index.ts'
import { checkNamed, type KnownPolicy, type Surroundings } from '../rules/check-named.ts'
import { checkTemplate } from '../rules/check-template.ts'
import type { Template } from '../rules/template.ts'
import { knownRoles, shippedTemplates } from './shipped-templates.ts'
import { listTemplateRows } from './template-store.ts'
import type { Within } from './open-ledger.ts'

let known: ReadonlyMap<string, KnownPolicy> | undefined

/** The decision tables that a template may name, read once: what each asks for besides parameters, and its outputs. */
export function knownPolicies(): ReadonlyMap<string, KnownPolicy> {
  known ??= new Map(
    shippedPolicies()
      .filter(({ entry }) => entry.form === 'table')
      .flatMap((policy) => [knownOf(policy)].flatMap((one) => (one === undefined ? [] : [[one.key, one] as const]))),
  )
  return known
}

function knownOf({ entry, texts }: ShippedPolicy): KnownPolicy | undefined {
  const content = texts[texts.length - 1]?.content
  if (content === undefined) return undefined
  const model = prepareModel(linkModels(readDmn(content)))
  const { elements } = model.graph.main
  const parameters = parameterNames()
  const facts: Record<string, FeelType> = {}
  for (const one of elements) {
    if (one.kind !== 'inputData') continue
    const name = one.variable?.name ?? one.name
    if (!parameters.has(name)) facts[name] = typeOf(one.variable?.typeRef)
  }
  return { key: entry.key, facts, outputs: outputsOf(model, entry.decision) }
}

let names: ReadonlySet<string> | undefined

function parameterNames(): ReadonlySet<string> {
  names ??= new Set(
    shippedPolicies()
      .filter(({ entry }) => entry.form === 'parameters')
      // Safe: texts of parameters have this shape; policies reads them with their schema.
      .flatMap(({ texts }) =>
        texts.flatMap(({ content }) => (JSON.parse(content) as { values: { name: string }[] }).values.map((one) => one.name)),
      ),
  )
  return names
}

function outputsOf(model: PreparedModel, decision: string): Record<string, FeelType> {
  const decisions = model.graph.main.elements.flatMap((one) => (one.kind === 'decision' ? [one] : []))
  const asked = decision === '' ? decisions[decisions.length - 1] : decisions.find((one) => one.name === decision)
  if (asked === undefined) return {}
  const { expression } = asked
  if (expression?.kind !== 'table' || expression.outputs.length <= 1) {
    const only = expression?.kind === 'table' ? expression.outputs[0] : undefined
    return { [asked.name]: typeOf(only?.typeRef ?? asked.variable?.typeRef) }
  }
  return Object.fromEntries(expression.outputs.map((one, at) => [one.name ?? one.label ?? `${asked.name}${at + 1}`, typeOf(one.typeRef)]))
}

function typeOf(name: string | undefined): FeelType {
  return (name === undefined ? undefined : typeNamed(name)) ?? 'Any'
}

/** Ledgers and decision tables that a county's template may name: what is shipped, its own newest published versions, drafts where nothing else stands. */
export async function surroundingsOf(ctx: Within): Promise<Surroundings> {
  const templates = new Map<string, Template>()
  const own = await listTemplateRows(ctx.db, ctx)
  for (const row of own) if (row.state === 'draft') templates.set(row.templateKey, row.definition)
  for (const [key, template] of shippedNewest()) templates.set(key, template)
  for (const row of own) if (row.state === 'published') templates.set(row.templateKey, row.definition)
  return { templates, policies: knownPolicies(), facts: knownFacts() }
}

/** What the program brings, without any county. */
export function shippedSurroundings(): Surroundings {
  return { templates: new Map(shippedNewest()), policies: knownPolicies(), facts: knownFacts() }
}

const knownFacts = () => ({ household: factTypes('household'), person: factTypes('person') })

function shippedNewest(): [string, Template][] {
  return [...shippedTemplates()].flatMap(([key, versions]) => {
    const newest = versions[versions.length - 1]
    return newest === undefined ? [] : [[key, newest.template] as [string, Template]]
  })
}

/** What `checkTemplate` and `checkNamed` say of every shipped version, one sentence each; empty when all may be used. */
export function problemsOfShipped(): string[] {
  const around = shippedSurroundings()
  return [...shippedTemplates().values()].flat().flatMap(({ template, version, keys }) => {
    const assigned = { keys, withoutRoom: template.list.offered.filter((key) => keys[key] === undefined) }
    const isNewest = around.templates.get(template.key)?.version === template.version
    const named = checkNamed(template, isNewest ? around : withoutGatherersOf(template.key, around))
    const problems = [...checkTemplate(template, assigned, knownRoles), ...named]
    return problems.map((one) => `${template.key} ${version}: ${one.at} ${one.said.zh}`)
  })
}

/** Others gather from the newest version of a ledger; an older one need not have what they look for. */
function withoutGatherersOf(key: string, around: Surroundings): Surroundings {
  const templates = new Map(
    [...around.templates].map(([of, one]) => [of, { ...one, fields: one.fields.filter(({ gathers }) => gathers?.from !== key) }]),
  )
  return { ...around, templates }
}
