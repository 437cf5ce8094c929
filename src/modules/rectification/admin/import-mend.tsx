import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { importFields, type ImportField } from '../rules/import-fields.ts'
import type { BadRow, StagedImport } from '../rules/import-records.ts'
import { fieldsOfReason } from '../rules/import-row.ts'
import { importRowWords, screenWords } from './screen-words.ts'

type Cells = Readonly<Partial<Record<ImportField, string>>>
/** Most rows that are mended at a time. */
const most = 50
const labels = new Map<ImportField, string>(importFields.map((field) => [field.key, field.labels[0]]))

/** Rows that cannot be written yet, each with the cells that may be wrong; what is mended is read again. */
export function MendRows({ staged, mended }: { staged: StagedImport; mended: (staged: StagedImport) => void }) {
  const t = useT(screenWords)
  const [said, setSaid] = useState<Readonly<Record<number, Cells>>>({})
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const rows = staged.bad.slice(0, most)
  const again = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const changed = Object.entries(said).map(([row, cells]) => ({ row: Number(row), cells }))
      mended(await write<StagedImport>('POST', `/rectification/imports/${staged.importId}/mend`, { rows: changed }))
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  return (
    <Notice kind="warning">
      <p>{t('mendNote')}</p>
      <ul className="rect-plain rect-mend-list">
        {rows.map((row) => (
          <MendRow
            key={row.row}
            bad={row}
            said={said[row.row] ?? {}}
            change={(cells) => setSaid((before) => ({ ...before, [row.row]: { ...before[row.row], ...cells } }))}
          />
        ))}
      </ul>
      {staged.counts.bad > rows.length ? <p className="bf-quiet">{t('moreBad', { n: staged.counts.bad - rows.length })}</p> : null}
      <Problem error={error} />
      <Button disabled={Object.keys(said).length === 0} loading={isBusy} onClick={() => void again() /* shows its own refusal */}>
        {t('readAgain')}
      </Button>
    </Notice>
  )
}

function MendRow({ bad, said, change }: { bad: BadRow; said: Cells; change: (cells: Cells) => void }) {
  const t = useT(screenWords)
  const say = useSay()
  const fields = [...new Set(bad.reasons.flatMap((reason) => fieldsOfReason[reason]))]
  return (
    <li>
      <strong>{t('rowN', { n: bad.row })}</strong> {bad.reasons.map((reason) => say(importRowWords[reason])).join('、')}
      {bad.words === '' ? null : <span className="bf-quiet"> · {bad.words}</span>}
      <div className="rect-mend">
        {fields.map((field) => (
          <label key={field}>
            {labels.get(field)}
            <input
              className="bf-input"
              aria-label={`${t('rowN', { n: bad.row })} ${labels.get(field) ?? field}`}
              maxLength={2000}
              value={said[field] ?? bad.cells[field] ?? ''}
              onChange={(event) => change({ [field]: event.target.value })}
            />
          </label>
        ))}
      </div>
    </li>
  )
}
