import type { RegisterStatements } from '#modules/registry/server/index.ts'
import type { Finding } from '../contract.ts'
import type { CompiledRule } from '../rules/catalogue.ts'
import { mayLack } from '../policy/rules.ts'
import { villageFields, type Village } from '../rules/facts.ts'
import type { LineHousehold } from './fact-lines.ts'
import { emptyCell, makeCellReader, readCellText, type CellValue } from './fact-cells.ts'
import { seenOfVillage } from './run-seen.ts'

type VillageRule = Extract<CompiledRule, { subject: 'village' }>

/** The land of a household with the village to which it counts, in whole ten-thousandths of a mu: sums are exact in any order. */
export interface HouseholdLand {
  readonly code: string
  readonly cultivated: number
  readonly forest: number
}

const partsOfMu = 10_000

/** The land that a household's statement names; rows that do not state their 区划代码 count to the village where they stand. */
export function landOf(household: LineHousehold): HouseholdLand {
  const { facts } = household
  return {
    code: facts.regionCode === '' ? villageCodeOf(household.areaPath()) : facts.regionCode,
    cultivated: Math.round(orZero(facts.cultivatedLandMu) * partsOfMu),
    forest: Math.round(orZero(facts.forestLandMu) * partsOfMu),
  }
}

/** Sums over the households of each village, by 区划代码. */
export class LandSums {
  readonly #sums = new Map<string, { cultivated: number; forest: number }>()

  add(land: HouseholdLand): void {
    const sum = this.#sums.get(land.code) ?? { cultivated: 0, forest: 0 }
    this.#sums.set(land.code, sum)
    sum.cultivated += land.cultivated
    sum.forest += land.forest
  }

  /** In mu. */
  of(regionCode: string): { cultivated: number; forest: number } {
    const { cultivated, forest } = this.#sums.get(regionCode) ?? { cultivated: 0, forest: 0 }
    return { cultivated: cultivated / partsOfMu, forest: forest / partsOfMu }
  }
}

/** The village's code in an area path, for rows that do not state their 区划代码. */
function villageCodeOf(areaPath: string): string {
  return areaPath.split('.')[4] ?? ''
}

function orZero(value: number | null): number {
  return value === null || Number.isNaN(value) ? 0 : value
}

/** Judges every village; the sums must be complete. Returns the findings and the rules that ran. */
export function judgeVillages(
  statements: RegisterStatements,
  rules: readonly CompiledRule[],
  sums: LandSums,
): { findings: Finding[]; ran: Map<string, number> } {
  const reader = makeCellReader()
  const findings: Finding[] = []
  const ran = new Map<string, number>()
  const ofVillages = rules.filter((rule) => rule.subject === 'village')
  for (const row of statements.villages) {
    const { cells, columns } = readVillage(reader, statements.layouts, row.said)
    const village = withSums(cells, { sums, areaPath: row.area_path })
    for (const rule of ofVillages) {
      if (rule.policy.reads.some((key) => key in villageFields && !columns.has(key) && !mayLack.has(key))) continue
      const isWrong = rule.isWrong(village)
      ran.set(rule.policy.rule, (ran.get(rule.policy.rule) ?? 0) + (isWrong ? 1 : 0))
      if (isWrong) findings.push(findingOf(rule, row, village))
    }
  }
  return { findings, ran }
}

function readVillage(
  reader: ReturnType<typeof makeCellReader>,
  layouts: RegisterStatements['layouts'],
  said: string,
): { cells: Record<string, CellValue>; columns: Set<string> } {
  const [layoutId = '', ...texts] = said.split('\u001f')
  const keys = layouts.get(layoutId) ?? []
  const place = new Map(keys.map((key, at) => [key, texts[at] ?? '']))
  const cells = Object.entries(villageFields).map(([key, kind]): [string, CellValue] => {
    const text = place.get(key)
    return [key, text === undefined ? emptyCell(kind) : readCellText(reader, kind, text)]
  })
  return { cells: Object.fromEntries(cells), columns: new Set(keys) }
}

function withSums(cells: Record<string, CellValue>, given: { sums: LandSums; areaPath: string }): Village {
  const stated = cells['regionCode']
  const code = typeof stated === 'string' && stated !== '' ? stated : villageCodeOf(given.areaPath)
  const { cultivated, forest } = given.sums.of(code)
  // Safe: `readVillage` makes every cell of the table by its kind.
  return { ...cells, regionCode: code, cultivatedOfHouseholdsMu: cultivated, forestOfHouseholdsMu: forest } as unknown as Village
}

function findingOf({ policy }: VillageRule, row: RegisterStatements['villages'][number], village: Village): Finding {
  return {
    rule: policy.rule,
    severity: policy.severity,
    subject: 'village',
    subjectId: row.village_id,
    villageCode: village.regionCode,
    areaPath: row.area_path,
    seen: seenOfVillage(policy.reads, village),
  }
}
