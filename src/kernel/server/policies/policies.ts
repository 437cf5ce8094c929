import { createHash } from 'node:crypto'
import type { Context } from '../caller/index.ts'
import { whileReading } from '../database/index.ts'
import { policyErrors } from './errors.ts'
import { findDecided } from './kept-versions.ts'
import { bindingValues, loosenedIn, mergeValues, type LevelValues } from './merge-values.ts'
import { areaPathOf, inForceByLevel, isInForce, levelsOf, pickWhole } from './pick-version.ts'
import type { Asked, CheckedDraft, Loosened, PolicyInForce, PolicyKind, PolicyVersion, ShippedVersion } from './policy.ts'
import { findVersion, findVersions } from './version-store.ts'

/** The policies of an installation with their shipped versions; made once at the start. */
export interface Policies {
  readonly kinds: ReadonlyMap<string, PolicyKind>
  readonly shipped: ReadonlyMap<string, readonly PolicyVersion[]>
  /** Path of the area whose shipped versions stand in where an area's own superiors say nothing. */
  readonly standIn: string
}

/** Puts the kinds together; a key that stands twice is a fault of the program. */
export function makePolicies(kinds: readonly PolicyKind[], options: { standInCode: string }): Policies {
  const byKey = new Map(kinds.map((kind) => [kind.key, kind]))
  if (byKey.size < kinds.length) throw new Error('a key of a policy stands twice')
  const shipped = new Map(kinds.map((kind) => [kind.key, kind.shipped.map((one) => shippedVersion(kind.key, one))]))
  return { kinds: byKey, shipped, standIn: areaPathOf(options.standInCode) }
}

/** SHA-256 of a text, hexadecimal. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** What is in force for an area on a day, `undefined` where nothing is. Throws `policies.unknown-policy`. */
export async function policyFor(policies: Policies, ctx: Context, key: string, asked: Asked): Promise<PolicyInForce | undefined> {
  return (await policiesFor(policies, ctx, [key], asked)).get(key)
}

/** The same of several policies, asked of the database once. */
export async function policiesFor(
  policies: Policies,
  ctx: Context,
  keys: readonly string[],
  asked: Asked,
): Promise<Map<string, PolicyInForce>> {
  return (await openPolicies(policies, ctx, keys))(asked)
}

/** Loads the versions of several policies once, to be asked about many days and areas. */
export async function openPolicies(
  policies: Policies,
  ctx: Context,
  keys: readonly string[],
): Promise<(asked: Asked) => Map<string, PolicyInForce>> {
  const kinds = keys.map((key) => kindOf(policies, key))
  const stored = await whileReading(ctx, (db) => findDecided(db, ctx, keys))
  return (asked) => {
    const levels = levelsOf(asked.areaPath ?? areaPathOf(ctx.scope.countyCode), policies.standIn)
    return new Map(
      kinds.flatMap((kind): [string, PolicyInForce][] => {
        const versions = [...stored.filter((one) => one.key === kind.key), ...(policies.shipped.get(kind.key) ?? [])]
        const found = inForceByLevel(versions, levels, asked)
        const inForce = kind.form === 'table' ? wholeOf(kind, found) : mergedOf(kind, found)
        return inForce === undefined ? [] : [[kind.key, inForce]]
      }),
    )
  }
}

/** Every version of a policy that the caller may read, the one that begins last first. */
export async function versionsOf(policies: Policies, ctx: Context, key: string): Promise<PolicyVersion[]> {
  kindOf(policies, key)
  const stored = await whileReading(ctx, (db) => findVersions(db, ctx, { keys: [key], states: 'all' }))
  const order = (one: PolicyVersion) => `${one.effectiveFrom} ${one.draftedAt ?? ''}`
  return [...stored, ...(policies.shipped.get(key) ?? [])].sort((one, other) => (order(one) < order(other) ? 1 : -1))
}

/** A version by its id, shipped or the county's. Throws `policies.version-not-found`. */
export async function versionById(policies: Policies, ctx: Context, versionId: string): Promise<PolicyVersion> {
  for (const versions of policies.shipped.values()) {
    const shipped = versions.find((one) => one.versionId === versionId)
    if (shipped !== undefined) return shipped
  }
  const stored = await whileReading(ctx, (db) => findVersion(db, ctx, { versionId, lock: false }))
  if (stored === undefined) throw policyErrors.versionNotFound()
  return stored
}

/** What a draft says against those above its area, and those below it against the draft. */
export interface AgainstSuperiors {
  /** On the first day: stands against publication. `table`: the superior's, which is his to say. */
  readonly values: readonly Loosened[]
  readonly table: PolicyVersion | undefined
  /** From a later day on, because a superior's version begins then: passed over from that day. */
  readonly later: readonly (Loosened & { readonly from: string })[]
  /** Values of areas below that the draft passes over from its first day on. */
  readonly below: readonly (Loosened & { readonly version: PolicyVersion })[]
}

/** Compares a draft with what holds above and below its area: values against their latitude, or a whole table that is a superior's to say. */
export async function loosenedBy(policies: Policies, ctx: Context, draft: CheckedDraft): Promise<AgainstSuperiors> {
  const kind = kindOf(policies, draft.key)
  const stored = await whileReading(ctx, (db) => findVersions(db, ctx, { keys: [draft.key], states: 'decided' }))
  const all = [...stored, ...(policies.shipped.get(draft.key) ?? [])]
  const levelsAbove = (areaPath: string) => levelsOf(areaPath, '').filter((level) => level.areaPath !== areaPath)
  const { effectiveFrom: first, effectiveTo: last, areaPath } = draft
  const above = inForceByLevel(all, levelsAbove(areaPath), { asOf: first })
  if (kind.form === 'table') return { values: [], table: kind.latitude === 'free' ? undefined : above[0]?.version, later: [], below: [] }
  const values = kind.values(draft.content)
  const against = (asOf: string) =>
    loosenedIn(values, bindingValues(withValues(kind, inForceByLevel(all, levelsAbove(areaPath), { asOf }))))
  const days = all.flatMap(({ areaPath: path, effectiveFrom: day }) =>
    areaPath.startsWith(path) && path !== areaPath && day > first && (last === null || day <= last) ? [day] : [],
  )
  const county = areaPathOf(ctx.scope.countyCode)
  const isBelow = (path: string) => path !== areaPath && path.startsWith(areaPath) && (county.startsWith(path) || path.startsWith(county))
  const below = all.filter((one) => isBelow(one.areaPath) && isInForce(one, { asOf: first }))
  // The draft in the place of what its area says now.
  const drafted = { level: { areaPath, isStandIn: false }, version: asVersion(draft), values }
  const bound = bindingValues([...withValues(kind, above), drafted])
  return {
    values: against(first),
    table: undefined,
    later: [...new Set(days)].sort().flatMap((from) => against(from).map((one) => ({ ...one, from }))),
    below: below.flatMap((version) =>
      loosenedIn(kind.values(version.content), bound).flatMap((one) => (one.reason === 'latitude' ? [] : [{ ...one, version }])),
    ),
  }
}

/** Throws `policies.unknown-policy`. */
export function kindOf(policies: Policies, key: string): PolicyKind {
  const kind = policies.kinds.get(key)
  if (kind === undefined) throw policyErrors.unknownPolicy({ key })
  return kind
}

type Found = ReturnType<typeof inForceByLevel>

function wholeOf(kind: PolicyKind, levels: Found): PolicyInForce | undefined {
  const version = pickWhole(levels, kind.latitude)
  return version && { key: kind.key, versionId: version.versionId, hash: version.hash, version, values: new Map() }
}

function mergedOf(kind: PolicyKind, levels: Found): PolicyInForce | undefined {
  const values = mergeValues(withValues(kind, levels))
  const said = new Set([...values.values()].map((one) => one.version.versionId))
  const nearest = levels.map((one) => one.version).findLast((one) => said.has(one.versionId))
  if (nearest === undefined) return undefined
  const written = [...values.values()].map(({ name, value, unit, version }) => [name, value, unit, version.versionId])
  return { key: kind.key, versionId: nearest.versionId, hash: hashOf(JSON.stringify(written)), version: nearest, values }
}

function withValues(kind: PolicyKind, levels: Found): LevelValues[] {
  return levels.map(({ level, version }) => ({ level, version, values: kind.values(version.content) }))
}

/** A shipped text as a version; its id is a UUIDv8 (RFC 9562) of what it says and where and when, so that it is the same on every machine. */
function shippedVersion(key: string, shipped: ShippedVersion): PolicyVersion {
  const { areaCode, effectiveFrom, content } = shipped
  const hash = hashOf(content)
  const digest = hashOf(`${key}|${areaCode}|${effectiveFrom}|${hash}`)
  const variant = ((Number.parseInt(digest.slice(16, 17), 16) & 3) | 8).toString(16)
  const versionId = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`
  const { areaCode: _, ...text } = shipped
  return { ...unsigned, ...text, versionId, key, areaPath: areaPathOf(areaCode), isShipped: true, state: 'published', hash }
}

function asVersion(draft: CheckedDraft): PolicyVersion {
  const paper = { documentNo: '', documentTitle: '', clause: '', note: '' }
  return { ...unsigned, ...paper, versionId: '', isShipped: false, state: 'draft', hash: hashOf(draft.content), ...draft }
}

const unsigned = {
  draftedBy: null,
  draftedName: null,
  draftedAt: null,
  writtenBy: [],
  submittedBy: null,
  submittedAt: null,
  publishedName: null,
  publishedAt: null,
  replacedAt: null,
  revision: 1,
} as const
