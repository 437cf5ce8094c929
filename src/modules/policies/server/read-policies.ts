import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import {
  listEvents,
  openPolicies,
  openVersionCounts,
  policyErrors,
  versionById,
  versionsOf,
  type PolicyVersion,
} from '#kernel/server/policies/index.ts'
import {
  PolicyExample,
  type CheckedText,
  type CheckText,
  type PolicyCard,
  type PolicyText,
  type ReadPolicy,
  type VersionCard,
} from '../contract.ts'
import { factCatalogue } from '../policy/facts.ts'
import type { PolicyEntry } from '../policy/policy.ts'
import { factsFor, finding } from '../rules/check-text.ts'
import { nameAreas } from './area-names.ts'
import { checkDraft } from './check-draft.ts'
import { countyPath, countyPolicies } from './county-policies.ts'
import { policiesErrors } from './errors.ts'
import { parametersOf, valueAsWritten, type ParameterInForce } from './parameters-in-force.ts'
import { findEntry, keysOf } from './policy-entries.ts'
import { showPolicy, showVersions } from './version-cards.ts'

/** The catalogue: every policy with the version in force today and how many drafts are open. */
export async function listPolicies(ctx: Context): Promise<PolicyCard[]> {
  const keys = [...keysOf('table'), ...keysOf('parameters')]
  const found = (await openPolicies(countyPolicies(), ctx, keys))({ asOf: ctx.today })
  const open = await inTransaction(ctx, (db) => openVersionCounts(db, ctx))
  const cards = new Map(
    (
      await showVersions(
        ctx,
        [...found.values()].map((one) => one.version),
      )
    ).map((card) => [card.key, card]),
  )
  return entries().map((entry) => showPolicy(ctx, entry, { current: cards.get(entry.key) ?? null, open: open.get(entry.key) ?? 0 }))
}

function entries(): PolicyEntry[] {
  return [...keysOf('table'), ...keysOf('parameters')].flatMap((key) => findEntry(key) ?? [])
}

/** Every version of a policy that the caller may see, the one that begins last first. */
export async function listVersions(ctx: Context, key: string): Promise<VersionCard[]> {
  return showVersions(ctx, await versionsOf(countyPolicies(), ctx, key))
}

/** A policy with the text of one version: that of an id, else what is in force on a day, else the last that began. */
export async function readPolicy(ctx: Context, key: string, asked: ReadPolicy): Promise<PolicyText> {
  const entry = findEntry(key)
  if (entry === undefined) throw policyErrors.unknownPolicy({ key })
  const version = await findAsked(ctx, key, asked)
  const today = (await openPolicies(countyPolicies(), ctx, [key]))({ asOf: ctx.today }).get(key)?.version
  const [card, current] = await showVersions(ctx, today === undefined ? [version] : [version, today])
  if (card === undefined) throw policyErrors.versionNotFound()
  const { findings, results } = await checkDraft(countyPolicies(), ctx, version)
  const isDraft = !version.isShipped && version.state !== 'published' && version.state !== 'replaced'
  const missing = isDraft && version.documentNo.trim() === '' ? [finding('document-missing', 'warning')] : []
  const open = await inTransaction(ctx, (db) => openVersionCounts(db, ctx))
  return {
    policy: showPolicy(ctx, entry, { current: current ?? null, open: open.get(key) ?? 0 }),
    version: card,
    content: version.content,
    examples: version.examples.map((one) => PolicyExample.parse(one)),
    ...(await surroundings(ctx, entry, version)),
    tables: entries()
      .filter((one) => one.reads.includes(entry.key) && one.subject !== 'given')
      .map(showTable),
    // That a first day has passed is news for a draft only.
    findings: [...missing, ...findings.filter((one) => isDraft || one.code !== 'begins-past')],
    results,
    // Who did what is for the county's office; row security refuses everybody else.
    events:
      version.isShipped || ctx.scope.kind !== 'county' ? [] : await inTransaction(ctx, (db) => listEvents(db, ctx, version.versionId)),
  }
}

function showTable({ key, zh, en, decision, subject }: PolicyEntry): PolicyText['tables'][number] {
  return { key, zh, en, decision, subject }
}

async function findAsked(ctx: Context, key: string, { versionId, asOf }: ReadPolicy): Promise<PolicyVersion> {
  if (versionId !== undefined) {
    const version = await versionById(countyPolicies(), ctx, versionId)
    if (version.key !== key) throw policyErrors.versionNotFound()
    return version
  }
  const found = (await openPolicies(countyPolicies(), ctx, [key]))({ asOf: asOf ?? ctx.today }).get(key)?.version
  const newest = asOf === undefined ? (await versionsOf(countyPolicies(), ctx, key)).find((one) => one.isShipped) : undefined
  const version = found ?? newest
  if (version === undefined) throw policiesErrors.notInForce({ key, asOf: asOf ?? ctx.today })
  return version
}

/** The facts that a text of the policy may name, and the parameters on its first day. */
async function surroundings(ctx: Context, entry: PolicyEntry, version: PolicyVersion): Promise<Pick<PolicyText, 'facts' | 'parameters'>> {
  const county = countyPath(ctx.scope.countyCode)
  const areaPath = version.areaPath.startsWith(county) ? version.areaPath : county
  const all = parametersOf((await openPolicies(countyPolicies(), ctx, keysOf('parameters')))({ asOf: version.effectiveFrom, areaPath }))
  const own = [...all.values()].filter((one) => entry.form === 'table' || one.key === entry.key)
  const names = await nameAreas(
    ctx,
    own.map((one) => one.version.areaPath),
  )
  return {
    facts: entry.form === 'table' ? factsFor(entry.subject, factCatalogue) : [],
    parameters: own.map((one) => showParameter(one, names)),
  }
}

function showParameter({ name, value, unit, key, latitude, version }: ParameterInForce, names: (path: string) => string) {
  return { name, value: valueAsWritten(value), unit, key, latitude, areaName: names(version.areaPath), documentNo: version.documentNo }
}

/** What would stand against a text, without storing it. */
export async function checkText(ctx: Context, key: string, asked: CheckText): Promise<CheckedText> {
  if (findEntry(key) === undefined) throw policyErrors.unknownPolicy({ key })
  const { content, effectiveFrom, examples, areaPath = countyPath(ctx.scope.countyCode) } = asked
  return checkDraft(countyPolicies(), ctx, { key, areaPath, effectiveFrom, effectiveTo: null, content, examples })
}
