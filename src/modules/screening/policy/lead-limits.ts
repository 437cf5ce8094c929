import { z } from 'zod'
import limitsFile from './parameters/screening.lead-limits.json' with { type: 'json' }

/** The value of a limit: a number in its unit, a word, or several words. */
export type LimitValue = number | string | readonly string[]

/** The limits as they are shipped, in the form of a parameters policy. */
const LimitFile = z.object({
  values: z.array(z.looseObject({ name: z.string(), value: z.union([z.number(), z.string(), z.array(z.string())]) })),
})

/** Where a limit stands in thresholds (what a run keeps, what `--thresholds FILE` holds), by the name that the table's cells use. */
export const limitPlaces = {
  医保关注户自付限额: ['leads', 'L01', 'at_least_registered_or_monitored'],
  医保其他户自付限额: ['leads', 'L01', 'at_least_others'],
  残疾线索等级: ['leads', 'L02', 'grades'],
  教育线索状态: ['leads', 'L04', 'states'],
  失业线索满月数: ['leads', 'L05', 'months_at_least'],
  失业线索状态: ['leads', 'L05', 'states'],
  危房线索等级: ['leads', 'L06', 'grades'],
  危房居住情形: ['leads', 'L06', 'lived_in'],
  公安线索种类: ['leads', 'L07', 'kinds'],
  断水线索天数: ['leads', 'L10', 'days_more_than'],
  贷款逾期线索天数: ['leads', 'L11', 'days_more_than'],
  信访线索主题: ['leads', 'L12', 'topics'],
  车辆提示种类: ['negative_flags', 'N08', 'kinds'],
  车辆提示状态: ['negative_flags', 'N08', 'states'],
  企业提示种类: ['negative_flags', 'N09', 'kinds'],
  企业提示状态: ['negative_flags', 'N09', 'states'],
} as const satisfies Readonly<Record<string, readonly ['leads' | 'negative_flags', string, string]>>
export type LimitName = keyof typeof limitPlaces

// Safe: the keys of an object literal.
export const limitNames = Object.keys(limitPlaces) as LimitName[]

/** Reads the values of a parameters text by name; numbers may be written as texts. Names that are no limits are left out. */
export function readLimits(content: unknown): Map<LimitName, LimitValue> {
  const { values } = LimitFile.parse(content)
  const found = new Map(values.map((one) => [one.name, one.value]))
  return new Map(
    limitNames.flatMap((name): [LimitName, LimitValue][] => {
      const value = found.get(name)
      return value === undefined ? [] : [[name, isNumberLimit(name) && typeof value === 'string' ? Number(value) : value]]
    }),
  )
}

function isNumberLimit(name: LimitName): boolean {
  return /^(at_least|months_|days_)/.test(limitPlaces[name][2])
}

/** Thresholds in the form that a run keeps, with these limits. */
export function thresholdsWith(limits: ReadonlyMap<LimitName, LimitValue>): unknown {
  const made: Record<string, Record<string, Record<string, LimitValue>>> = { leads: { L03: {} }, negative_flags: {} }
  for (const [name, value] of limits) {
    const [group, rule, field] = limitPlaces[name]
    const rules = (made[group] ??= {})
    ;(rules[rule] ??= {})[field] = value
  }
  return made
}

/** The limits that thresholds hold; what they do not hold has none. */
export function limitsIn(thresholds: Readonly<Record<string, unknown>>): Map<LimitName, LimitValue> {
  return new Map(
    limitNames.flatMap((name): [LimitName, LimitValue][] => {
      const value = limitPlaces[name].reduce<unknown>(
        (held, key) => (typeof held === 'object' && held !== null ? Reflect.get(held, key) : undefined),
        thresholds,
      )
      const isWords = Array.isArray(value) && value.every((one) => typeof one === 'string')
      // Safe: an array whose items have just been found to be texts.
      return typeof value === 'number' || typeof value === 'string' ? [[name, value]] : isWords ? [[name, value as string[]]] : []
    }),
  )
}

/** The limits that are shipped. */
export const shippedLimits: ReadonlyMap<LimitName, LimitValue> = readLimits(limitsFile)
