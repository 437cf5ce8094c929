import { useCaller } from '#ui/plug/caller.tsx'
import { useSlot } from '#ui/plug/slots.ts'
import { findingSlot } from './finding-slot.ts'

/** The buttons that other modules have hung here, for whoever may press them. */
export function FindingActions({ findingIds, done }: { findingIds: readonly string[]; done: () => void }) {
  const { rights } = useCaller()
  return useSlot(findingSlot)
    .filter(({ needs }) => rights.includes(needs))
    .map(({ key, button: Action }) => <Action key={key} findingIds={findingIds} done={done} />)
}
