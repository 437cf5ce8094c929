interface SheetCellProps {
  id: string
  /** Counted from 1, the row number's column included. */
  columnNumber: number
  label: string
  box: { left: number; width: number }
  value: { text: string; problem?: string | undefined; isChanged?: boolean | undefined }
  isCurrent: boolean
  /** What has been typed so far, while this cell is being edited. */
  draft: string | undefined
  onDraft: (text: string) => void
  commit: (text: string, direction: 'down' | 'right' | 'stay') => void
  giveUp: () => void
  point: () => void
  edit: () => unknown
}

// The cell was opened by a key or a double click: the caret belongs here.
function focusOnce(input: HTMLInputElement | null) {
  input?.focus()
}

/** One cell of a SheetGrid; its problem stands in words under the pointer and for screen readers, not in colour alone. */
export function SheetCell(props: SheetCellProps) {
  const { id, columnNumber, label, box, value, isCurrent, draft, onDraft, commit, giveUp, point, edit } = props
  const state = value.problem !== undefined ? ' bf-grid-bad' : value.isChanged === true ? ' bf-grid-changed' : ''
  return (
    <div
      id={id}
      role="gridcell"
      tabIndex={-1}
      aria-colindex={columnNumber}
      aria-selected={isCurrent}
      aria-invalid={value.problem === undefined ? undefined : true}
      className={`bf-grid-cell${state}${isCurrent ? ' bf-grid-current' : ''}`}
      style={box}
      title={value.problem ?? value.text}
      onClick={point}
      onDoubleClick={edit}
      onKeyDown={() => undefined}
    >
      {draft === undefined ? (
        <>
          {value.problem === undefined ? null : <span aria-hidden="true">▲ </span>}
          {value.text}
          {value.problem === undefined ? null : <span className="bf-unseen">{value.problem}</span>}
        </>
      ) : (
        <input
          ref={focusOnce}
          aria-label={label}
          value={draft}
          onChange={(event) => onDraft(event.target.value)}
          onBlur={() => commit(draft, 'stay')}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Enter') commit(draft, 'down')
            else if (event.key === 'Tab') commit(draft, 'right')
            else if (event.key === 'Escape') giveUp()
            else return
            event.preventDefault()
            event.stopPropagation()
          }}
        />
      )}
    </div>
  )
}
