/** The four lights: colour never stands without its sign and its word (ux.md §7). */
export type Level = 'red' | 'amber' | 'green' | 'grey'

const signs = { red: '▲', amber: '◆', green: '●', grey: '○' } as const satisfies Record<Level, string>

/** A state in a word, with the sign and colour of its level. */
export function StatusTag({ level, text }: { level: Level; text: string }) {
  return (
    <span className={`bf-tag bf-tag-${level}`}>
      <span aria-hidden="true">{signs[level]}</span> {text}
    </span>
  )
}
