/** A share as a bar with its figure in words: the figure says what the colour and length only repeat. */
export function Bar({
  share,
  level,
  text,
  note,
}: {
  share: number | undefined
  level: 'green' | 'amber'
  text: string
  note?: string | undefined
}) {
  const width = `${Math.round(Math.min(1, Math.max(0, share ?? 0)) * 100)}%`
  return (
    <div className="screening-bar">
      <span className="bf-figures">{text}</span>
      <span className="screening-bar-track" aria-hidden="true">
        <span className={`screening-bar-fill screening-bar-${level}`} style={{ width }} />
      </span>
      {note === undefined ? null : <span className="bf-source bf-figures">{note}</span>}
    </div>
  )
}

/** A share in per cent; a dash where nothing was counted. */
export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? '—' : `${(share * 100).toFixed(1)}%`
}
