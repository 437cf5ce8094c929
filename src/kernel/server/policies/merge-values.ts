import { compareNumbers, readNumber } from '#kernel/pure/expressions/index.ts'
import type { Level } from './pick-version.ts'
import type { Latitude, Loosened, PolicyValue, PolicyVersion, ValueInForce } from './policy.ts'

/** The values that one level says. */
export interface LevelValues {
  readonly level: Level
  readonly version: PolicyVersion
  readonly values: readonly PolicyValue[]
}

/**
 * Values from the nation downwards, each with the version that says it. What a lower level says against the latitude of a superior is passed
 * over (it was refused at publication; a superior may have spoken since). Stand-ins speak where nothing but the nation does.
 */
export function mergeValues(levels: readonly LevelValues[]): Map<string, ValueInForce> {
  const merged = bindingValues(levels)
  const standIns = mergeChain(levels.filter(({ level }) => level.isStandIn || level.areaPath === ''))
  for (const [name, value] of standIns) {
    const own = merged.get(name)
    if (value.isStandIn && (own === undefined || own.value === null || own.version.areaPath === '')) merged.set(name, value)
  }
  return merged
}

/** The values of the areas that bind those below them: all but stand-ins. */
export function bindingValues(levels: readonly LevelValues[]): Map<string, ValueInForce> {
  return mergeChain(levels.filter(({ level }) => !level.isStandIn))
}

function mergeChain(levels: readonly LevelValues[]): Map<string, ValueInForce> {
  const merged = new Map<string, ValueInForce>()
  for (const { level, version, values } of levels)
    for (const value of values) {
      const superior = merged.get(value.name)
      if (superior !== undefined && (value.value === null || whyLoosened(superior, value) !== undefined)) continue
      const latitude = superior === undefined || isNarrower(superior, value.latitude) ? value.latitude : superior.latitude
      merged.set(value.name, { ...value, latitude, version, isStandIn: level.isStandIn })
    }
  return merged
}

/** What a text says against its superiors, value by value. A value left empty says nothing. */
export function loosenedIn(values: readonly PolicyValue[], superiors: ReadonlyMap<string, ValueInForce>): Loosened[] {
  return values.flatMap((value) => {
    const superior = superiors.get(value.name)
    if (superior === undefined || value.value === null) return []
    const reason = whyLoosened(superior, value) ?? (isNarrower(superior, value.latitude) ? undefined : 'latitude')
    return reason === undefined ? [] : [{ name: value.name, reason, value: value.value, superior }]
  })
}

function whyLoosened(superior: ValueInForce, below: PolicyValue): 'value' | 'unit' | undefined {
  if (superior.unit !== below.unit) return 'unit'
  if (superior.value === null || superior.latitude === 'free' || isSame(superior.value, below.value)) return undefined
  const order = orderOf(below.value, superior.value)
  const isAllowed = order !== undefined && ((superior.latitude === 'raise' && order > 0) || (superior.latitude === 'lower' && order < 0))
  return isAllowed ? undefined : 'value'
}

/** What an area may still allow those below it: a fixed value stays fixed, a line that may only rise may only rise further down too. */
function isNarrower(superior: ValueInForce, latitude: Latitude): boolean {
  if (superior.value === null || superior.latitude === 'free' || superior.latitude === 'fill') return true
  return latitude === superior.latitude || latitude === 'fixed'
}

/** Numbers by their value, whatever their writing; words and lists as they stand. */
function isSame(one: PolicyValue['value'], other: PolicyValue['value']): boolean {
  return orderOf(one, other) === 0 || JSON.stringify(one) === JSON.stringify(other)
}

function orderOf(one: PolicyValue['value'], other: PolicyValue['value']): number | undefined {
  const [left, right] = [numberIn(one), numberIn(other)]
  return left === undefined || right === undefined ? undefined : compareNumbers(left, right)
}

function numberIn(value: PolicyValue['value']) {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  return readNumber(String(value).trim()) ?? undefined
}
