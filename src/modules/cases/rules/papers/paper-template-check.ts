import { paperFields, type PaperField } from './paper-fields.ts'
import type { PaperKind } from './paper-kinds.ts'

/** A field as a template asks for it. */
export interface AskedField {
  readonly name: string
  readonly isList: boolean
  readonly within: readonly string[]
}

/** What a trial of a template finds: names that mean nothing, and fields that it ought to show. */
export interface TemplateFindings {
  readonly unknown: readonly string[]
  readonly leftOut: readonly string[]
}

/** Compares what a template asks for with what the paper has. A field of the paper may also stand inside of a list; every field may be a condition. */
export function judgeTemplate(kind: PaperKind, asked: readonly AskedField[]): TemplateFindings {
  const fields: Readonly<Record<string, PaperField>> = paperFields[kind]
  const known = (field: AskedField) => field.name in fields || field.within.some((list) => field.name in (fields[list]?.rows ?? {}))
  const names = new Set(asked.map((field) => field.name))
  return {
    unknown: [...new Set(asked.filter((field) => !known(field)).map((field) => field.name))],
    leftOut: Object.entries(fields)
      .filter(([name, field]) => field.isExpected === true && !names.has(name))
      .map(([name]) => name),
  }
}
