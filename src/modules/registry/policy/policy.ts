import { z } from 'zod'
import codeListsFile from './code-lists.json' with { type: 'json' }
import fieldsFile from './fields.json' with { type: 'json' }
import kindsFile from './kinds.json' with { type: 'json' }
import sourcesFile from './sources.json' with { type: 'json' }

const Kind = z.enum(['register', 'monitoring', 'building', 'work', 'planned-work', 'village'])

/** One field of the register: where its value stands in files and in the database, and how it is read. */
export const Field = z.strictObject({
  key: z.string(),
  entity: z.enum(['household', 'person', 'village']),
  zh: z.string(),
  en: z.string(),
  type: z.enum(['string', 'area', 'enum', 'multiEnum', 'boolean', 'money', 'decimal', 'integer', 'date', 'yearMonth', 'phone', 'idNumber']),
  aliases: z.array(z.string()).default([]),
  codeList: z.string().optional(),
  unit: z.string().optional(),
  sensitivity: z.enum(['C1', 'C2', 'C3', 'C4']),
  /** Column of the table; absent: a key of `facts`. `id` and `phone` stand for the encrypted cell, its index and tail. */
  column: z.string().optional(),
  /** An encrypted fact. */
  sealed: z.boolean().default(false),
  /** Kinds of file in which a column of this label means this field; absent: all. */
  kinds: z.array(Kind).optional(),
})
export type Field = z.infer<typeof Field>

const Code = z.strictObject({ code: z.string(), zh: z.string(), en: z.string(), aliases: z.array(z.string()).default([]) })
export const CodeList = z.strictObject({
  zh: z.string(),
  source: z.string(),
  note: z.string().optional(),
  codes: z.array(Code),
})
export type CodeList = z.infer<typeof CodeList>

/** How a kind of file is recognised by its columns, and what it must have. */
export const KindPolicy = z.strictObject({
  kind: Kind,
  zh: z.string(),
  en: z.string(),
  fileNames: z.array(z.string()),
  /** A full file lists all its households, so that absent ones are shown for decision. */
  isFull: z.boolean(),
  /** A person may stand in several rows, one after the other (periods of work); the latest counts, the others are kept beside it. */
  repeats: z.boolean(),
  entities: z.array(z.enum(['household', 'person', 'village'])),
  required: z.array(z.string()),
  typical: z.array(z.string()),
  foreign: z.array(z.string()),
})
export type KindPolicy = z.infer<typeof KindPolicy>

const Precedence = z.strictObject({ mode: z.enum(['rank', 'latest']), order: z.array(Kind) })
/** Whose value wins (sources.json explains the modes). */
export type Precedence = z.infer<typeof Precedence>
const SourcesPolicy = z.strictObject({
  effectiveFrom: z.string(),
  unit: z.string(),
  source: z.string(),
  explanation: z.string(),
  groups: z.array(Precedence.extend({ fields: z.array(z.string()) })),
  otherwise: Precedence,
})

const header = { effectiveFrom: z.string(), source: z.string() }

/** The baselines, checked when the program starts. */
export const fields: readonly Field[] = z.strictObject({ ...header, fields: z.array(Field) }).parse(fieldsFile).fields
export const codeLists: Readonly<Record<string, CodeList>> = z
  .strictObject({ ...header, lists: z.record(z.string(), CodeList) })
  .parse(codeListsFile).lists
export const kinds: readonly KindPolicy[] = z.strictObject({ ...header, kinds: z.array(KindPolicy) }).parse(kindsFile).kinds
const sources = SourcesPolicy.parse(sourcesFile)
const precedences = new Map<string, Precedence>(sources.groups.flatMap((group) => group.fields.map((key) => [key, group] as const)))

/** Whose value of a field wins. */
export function precedenceOf(fieldKey: string): Precedence {
  const known = precedences.get(fieldKey) ?? sources.otherwise
  const kindsOfField = byKey.get(fieldKey.replace('?', ''))?.kinds
  return kindsOfField === undefined ? known : narrowed(fieldKey, known, kindsOfField)
}

const narrow = new Map<string, Precedence>()

/** Only the kinds that can hold the field. */
function narrowed(fieldKey: string, known: Precedence, kindsOfField: readonly string[]): Precedence {
  const found = narrow.get(fieldKey) ?? { mode: known.mode, order: known.order.filter((kind) => kindsOfField.includes(kind)) }
  narrow.set(fieldKey, found)
  return found
}

/** A field by its key. */
export function findField(key: string): Field | undefined {
  return byKey.get(key)
}
const byKey = new Map(fields.map((field) => [field.key, field]))
