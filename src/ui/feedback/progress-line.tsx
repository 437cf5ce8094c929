interface ProgressLineProps {
  /** What is being done: 正在上传, 正在校验. */
  label: string
  /** 0 to 1; `undefined` while the end is not known. */
  share?: number | undefined
  /** Figures beside the line: `12,000 / 30,000 行`. */
  note?: string | undefined
}

/** How far long work has come; everything over a second shows one (ux.md §8.4). */
export function ProgressLine({ label, share, note }: ProgressLineProps) {
  const percent = share === undefined ? undefined : Math.min(100, Math.floor(share * 100))
  return (
    <div className="bf-progress">
      <div className="bf-progress-text" role="status">
        <span>{label}</span>
        <span className="bf-figures">{note ?? (percent === undefined ? '' : `${percent}%`)}</span>
      </div>
      <div
        className={percent === undefined ? 'bf-progress-bar bf-progress-open' : 'bf-progress-bar'}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === undefined ? {} : { 'aria-valuenow': percent })}
      >
        <span style={{ width: percent === undefined ? '30%' : `${percent}%` }} />
      </div>
    </div>
  )
}
