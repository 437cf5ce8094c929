import * as z from 'zod'
import { addDays, type Day } from '#kernel/pure/time/index.ts'
import { isFiles, isLink, placesOf } from './field-kinds.ts'
import { wantedColumns } from './import-fields.ts'
import type { OpenTemplate } from './open-template.ts'
import { isWorkedOut } from './template-brought.ts'
import type { Field } from './template.ts'

/** What stands in invented records by the name of a field: texts to choose from, numbers from, to and in steps of. */
export const DemoWords = z.strictObject({
  texts: z.record(z.string(), z.array(z.string().min(1)).min(1)),
  numbers: z.record(z.string(), z.tuple([z.number(), z.number(), z.number().positive()])),
})
export type DemoWords = z.infer<typeof DemoWords>

/** What invented records are drawn from. */
export interface DrawFrom {
  /** A number in [0, 1). */
  readonly chance: () => number
  /** The latest day that is drawn. */
  readonly today: Day
  /** What stands in a row that is known to be good, by field key: texts are taken from it, numbers vary about it. */
  readonly said: Readonly<Record<string, string>>
  readonly words: DemoWords
  /** Where things lie, in degrees; they are drawn some ten kilometres about it. */
  readonly centre: { readonly longitude: number; readonly latitude: number }
  /** Something to link a field to; undefined where there is nothing. */
  readonly link: (field: Field) => { readonly id: string } | undefined
  /** Numbers and choices as they are said, nothing varied: what is drawn when checks refuse the varied ones. */
  readonly isPlain: boolean
}

/**
 * Draws the values of an invented record for a demonstration: entered fields only, days in order over the last eight months, now and then an empty
 * optional field. The result may still break a check of the template; whoever makes the record draws again.
 */
export function drawValues(open: OpenTemplate, from: DrawFrom): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  // Most of it is of the last weeks: what is older has long been settled.
  let day = addDays(from.today, -Math.floor(from.chance() ** 3 * 240))
  for (const field of open.template.fields) {
    if (isWorkedOut(field) || isFiles(field.kind) || field.kind === 'table') continue
    if (field.kind === 'date' || field.kind === 'month') {
      const isLater = field.required !== true && from.chance() < 0.3
      if (isLater && !from.isPlain) continue
      values[field.key] = field.kind === 'month' ? day.slice(0, 7) : day
      day = earliest(addDays(day, Math.floor(from.chance() * 20)), from.today)
      continue
    }
    const value = drawValue(field, from)
    if (value !== undefined) values[field.key] = value
  }
  return values
}

const earliest = (one: Day, other: Day): Day => (one < other ? one : other)

function drawValue(field: Field, from: DrawFrom): unknown {
  if (isLink(field.kind)) return from.link(field)
  const said = from.said[field.key]
  if (field.sensitive === true || field.format !== undefined) return field.required === true ? said : undefined
  if (field.kind === 'number' || field.kind === 'money') return drawNumber(field, from)
  if (field.kind === 'choice') return drawChoice(field, from)
  if (field.kind === 'text' || field.kind === 'long-text') return drawText(field, from)
  if (field.kind === 'place') return drawPlace(from)
  if (field.kind === 'yes-no') return from.isPlain || from.chance() < 0.75 ? said : from.chance() < 0.5
  return said
}

function drawPlace({ centre, chance }: DrawFrom): { longitude: string; latitude: string } {
  const about = (degrees: number) => (degrees + (chance() - 0.5) * 0.2).toFixed(6)
  return { longitude: about(centre.longitude), latitude: about(centre.latitude) }
}

function drawText(field: Field, from: DrawFrom): string | undefined {
  const all = from.words.texts[field.name.zh]
  return (from.isPlain ? undefined : all?.[Math.floor(from.chance() * all.length)]) ?? from.said[field.key]
}

function drawNumber(field: Field, from: DrawFrom): string | undefined {
  const said = from.said[field.key]
  if (from.isPlain) return said
  const range = from.words.numbers[field.name.zh]
  if (range !== undefined && (said !== undefined || field.required === true)) {
    const [least, greatest, step] = range
    return String(least + Math.floor(from.chance() * ((greatest - least) / step + 1)) * step)
  }
  if (said === undefined) return undefined
  const base = Number(said.replace(/[^\d.-]/g, ''))
  if (!Number.isFinite(base)) return said
  const varied = base * (0.6 + from.chance() * 0.8)
  const bounded = Math.min(Math.max(varied, Number(field.min ?? -1e11)), Number(field.max ?? 1e11))
  const places = Math.min(placesOf(field), Math.abs(base) >= 100 ? 0 : placesOf(field))
  return bounded.toFixed(places)
}

function drawChoice(field: Field, from: DrawFrom): string | undefined {
  const said = from.said[field.key]
  const choices = field.choices ?? []
  if (from.isPlain || choices.length === 0 || from.chance() < 0.4) return said ?? (field.required === true ? choices[0]?.key : undefined)
  return choices[Math.floor(from.chance() * choices.length)]?.key
}

/** The cells of a row by field key, its header read as an import reads it; cells that stand for something else (`{…}`) are left out. */
export function saidByField(open: OpenTemplate, header: readonly string[], row: readonly string[]): Record<string, string> {
  const wanted = wantedColumns(open)
  const said: Record<string, string> = {}
  for (const [at, label] of header.entries()) {
    const cell = row[at]
    if (cell === undefined || cell === '' || cell.includes('{')) continue
    const key = wanted.find((one) => [...one.labels, ...(one.aliases ?? [])].includes(label))?.key
    if (key !== undefined && open.fields.has(key)) said[key] = cell
  }
  return said
}
