import { isCompared, nationalKinds, severityOf, fullListKinds, type NationalKind } from '../policy/national-policy.ts'
import { findField } from '../policy/policy.ts'
import type { NationalAction, NationalWhy, HeldValue, NationalStatements, NationalDifference } from './national-statement.ts'
import { comparePlace, compareWhole, type NationalPlace, type NationalStanding } from './national-households.ts'

/** A household, a person or a village with what each export states of it. */
export interface NationalSubject {
  statements: NationalStatements
  held: (field: string) => HeldValue
  /** Of households and villages. */
  place?: NationalPlace
  /** Of households only. */
  standing?: NationalStanding
  /** Of persons only. */
  membership?: {
    standing: 'member' | 'left' | 'merged'
    /** First day of the membership that holds today. */
    joinedOn: string | undefined
    /** Day of the newest register file when it holds the person's household and not the person. */
    notInRegisterOn: string | undefined
    /** Exports whose newest file holds the person's household, with their day. */
    household: Readonly<Partial<Record<NationalKind, string>>>
    householdNo: string
    /** Number of the household under which the system lists the person, when an event has moved him here since. */
    formerNo: string | undefined
    /** What has to be done with the household as such. */
    whole: NationalAction | undefined
  }
}

/**
 * What has to be entered in the national system so that it says what the register holds. What the system says of a field is what the newest
 * export with such a column says; where several are of one day, each of them must agree. An older export does not count.
 */
export function compareNational(subject: NationalSubject): NationalDifference[] {
  const { membership, standing, place, statements } = subject
  const whole = standing === undefined ? undefined : compareWhole(statements, standing)
  if (whole !== undefined) return [whole]
  const elsewhere = place === undefined ? undefined : comparePlace(statements, place)
  const person = membership === undefined ? undefined : comparePerson(subject, membership)
  if (membership !== undefined && membership.standing !== 'member') return person === undefined ? [] : [person]
  const values = fieldsOf(statements).flatMap((field) => compareField(subject, field) ?? [])
  return [elsewhere, person].flatMap((one) => one ?? []).concat(values)
}

type Membership = NonNullable<NationalSubject['membership']>

function comparePerson({ statements }: NationalSubject, membership: Membership): NationalDifference | undefined {
  const { household, standing } = membership
  const present = fullListKinds.filter((kind) => household[kind] !== undefined || statements[kind]?.isHeld === true)
  const dayOf = (kind: NationalKind) => statements[kind]?.on ?? household[kind] ?? ''
  const newest = present.map(dayOf).reduce((latest, on) => (on > latest ? on : latest), '')
  const asked = nationalKinds.filter((kind) => present.includes(kind) && dayOf(kind) === newest)
  const make = (kind: NationalKind, action: NationalAction, why: NationalWhy) => personDifference({ kind, on: newest, action, why })
  const holding = asked.find((kind) => statements[kind]?.isHeld === true)
  // A household that is taken out or added as a whole brings or takes its members.
  if (standing !== 'member')
    return holding === undefined || membership.whole === 'remove-household' ? undefined : make(holding, 'remove-person', standing)
  const { householdNo, formerNo, whole } = membership
  if (holding !== undefined && formerNo !== undefined && formerNo !== householdNo) {
    if (Object.keys(household).length === 0 && whole !== 'add-household') return make(holding, 'remove-person', 'moved')
    const moved = make(holding, 'move-person', 'moved')
    return { ...moved, field: 'householdNo', system: formerNo, ours: householdNo }
  }
  if (whole !== undefined) return undefined
  const lacking = asked.find((kind) => statements[kind]?.isHeld !== true)
  if (lacking !== undefined) return make(lacking, 'add-person', (membership.joinedOn ?? '') > newest ? 'joined' : 'only-ours')
  const isOnlyThere = membership.notInRegisterOn !== undefined && membership.notInRegisterOn >= newest
  return holding !== undefined && isOnlyThere ? make(holding, 'remove-person', 'only-system') : undefined
}

function personDifference(given: Pick<NationalDifference, 'kind' | 'on' | 'action' | 'why'>): NationalDifference {
  return { ...given, field: '', system: '', ours: '', source: undefined, severity: severityOf('') }
}

function fieldsOf(statements: NationalStatements): string[] {
  const keys = new Set(nationalKinds.flatMap((kind) => Object.keys(statements[kind]?.cells ?? {})))
  return [...keys].filter(isCompared)
}

function compareField({ statements, held }: NationalSubject, field: string): NationalDifference | undefined {
  const stating = nationalKinds.flatMap((kind) => {
    const statement = statements[kind]
    const cell = statement?.cells[field]
    return statement === undefined || !statement.isHeld || cell === undefined || cell === '*' ? [] : [{ kind, on: statement.on, cell }]
  })
  const newest = stating.reduce((latest, { on }) => (on > latest ? on : latest), '')
  const ours = held(field)
  if (ours.text.startsWith('?')) return undefined // what we could not read either is not to be entered anywhere
  const differing = stating.find(({ on, cell }) => on === newest && !isSame(field, cell, ours.text))
  if (differing === undefined) return undefined
  const { kind, on, cell: system } = differing
  const why = whyOf({ kind, on, system, ours })
  return { field, action: 'change-value', kind, on, system, ours: ours.text, why, source: ours.source, severity: severityOf(field) }
}

function whyOf(given: { kind: NationalKind; on: string; system: string; ours: HeldValue }): NationalWhy {
  const { source, text } = given.ours
  if (source?.from === 'correction') return 'corrected'
  if (text === '') return 'only-system'
  if (source !== undefined && (source.on > given.on || source.kind === given.kind)) return 'system-older'
  return given.system === '' ? 'only-ours' : 'other-source'
}

/** Whether both say the same once typography is taken away. A cell that nobody could read says nothing when we hold nothing either. */
function isSame(field: string, system: string, ours: string): boolean {
  if (system.startsWith('?') && ours === '') return true
  const type = findField(field)?.type
  if (type === 'idNumber' || type === 'phone') return lastPart(system) === lastPart(ours)
  const [one, other] = [plainText(system), plainText(ours)]
  if (one === other) return true
  if (type === 'multiEnum') return plainSet(one) === plainSet(other)
  const isNumber = type === 'decimal' || type === 'integer' || type === 'money'
  return isNumber && one !== '' && other !== '' && Number(one) === Number(other)
}

/** The blind index at the end of a stated number or telephone. */
function lastPart(stated: string): string {
  return stated.slice(stated.lastIndexOf(' ') + 1)
}

const dots = /[·•‧∙・．.]/g

function plainText(text: string): string {
  const folded = text.normalize('NFKC').replace(/\s+/g, '')
  return /^[\d.-]+$/.test(folded) ? folded : folded.replace(dots, '·')
}

function plainSet(text: string): string {
  return text
    .split(/[,、;]/)
    .sort()
    .join(',')
}
