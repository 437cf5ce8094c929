import { mixNumber, type RegisterIndex } from './register-layout.ts'
import { membersOf } from './look-up.ts'

/** Persons + 1 by their telephones, made when a row first needs it: four bytes a slot. */
const tables = new WeakMap<RegisterIndex, Int32Array>()
/** Of a telephone that more households have nobody is listed: it was invented to fill a column. */
const mostHouseholds = 8

/** The members of the households that the telephone belongs to. */
export function listCalled(index: RegisterIndex, phone: number): number[] {
  if (phone === -1) return []
  const table = tables.get(index) ?? tablePhones(index)
  tables.set(index, table)
  const households = new Set<number>()
  for (let slot = slotOf(phone, table); table[slot] !== 0; slot = (slot + 1) & (table.length - 1)) {
    const person = (table[slot] ?? 0) - 1
    if (index.phone[person] === phone || index.otherPhone[person] === phone) households.add(index.householdOf[person] ?? 0)
    if (households.size > mostHouseholds) return []
  }
  return [...households].flatMap((household) => membersOf(index, household))
}

function slotOf(phone: number, table: Int32Array): number {
  return mixNumber(phone, 7) & (table.length - 1)
}

/** Each telephone once for a household; of one that very many have only the first stand in the table, enough to know it as such. */
function tablePhones(index: RegisterIndex): Int32Array {
  let slots = 64
  while (slots < index.persons * 2) slots *= 2
  const table = new Int32Array(slots)
  for (let person = 0; person < index.persons; person += 1)
    for (const phone of new Set([index.phone[person] ?? -1, index.otherPhone[person] ?? -1]))
      if (phone !== -1) put(index, table, { person, phone })
  return table
}

function put(index: RegisterIndex, table: Int32Array, { person, phone }: { person: number; phone: number }): void {
  let alike = 0
  let slot = slotOf(phone, table)
  for (; table[slot] !== 0; slot = (slot + 1) & (table.length - 1)) {
    const other = (table[slot] ?? 0) - 1
    if (index.phone[other] !== phone && index.otherPhone[other] !== phone) continue
    alike += 1
    if (alike > mostHouseholds || index.householdOf[other] === index.householdOf[person]) return
  }
  table[slot] = person + 1
}
