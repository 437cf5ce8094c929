import { uiWords } from '../words/ui-words.ts'
import { useT } from '../words/use-t.ts'

/** The head of a column of boxes: chooses all rows of the page, or none of them; what is chosen elsewhere stays. */
export function ChooseAllHead({
  ids,
  chosen,
  choose,
}: {
  ids: readonly string[]
  chosen: readonly string[]
  choose: (ids: string[]) => void
}) {
  const t = useT(uiWords)
  const areAll = ids.length > 0 && ids.every((id) => chosen.includes(id))
  return (
    <th scope="col" className="bf-choose">
      <input
        type="checkbox"
        aria-label={t('chooseAll')}
        checked={areAll}
        onChange={() => choose(areAll ? chosen.filter((id) => !ids.includes(id)) : [...new Set([...chosen, ...ids])])}
      />
    </th>
  )
}

/** The box of a row; a press on it does not open the row. */
export function ChooseCell(props: { id: string; label: string; chosen: readonly string[]; choose: (ids: string[]) => void }) {
  const { id, label, chosen, choose } = props
  const isChosen = chosen.includes(id)
  return (
    <td className="bf-choose">
      <input
        type="checkbox"
        aria-label={label}
        checked={isChosen}
        onClick={(event) => event.stopPropagation()}
        onChange={() => choose(isChosen ? chosen.filter((one) => one !== id) : [...chosen, id])}
      />
    </td>
  )
}
