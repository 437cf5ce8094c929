import type { Facts } from '#kernel/pure/decisions/index.ts'
import type { Day } from '#kernel/pure/time/index.ts'
import type { FactCard, Subject } from '../contract.ts'
import { findFact } from '../policy/facts.ts'
import { policiesErrors } from './errors.ts'
import type { makeColumn } from './fact-columns.ts'

/** What is judged: all households, persons or villages under the caller's scope. */
export type FactSubject = Exclude<Subject, 'given'>

export interface AskSubjects {
  readonly of: FactSubject
  /** Names of the catalogue; any other throws `policies.unknown-fact`. */
  readonly facts: readonly string[]
  readonly asOf: Day
  /** Some households (or their persons); absent: all under the scope. Villages take none. */
  readonly householdIds?: readonly string[] | undefined
  /** Stands in the audit of a read of the whole scope. */
  readonly reason?: string | undefined
}

/** Facts of many subjects, one column each, all in one order: record r is `ids[r]`. */
export interface LoadedSubjects {
  readonly of: FactSubject
  readonly asOf: Day
  readonly count: number
  /** Household or person id; of a village its area path. */
  readonly ids: readonly string[]
  /** 户编号, 人编号 or the code of a village. */
  readonly numbers: readonly string[]
  readonly areaPaths: readonly string[]
  readonly columns: Facts
  /** Bytes of the columns, roughly. */
  readonly bytes: number
}

/** The card of a fact; throws `policies.unknown-fact`. */
export function cardOf(of: Subject, name: string): FactCard {
  const card = findFact(of, name)
  if (card === undefined) throw policiesErrors.unknownFact({ name })
  return card
}

/** A text that does not keep alive what it was cut out of: the engine's pieces of a text hold the whole of it. */
function ownCopy(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8')
}

/** Equal places share one text. */
export function makePlaces(): (areaPath: string) => string {
  const known = new Map<string, string>()
  return (areaPath) => {
    const same = known.get(areaPath)
    if (same !== undefined) return same
    const own = ownCopy(areaPath)
    known.set(own, own)
    return own
  }
}

type Filled = readonly { readonly name: string; readonly column: ReturnType<typeof makeColumn> }[]

/** Bytes of an id and a number with what the engine keeps around them. */
const bytesOfNames = 136

/** Collects who is judged, in the order of the columns. */
export function makeSubjects({ of, asOf }: Pick<AskSubjects, 'of' | 'asOf'>) {
  const [ids, numbers, areaPaths]: [string[], string[], string[]] = [[], [], []]
  return {
    add(id: string, no: string, areaPath: string): void {
      ids.push(ownCopy(id))
      numbers.push(ownCopy(no))
      areaPaths.push(areaPath)
    },
    finish(filled: Filled): LoadedSubjects {
      const columns = Object.fromEntries(filled.map(({ name, column }) => [name, column.finish()]))
      const bytes = filled.reduce((sum, { column }) => sum + column.bytes, ids.length * bytesOfNames)
      return { of, asOf, count: ids.length, ids, numbers, areaPaths, columns, bytes }
    },
  }
}
