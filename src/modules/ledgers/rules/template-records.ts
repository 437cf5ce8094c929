import type { RecordProblem, RecordValues } from './records.ts'
import type { Template, Words } from './template.ts'

export interface TemplateProblem {
  /** Where in the template: `fields.price.computed`, `moves.accept.into`. */
  readonly at: string
  readonly said: { readonly zh: string; readonly en: string }
}
export interface CheckedTemplate {
  readonly problems: readonly TemplateProblem[]
  readonly keys: Readonly<Record<string, string>>
}
export interface TemplateCard {
  readonly templateKey: string
  readonly pack: string
  readonly name: Words
  readonly isShipped: boolean
  readonly isClosed: boolean
  /** Newest version in use; absent while there is only a draft. */
  readonly version?: number
  readonly hasDraft: boolean
  readonly isWithdrawn: boolean
  readonly mechanisms: readonly string[]
  readonly records: number
  /** Records that older versions wrote. */
  readonly olderRecords: number
  readonly can: { readonly edit: boolean; readonly publish: boolean; readonly withdraw: boolean; readonly migrate: boolean }
}
export interface TemplateVersion {
  readonly version: number
  readonly state: 'draft' | 'published' | 'withdrawn'
  readonly isShipped: boolean
  readonly revision?: number
  readonly madeName?: string
  readonly madeAt?: string
  readonly publishedName?: string
  readonly publishedAt?: string
  readonly records: number
}
export interface TemplateRecord {
  readonly template: Template
  readonly version: number
  readonly state: 'draft' | 'published' | 'withdrawn'
  readonly isShipped: boolean
  readonly revision?: number
  readonly keys: Readonly<Record<string, string>>
  readonly problems: readonly TemplateProblem[]
  readonly versions: readonly TemplateVersion[]
  readonly can: TemplateCard['can']
}
export interface MigrationPreview {
  readonly version: number
  readonly records: number
  /** Fields that the new version does not have (their values stay in the history), or of another kind, with how many records hold something there. */
  readonly dropped: readonly {
    readonly field: string
    readonly name: Words
    readonly records: number
    readonly why: 'gone' | 'kind' | 'choice'
  }[]
  /** Fields that are new and required, states that are gone: how many records must be completed afterwards. */
  readonly incomplete: number
  readonly samples: readonly {
    readonly recordId: string
    readonly title: string
    readonly before: RecordValues
    readonly after: RecordValues
    readonly problems: readonly RecordProblem[]
  }[]
}
export interface MigrationRecord {
  readonly migrationId: string
  readonly version: number
  readonly state: 'waiting' | 'running' | 'done' | 'failed'
  readonly records: number
  readonly done: number
  readonly incomplete: number
  readonly askedName: string
  readonly askedAt: string
  readonly endedAt?: string
}
/** A decision table that a field may be decided by; types as formulas say them. */
export interface TableToAsk {
  readonly key: string
  readonly name: Words
  readonly facts: readonly { readonly name: string; readonly type: string }[]
  readonly outputs: readonly { readonly name: string; readonly type: string }[]
}
