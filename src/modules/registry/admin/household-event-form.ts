import type { HouseholdEventKind } from '../rules/household-event-requests.ts'
import type { EventCommand } from './household-event-calls.ts'

/** What stands in the form of a household event. */
export interface EventForm {
  kind: HouseholdEventKind
  on: string
  reason: string
  paper: string
  members: readonly string[]
  headId: string
  newHeadId: string
  relations: Readonly<Record<string, string>>
  householdNo: string
  /** A marriage: whether the persons leave this household or enter it. */
  way: 'leave' | 'enter'
  otherId: string
  /** The number of a household that the caller does not see. */
  otherNo: string
  areaPath: string
  person: { name: string; sex: string; bornOn: string; idNumber: string; relation: string }
}

/** The form before anything is chosen. */
export const emptyForm: EventForm = {
  kind: 'split',
  on: '',
  reason: '',
  paper: '',
  members: [],
  headId: '',
  newHeadId: '',
  relations: {},
  householdNo: '',
  way: 'leave',
  otherId: '',
  otherNo: '',
  areaPath: '',
  person: { name: '', sex: '', bornOn: '', idNumber: '', relation: '' },
}

/** The command that the form asks for; `undefined` while it is incomplete. A reason may still be missing for the preview. */
export function commandOf(form: EventForm, householdId: string): EventCommand | undefined {
  if (form.on === '') return undefined
  const { kind, headId, paper } = form
  const relations = Object.fromEntries(Object.entries(form.relations).filter(([, relation]) => relation !== ''))
  // The preview needs no reason yet; the button waits for one.
  const reason = form.reason.trim().length < 4 ? '（预览）' : form.reason.trim()
  const paperGiven = paper.trim() === '' ? {} : { paper: paper.trim() }
  const about = { kind, householdId, on: form.on, reason, relations, ...paperGiven, ...(headId === '' ? {} : { headId }) }
  const special = specialOf(form)
  return special === undefined ? undefined : { ...about, ...special }
}

function specialOf(form: EventForm): EventCommand | undefined {
  const { members, newHeadId, householdNo, way, otherId, otherNo, areaPath, person } = form
  switch (form.kind) {
    case 'split':
      if (members.length === 0 || newHeadId === '') return undefined
      return { members, newHeadId, ...(householdNo === '' ? {} : { householdNo }) }
    case 'merge':
      return otherId === '' ? undefined : { otherId }
    case 'marriage':
      if (members.length === 0 || (otherId === '' && otherNo === '')) return undefined
      return { way, members, ...(otherId === '' ? { otherNo } : { otherId }) }
    case 'move':
      return areaPath === '' ? undefined : { areaPath }
    case 'death':
      return members[0] === undefined ? undefined : { personId: members[0] }
    case 'moved-away':
      return members.length === 0 ? undefined : { members }
    case 'joined':
    case 'birth': {
      const { idNumber, ...known } = person
      if (Object.values(known).includes('')) return undefined
      return { person: { ...known, ...(idNumber === '' ? {} : { idNumber }) } }
    }
  }
}
