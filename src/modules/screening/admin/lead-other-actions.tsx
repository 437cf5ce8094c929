import { useCaller } from '#ui/plug/caller.tsx'
import { useSlot } from '#ui/plug/slots.ts'
import { leadSlot } from './lead-slot.ts'

/** The buttons that other modules have hung here, for whoever may press them. */
export function OtherLeadActions({ leadIds, done }: { leadIds: readonly string[]; done: () => void }) {
  const { rights } = useCaller()
  return useSlot(leadSlot)
    .filter(({ needs }) => rights.includes(needs))
    .map(({ key, button: Action }) => <Action key={key} leadIds={leadIds} done={done} />)
}
