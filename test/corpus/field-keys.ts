import type { ListKey } from './book.ts'

/** Under which key the programs know what the truth calls so. What is not named here, no program wants. */
const common = { name: 'name', phone: 'phone', township: 'township', village: 'village', group: 'group', address: 'address' }
const person = { ...common, id: 'idNumber' }

/** Truth field → key of the module's field. */
export const fieldKeys: Readonly<Record<ListKey, Readonly<Record<string, string>>>> = {
  medical: { ...person, total: 'totalCost', pooled: 'pooled', serious: 'majorIllness', aid: 'aid', own: 'selfPaid' },
  disability: { ...person, certificate: 'idNumber', kind: 'disabilityKind', grade: 'disabilityGrade', issuedOn: 'issuedOn' },
  dibao: { ...person, people: 'insured', base: 'allowance', extra: 'extra', sum: 'total' },
  education: { ...person, otherPhone: 'phone', grade: 'schoolYear', state: 'studyState', reason: 'stateReason', schoolNumber: 'studentNo' },
  jobs: { ...person, place: 'workPlace', firm: 'workPlace', lostOn: 'lostOn', state: 'jobState', owed: 'wageOwed' },
  housing: { ...person, grade: 'houseGrade', livedIn: 'livedIn', judgedOn: 'surveyedOn' },
  police: { ...person, kind: 'changeKind', changedOn: 'changedOn' },
  water: { ...common, households: 'households', days: 'dryDays', reason: 'waterCause', restored: 'restored' },
  bank: {
    ...person,
    contract: 'contract',
    amount: 'loan',
    balance: 'balance',
    overdue: 'overduePrincipal',
    days: 'overdueDays',
    dueOn: 'loanDueOn',
  },
  petition: { ...common, ticket: 'ticket', calledAt: 'calledOn', text: 'content', state: 'ticketState' },
  cars: { ...person, plate: 'plate', kind: 'vehicleKind', registeredOn: 'registeredOn', price: 'price', state: 'vehicleState' },
  firms: {
    ...person,
    code: 'firmCode',
    firm: 'firmName',
    kind: 'firmKind',
    capital: 'capital',
    foundedOn: 'foundedOn',
    state: 'firmState',
  },
  register: {
    township: 'township',
    village: 'village',
    group: 'villageGroup',
    householdNo: 'householdNo',
    headName: 'headName',
    householdType: 'householdType',
    personNo: 'personNo',
    name: 'name',
    id: 'idNumber',
    bornOn: 'birthDate',
    relation: 'relationToHead',
    phone: 'personPhone',
  },
  none: {},
}
