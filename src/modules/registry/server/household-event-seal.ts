import type { CellPlace, Vault } from '#kernel/server/vault/index.ts'
import type { HouseholdEventCommand } from '../rules/household-event-requests.ts'
import type { StoredCommand } from './household-event-store.ts'

const placeOfNumber = (eventId: string): CellPlace => ({ table: 'registry.household_event', column: 'id', rowId: eventId })

/** The command without the plain ID number of a newcomer. */
export function sealCommand(command: HouseholdEventCommand, eventId: string, vault: Vault): StoredCommand {
  if (!('person' in command) || command.person.idNumber === undefined) return command
  const { idNumber, ...person } = command.person
  return { ...command, person, sealed: { cell: vault.encrypt(idNumber, placeOfNumber(eventId)).toString('base64') } }
}

/** The command as it was asked. */
export function openCommand({ sealed, ...command }: StoredCommand, eventId: string, vault: Vault): HouseholdEventCommand {
  if (sealed === undefined || !('person' in command)) return command
  return { ...command, person: { ...command.person, idNumber: vault.decrypt(Buffer.from(sealed.cell, 'base64'), placeOfNumber(eventId)) } }
}
