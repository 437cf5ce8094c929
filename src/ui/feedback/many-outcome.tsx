import { uiWords } from '../words/ui-words.ts'
import { useSayError, useT } from '../words/use-t.ts'
import { Notice } from './faces.tsx'
import { ProgressLine } from './progress-line.tsx'
import type { Many } from './use-many.ts'

/** How far the work on many rows has come; at its end how many were done, and each refused row with its reason. */
export function ManyOutcome<Row>({ many, nameOf }: { many: Many<Row>; nameOf: (row: Row) => string }) {
  const t = useT(uiWords)
  const say = useSayError()
  const { state, done, total, refused } = many
  if (state === 'idle') return null
  if (state === 'running') return <ProgressLine label={t('manyRunning')} share={done / total} note={t('progress', { done, total })} />
  if (refused.length === 0) return <Notice kind="success">{t('manyDone', { n: total })}</Notice>
  return (
    <Notice kind="warning">
      <p>{t('manyRefused', { n: total - refused.length, refused: refused.length })}</p>
      <ul className="bf-lines">
        {refused.map(({ row, error }) => (
          <li key={nameOf(row)}>
            {nameOf(row)}：{say(error)}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
