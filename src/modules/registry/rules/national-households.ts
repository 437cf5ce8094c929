import { fullListKinds, nationalKinds, severityOf, type NationalKind } from '../policy/national-policy.ts'
import type { HeldSource, NationalDifference, NationalStatements } from './national-statement.ts'

/** What the register knows of a household as such. */
export interface NationalStanding {
  /** Nobody belongs to it any more. */
  isClosed: boolean
  /** Day of the newest register file when it does not hold the household. */
  notInRegisterOn: string | undefined
  /** The export, and its day, that lists members of today who stood elsewhere, when an event made the household. */
  begunOf: { kind: NationalKind; on: string } | undefined
}

/** Where a household or a village stands: as the register has it. */
export interface NationalPlace {
  township: string
  village: string
  group: string
  /** 12 digits, where it is known. */
  code: string
  /** An event or a correction decided it here; files only stand beside it. */
  decided: HeldSource | undefined
}

/**
 * Whether a whole household has to be added to the national system or taken out of it: they have it and we have not (it is closed here, or
 * no file of the register holds it), or we have it and they have not (a split made it, or their newest full list no longer holds it).
 */
export function compareWhole(statements: NationalStatements, standing: NationalStanding): NationalDifference | undefined {
  const known = nationalKinds.flatMap((kind) => {
    const statement = fullListKinds.includes(kind) ? statements[kind] : undefined
    return statement === undefined ? [] : [{ kind, ...statement }]
  })
  const newest = known.reduce((latest, { on }) => (on > latest ? on : latest), '')
  const asked = known.filter(({ on }) => on === newest)
  const holding = asked.find(({ isHeld }) => isHeld)
  if (standing.isClosed) return holding === undefined ? undefined : whole(holding, 'remove-household', 'closed')
  if (standing.begunOf !== undefined && known.length === 0) return whole(standing.begunOf, 'add-household', 'begun')
  if (holding === undefined) {
    const [lacking] = asked
    return lacking === undefined || standing.notInRegisterOn !== undefined ? undefined : whole(lacking, 'add-household', 'only-ours')
  }
  const isOnlyThere = standing.notInRegisterOn !== undefined && standing.notInRegisterOn >= newest
  return isOnlyThere ? whole(holding, 'remove-household', 'only-system') : undefined
}

function whole(
  { kind, on }: { kind: NationalKind; on: string },
  action: 'add-household' | 'remove-household',
  why: NationalDifference['why'],
): NationalDifference {
  return { field: '', action, kind, on, system: '', ours: '', why, source: undefined, severity: severityOf('') }
}

/**
 * Whether the newest export names another place than the register: another township, village or region code, and another group where the
 * place was decided here. Names of villages are compared without the words that say what kind of village it is.
 */
export function comparePlace(statements: NationalStatements, place: NationalPlace): NationalDifference | undefined {
  const stating = nationalKinds.flatMap((kind) => {
    const statement = statements[kind]
    const isStating = statement?.isHeld === true && statement.cells['village'] !== undefined
    return statement === undefined || !isStating ? [] : [{ kind, on: statement.on, cells: statement.cells }]
  })
  const newest = stating.reduce((latest, { on }) => (on > latest ? on : latest), '')
  const differing = stating.find(({ on, cells }) => on === newest && !isSamePlace(cells, place))
  if (differing === undefined) return undefined
  const { kind, on, cells } = differing
  const said = {
    township: cells['township'] ?? '',
    village: cells['village'] ?? '',
    group: cells['villageGroup'] ?? '',
    code: cells['regionCode'] ?? '',
  }
  const isCode = isSameName(said.township, place.township) && isSameName(said.village, place.village) && isOtherCode(said.code, place.code)
  const [system, ours] = [said, place].map((one) =>
    [one.township, one.village, isCode ? one.code : one.group].filter((part) => part !== '').join(' '),
  )
  return {
    field: 'place',
    action: 'change-place',
    kind,
    on,
    system: system ?? '',
    ours: ours ?? '',
    why: place.decided === undefined ? 'other-source' : 'corrected',
    source: place.decided,
    severity: severityOf('place'),
  }
}

function isSamePlace(cells: Readonly<Record<string, string>>, place: NationalPlace): boolean {
  const { township = '', village = '', villageGroup = '', regionCode = '' } = cells
  if (village.startsWith('?') || village === '') return true // nothing that could be read is said of the place
  if (!isSameName(township, place.township) || !isSameName(village, place.village)) return false
  if (isOtherCode(regionCode, place.code)) return false
  return place.decided === undefined || villageGroup === '' || place.group === '' || isSameName(villageGroup, place.group)
}

const isOtherCode = (one: string, other: string) => /^\d{12}$/.test(one) && /^\d{12}$/.test(other) && one !== other

const kinds = /(村民委员会|居民委员会|村委会|居委会|社区|街道办事处|街道|村民小组|村|镇|乡|组)$/

function isSameName(one: string, other: string): boolean {
  const [mine, theirs] = [one, other].map((name) => name.normalize('NFKC').replace(/\s+/g, '').replace(kinds, ''))
  return mine === '' || theirs === '' || mine === theirs
}
