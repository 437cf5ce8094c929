import type { Context } from '../caller/index.ts'

/** What an area below may do with a text or a value: decision 0019. */
export type Latitude = 'fixed' | 'fill' | 'raise' | 'lower' | 'free'

export type VersionState = 'draft' | 'submitted' | 'published' | 'replaced' | 'returned' | 'discarded'

/** The document that a version stands on. */
export interface Paper {
  readonly documentNo: string
  readonly documentTitle: string
  readonly clause: string
}

/** A text that comes with the program: a version of the authority that issued it. */
export interface ShippedVersion extends Paper {
  /** `''` the nation, `43` a province, `4305` a prefecture, `430525` a county. */
  readonly areaCode: string
  /** Days `YYYY-MM-DD`; `effectiveTo` is the last day. */
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  readonly content: string
  readonly note: string
  readonly examples: readonly unknown[]
}

/** A version, shipped or of the county. Days are `YYYY-MM-DD`, moments ISO instants, `hash` the whole SHA-256 of the text. */
export interface PolicyVersion extends Paper {
  readonly versionId: string
  readonly key: string
  /** `''` the nation, else segments ended by a dot. */
  readonly areaPath: string
  readonly isShipped: boolean
  readonly state: VersionState
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  readonly content: string
  readonly hash: string
  readonly note: string
  readonly examples: readonly unknown[]
  readonly draftedBy: string | null
  readonly draftedName: string | null
  readonly draftedAt: string | null
  /** Ids of everybody who wrote on it; none of them may publish it. */
  readonly writtenBy: readonly string[]
  readonly submittedBy: string | null
  readonly submittedAt: string | null
  readonly publishedName: string | null
  readonly publishedAt: string | null
  readonly replacedAt: string | null
  readonly revision: number
}

/** One value of a text of the form `parameters`. Numbers are written as decimals. */
export interface PolicyValue {
  readonly name: string
  readonly unit: string
  readonly value: string | number | readonly string[] | null
  readonly latitude: Latitude
}

/** Something that the owner of a policy finds in a text; `error` stands against publication. */
export interface PolicyProblem {
  readonly severity: 'error' | 'warning' | 'note'
  readonly code: string
}

/** What is looked at before publication. */
export interface CheckedDraft {
  readonly key: string
  readonly areaPath: string
  readonly effectiveFrom: string
  readonly effectiveTo: string | null
  readonly content: string
  readonly examples: readonly unknown[]
}

/** A policy as its owner hands it in at the start; the kernel keeps its versions and reads none of its words. */
export interface PolicyKind {
  readonly key: string
  readonly form: 'table' | 'parameters'
  /** Of the whole text; values of a parameters text have their own. `raise` and `lower` mean nothing for a table and count as `fixed`. */
  readonly latitude: Latitude
  readonly shipped: readonly ShippedVersion[]
  /** The values of a text of the form `parameters`; may throw for one that was never checked. */
  readonly values: (content: string) => readonly PolicyValue[]
  /** Everything that the owner has against a text; errors refuse its publication. */
  readonly check: (ctx: Context, draft: CheckedDraft) => Promise<readonly PolicyProblem[]>
}

/** Where and when is asked for. Without `areaPath` it is the caller's county; `knownAt`: only what had been published by that instant. */
export interface Asked {
  readonly asOf: string
  readonly areaPath?: string | undefined
  readonly knownAt?: string | undefined
}

/** A value in force, with the version that says it. `isStandIn`: of an area that is not above the one asked for. */
export interface ValueInForce extends PolicyValue {
  readonly version: PolicyVersion
  readonly isStandIn: boolean
}

/** What is in force: results keep `key`, `versionId` and `hash`. */
export interface PolicyInForce {
  readonly key: string
  readonly versionId: string
  /** SHA-256 of the text; of a merged parameters policy that of all its values with their versions. */
  readonly hash: string
  /** The nearest version; the ones above it still supply the values that it does not name. */
  readonly version: PolicyVersion
  /** Merged from the nation downwards; empty for tables. */
  readonly values: ReadonlyMap<string, ValueInForce>
}

/** A value that says what the superior does not allow. */
export interface Loosened {
  readonly name: string
  readonly reason: 'value' | 'unit' | 'latitude'
  readonly value: PolicyValue['value']
  readonly superior: ValueInForce
}
