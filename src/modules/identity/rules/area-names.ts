import type { Area } from '../contract.ts'

/** Finds areas by the names and codes that files write. Built once, asked for every row. */
export interface AreaNames {
  findTownships(name: string): readonly Area[]
  /** Villages of this name, in the township where one is named; several when the name alone does not decide. */
  findVillages(name: string, township?: string): readonly Area[]
  /** By its own or its official code, trailing zeros aside. */
  findByCode(code: string): Area | undefined
  findVillageByCode(code: string): Area | undefined
  /** The group of a village as written: `7组`, `第七村民小组` and `07` are one. */
  findGroup(villagePath: string, group: string): Area | undefined
  findByPath(path: string): Area | undefined
  readonly townships: readonly Area[]
  readonly villages: readonly Area[]
}

const peoples =
  '蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺'
const townshipEnding = new RegExp(
  `(?:(?:(?:${peoples})族)*乡|镇|街道(?:办事处|办)?|苏木|(?:工业|开发|高新|管理)?(?:园区|新区|区)?管(?:理)?委(?:员)?会)$`,
)
const villageEnding = /(?:村民委员会|居民委员会|村委会|居委会|行政村|社区|村委|居委|嘎查|村)$/
const groupEnding = /(?:村民小组|居民小组|小组|组|社)$/

/** A name without spaces and width. */
export function tidyPlace(name: string): string {
  return name.normalize('NFKC').replace(/\s/g, '')
}

/** What stays of a township's name without the word for its kind: 镇, 乡, 街道 change while the place stays. */
export function townshipKey(name: string): string {
  return withoutEnding(tidyPlace(name).replace(/人民政府$/, ''), townshipEnding)
}

/** What stays of a village's name without 村, 社区, 村委会 and the like. */
export function villageKey(name: string): string {
  return withoutEnding(tidyPlace(name), villageEnding)
}

/** One key for all spellings of a group: `#7` for 7组, 第七村民小组, 07; else the name without 组. */
export function groupKey(name: string): string {
  const number = groupNumber(name)
  return number === undefined ? withoutEnding(tidyPlace(name), groupEnding) : `#${number}`
}

/** The number a group is called by; `undefined` for groups with names. */
export function groupNumber(name: string): number | undefined {
  const bare = withoutEnding(tidyPlace(name), groupEnding).replace(/^第/, '')
  if (/^\d{1,3}$/.test(bare)) return Number(bare)
  return readChineseNumber(bare)
}

function withoutEnding(text: string, ending: RegExp): string {
  const bare = text.replace(ending, '')
  return bare === '' ? text : bare
}

const chineseDigits = '零一二三四五六七八九'

/** 七 → 7, 十二 → 12, 二十 → 20; `undefined` for anything else or over 99. */
function readChineseNumber(text: string): number | undefined {
  const match = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(text)
  if (text === '' || match === null) return undefined
  const [, first, ten, last] = match
  if (ten === undefined) return last === undefined && first !== undefined ? chineseDigits.indexOf(first) : undefined
  return (first === undefined ? 1 : chineseDigits.indexOf(first)) * 10 + (last === undefined ? 0 : chineseDigits.indexOf(last))
}

/** Builds the look-up from today's areas. Exact names go before names without their endings. */
export function makeAreaNames(areas: readonly Area[]): AreaNames {
  const townships = areas.filter((area) => area.level === 'township')
  const villages = areas.filter((area) => area.level === 'village')
  const groups = areas.filter((area) => area.level === 'group')
  const byCode = new Map(areas.map((area) => [area.code, area]))
  for (const area of areas) if (area.officialCode !== undefined) byCode.set(area.officialCode, area)
  const byPath = new Map(areas.map((area) => [area.path, area]))
  const groupIndex = new Map(groups.map((area) => [`${area.parentPath}${groupKey(area.name)}`, area]))
  const findTownships = searchBy(townships, townshipKey)
  const findAnyVillage = searchBy(villages, villageKey)
  const findByCode = (code: string) => byCode.get(code) ?? byCode.get(code.replace(/(?:000){1,2}$/, ''))
  return {
    townships,
    villages,
    findTownships,
    findByCode,
    findByPath: (path) => byPath.get(path),
    findVillages: (name, township) => {
      if (township === undefined || tidyPlace(township) === '') return findAnyVillage(name)
      const paths = new Set(findTownships(township).map((area) => area.path))
      return findAnyVillage(name, (area) => paths.has(area.parentPath))
    },
    findVillageByCode: (code) => {
      const area = findByCode(code)
      return area?.level === 'village' ? area : undefined
    },
    findGroup: (villagePath, group) => (tidyPlace(group) === '' ? undefined : groupIndex.get(`${villagePath}${groupKey(group)}`)),
  }
}

type Search = (name: string, isWanted?: (area: Area) => boolean) => readonly Area[]

function searchBy(areas: readonly Area[], keyOf: (name: string) => string): Search {
  const exact = groupAreas(areas, tidyPlace)
  const loose = groupAreas(areas, keyOf)
  return (name, isWanted = () => true) => {
    const tidy = tidyPlace(name)
    if (tidy === '') return []
    const found = (exact.get(tidy) ?? []).filter(isWanted)
    return found.length > 0 ? found : (loose.get(keyOf(tidy)) ?? []).filter(isWanted)
  }
}

function groupAreas(areas: readonly Area[], keyOf: (name: string) => string): Map<string, Area[]> {
  const grouped = new Map<string, Area[]>()
  for (const area of areas) {
    const key = keyOf(area.name)
    const list = grouped.get(key)
    if (list === undefined) grouped.set(key, [area])
    else list.push(area)
  }
  return grouped
}
