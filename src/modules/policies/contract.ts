import { z } from 'zod'
import type { ParameterChange, TableChange } from './rules/version-changes.ts'

// ---- What an authority may change: tables and parameters, with their versions. ----

/** Key of a policy, `<owner>.<name>`: `cases.layer`, `cases.income-line`. */
export const PolicyKey = z.string().regex(/^[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/)
export type PolicyKey = z.infer<typeof PolicyKey>

/** A decision model in DMN 1.5 XML, or dated values. */
export const PolicyForm = z.enum(['table', 'parameters'])
export type PolicyForm = z.infer<typeof PolicyForm>

/** What a decision speaks of. Households, persons and villages have facts of their own; all facts of `given` are handed in by whoever asks. */
export const Subject = z.enum(['household', 'person', 'village', 'given'])
export type Subject = z.infer<typeof Subject>

/** What an area below may do with a text (tables) or with one value (parameters); decision 0019. */
export const Latitude = z.enum(['fixed', 'fill', 'raise', 'lower', 'free'])
export type Latitude = z.infer<typeof Latitude>

export const VersionState = z.enum(['draft', 'submitted', 'published', 'replaced', 'returned', 'discarded'])
export type VersionState = z.infer<typeof VersionState>

/** Day `YYYY-MM-DD`. */
const DayText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** A type for what people write into a form about a version. */
export const VersionPaper = z.strictObject({
  /** 文号, for example 湘农办发〔2023〕1号; needed before publication. */
  documentNo: z.string().max(200),
  documentTitle: z.string().max(400),
  /** Article or paragraph. */
  clause: z.string().max(400),
})
export type VersionPaper = z.infer<typeof VersionPaper>

/** A version as a list shows it; `areaName` is whose it is (the nation, a province, this county, a township). */
export interface VersionCard extends VersionPaper {
  versionId: string
  key: PolicyKey
  areaPath: string
  areaName: string
  /** True: shipped with the program. */
  isShipped: boolean
  state: VersionState
  effectiveFrom: string
  effectiveTo: string | null
  /** First 12 characters of the SHA-256 of the text; what a result stores. */
  hash: string
  note: string
  draftedBy: string | null
  draftedAt: string | null
  submittedAt: string | null
  publishedBy: string | null
  publishedAt: string | null
  revision: number
  can: { edit: boolean; submit: boolean; publish: boolean; return: boolean; discard: boolean }
}

/** A policy as the catalogue shows it. */
export interface PolicyCard {
  key: PolicyKey
  zh: string
  en: string
  form: PolicyForm
  subject: Subject
  /** Topic of the catalogue: identification, classification, assistance, money, teams, targets, screening, income. */
  topic: string
  /** M- and R-numbers of the requirement. */
  answers: string[]
  latitude: Latitude
  /** The version in force today for this county. */
  current: VersionCard | null
  open: number
  can: { draft: boolean; simulate: boolean }
}

/** A fact of the catalogue. */
export interface FactCard {
  key: string
  /** The name that cells use. */
  name: string
  en: string
  of: Subject
  type: 'number' | 'text' | 'boolean' | 'date'
  unit: string
  decimals: number | null
  words: string[] | null
  /** Several values at once: `list contains(村类型, "示范村")`. */
  isList?: true
  zhMeaning: string
  enMeaning: string
  source: string
  /** `day`: judged on the day asked for. `export`: as the newest export states it. `given`: handed in. */
  asOf: 'day' | 'export' | 'given'
  /** The paper that would supply it where it is missing. */
  suppliedBy: string
}

/** One example beside a table: facts in, outputs expected. */
export const PolicyExample = z.strictObject({
  name: z.string().min(1),
  asOf: DayText.optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  expected: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))]),
  ),
})
export type PolicyExample = z.infer<typeof PolicyExample>

/** One value of a parameters policy. */
export const ParameterValue = z.strictObject({
  /** The name that cells use: 监测范围收入线. */
  name: z.string().min(1),
  en: z.string().min(1),
  unit: z.string(),
  /** Decimals that are shown and accepted; money in yuan has 2. */
  decimals: z.number().int().min(0).max(6).default(0),
  /** Written as a decimal, a word or a list of words; null: the authority leaves it to the one below. */
  value: z.union([z.string(), z.number(), z.array(z.string()), z.null()]),
  latitude: Latitude,
  note: z.string().default(''),
})
export type ParameterValue = z.infer<typeof ParameterValue>

/** The text of a parameters policy. */
export const Parameters = z.strictObject({ values: z.array(ParameterValue).min(1) })
export type Parameters = z.infer<typeof Parameters>

// ---- Drafts ----

export const SaveDraft = z.strictObject({
  /** DMN XML, or the JSON of `Parameters`. */
  content: z.string().min(1).max(2_000_000),
  effectiveFrom: DayText,
  effectiveTo: DayText.nullable(),
  paper: VersionPaper,
  note: z.string().max(1_000),
  examples: z.array(PolicyExample).max(500),
})
export type SaveDraft = z.infer<typeof SaveDraft>

export const ChangeDraft = SaveDraft.extend({ revision: z.number().int() })
export type ChangeDraft = z.infer<typeof ChangeDraft>

/** A new draft: of the county, unless a superior's text is written down (`''` the nation, `43.` …) or an area within the county has its own. */
export const StartDraft = SaveDraft.extend({
  areaPath: z
    .string()
    .regex(/^(\d+\.){0,6}$/)
    .optional(),
})
export type StartDraft = z.infer<typeof StartDraft>

/** Handing in, giving back, throwing away, publishing: the version as it was last seen, and why. */
export const StepDraft = z.strictObject({ revision: z.number().int(), note: z.string().max(1_000).default('') })
export type StepDraft = z.infer<typeof StepDraft>

/** Publishing: the number of the document, where the draft has none yet because it was not signed. */
export const PublishDraft = StepDraft.extend({ documentNo: z.string().max(200).optional() })
export type PublishDraft = z.infer<typeof PublishDraft>

/** An older text once more, as a new draft with its own day and document. */
export const RollBack = z.strictObject({ effectiveFrom: DayText, paper: VersionPaper, note: z.string().max(1_000).default('') })
export type RollBack = z.infer<typeof RollBack>

/** A text that is looked at without being stored. */
export const CheckText = z.strictObject({
  content: z.string().min(1).max(2_000_000),
  effectiveFrom: DayText,
  areaPath: StartDraft.shape.areaPath,
  examples: z.array(PolicyExample).max(500),
})
export type CheckText = z.infer<typeof CheckText>

/** Which text of a policy: a version by its id, or what is in force on a day (today). */
export const ReadPolicy = z.strictObject({ versionId: z.uuid().optional(), asOf: DayText.optional() })
export type ReadPolicy = z.infer<typeof ReadPolicy>

/** Two versions of one policy. */
export const ComparedVersions = z.strictObject({ from: z.uuid(), to: z.uuid() })
export type ComparedVersions = z.infer<typeof ComparedVersions>

/** A version was published: from `effectiveFrom` on it counts for `areaPath` and below; `replacedId` is the one whose place it took. */
export const PolicyPublished = z.strictObject({
  key: PolicyKey,
  versionId: z.uuid(),
  areaPath: z.string(),
  effectiveFrom: DayText,
  effectiveTo: DayText.nullable(),
  replacedId: z.uuid().nullable(),
})
export type PolicyPublished = z.infer<typeof PolicyPublished>
export const policyPublished = { name: 'policies.published', payload: PolicyPublished } as const

/** What happened to a version. */
export interface VersionEvent {
  kind: 'drafted' | 'changed' | 'submitted' | 'returned' | 'published' | 'replaced' | 'discarded'
  byName: string
  at: string
  note: string
}

/** Something to be mended before publication (`error`) or to be looked at. The sentence is for officers; rows count from 1. */
export interface PolicyFinding {
  severity: 'error' | 'warning' | 'note'
  code: string
  zh: string
  en: string
  decision: string
  rows: number[]
  input: string | null
}

export interface ExampleResult {
  name: string
  isEqual: boolean
  expected: PolicyExample['expected']
  found: PolicyExample['expected']
}

export interface PolicyDifference {
  from: VersionCard
  to: VersionCard
  table: TableChange[]
  parameters: ParameterChange[]
  /** Examples by name. */
  examples: { added: string[]; removed: string[]; changed: string[] }
}

/** What a check of a text found, and what its examples gave. */
export interface CheckedText {
  findings: PolicyFinding[]
  results: ExampleResult[]
}

/** A policy with the text of one version. */
export interface PolicyText {
  policy: PolicyCard
  version: VersionCard
  content: string
  examples: PolicyExample[]
  facts: FactCard[]
  /** Parameters that the text names, or is about, with their values on the version's first day and who says them. */
  parameters: {
    name: string
    value: ParameterValue['value']
    unit: string
    key: PolicyKey
    latitude: Latitude
    areaName: string
    documentNo: string
  }[]
  /** Of parameters: the tables over the register's subjects that read them; a draft is simulated in one of these. */
  tables: { key: PolicyKey; zh: string; en: string; decision: string; subject: Subject }[]
  findings: PolicyFinding[]
  results: ExampleResult[]
  events: VersionEvent[]
}

// ---- 模拟全县 ----

export { AskSimulatedNames, AskSimulation, type SimulatedMoney, type SimulatedName, type Simulation } from './rules/simulation-records.ts'
export type { ParameterChange, TableChange } from './rules/version-changes.ts'

// ---- 为什么 ----

/** Today unless a day is told; all tables unless one is; `knownAt`: by the versions that had been published by then, as a result was made. */
export const AskWhyQuery = z.strictObject({ asOf: DayText.optional(), key: PolicyKey.optional(), knownAt: z.iso.datetime().optional() })
export type AskWhyQuery = z.infer<typeof AskWhyQuery>

/** Why a table says what it says of one household, person or village. */
export interface Why {
  key: PolicyKey
  zh: string
  en: string
  asOf: string
  outcome: { name: string; value: string }[]
  version: VersionCard
  facts: { name: string; value: string; unit: string; isUnknown: boolean; source: string; suppliedBy: string }[]
  /** `decision`: the table of the model whose row it is; the last one gives the outcome. Rows count from 1. */
  fired: { decision: string; rule: number; cells: { input: string; cell: string; value: string }[]; clause: string; note: string }[]
  /** Rows that an unknown fact leaves open, with the papers that would settle them. */
  undecided: { decision: string; rule: number; missing: { name: string; suppliedBy: string }[] }[]
  near: { decision: string; rule: number; input: string; value: string; wanted: string; nearest: string }[]
  /** Single facts with which the outcome would be another one; `outcome` is that of the whole model. */
  changes: { input: string; value: string; range: string; outcome: string }[]
}
