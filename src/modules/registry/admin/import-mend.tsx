import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { searchOneOf, usePageSearch } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { ImportBatch, ImportProblem } from '../contract.ts'
import type { ProblemGroup } from '../rules/import-records.ts'
import { act, downloadErrorWorkbook } from './import-calls.ts'
import { CorrectedCells } from './import-corrected.tsx'
import { useRefresh } from './import-ended.tsx'
import { ProblemGroups } from './import-groups.tsx'
import { sendCorrected, useProblemGroups } from './import-mend-calls.ts'
import { MendSheet } from './import-mend-sheet.tsx'
import { Replacements } from './import-replace.tsx'
import { importMendWords } from './import-mend-words.ts'
import { importScreenWords } from './import-screen-words.ts'
import { showCount } from './import-show.ts'

const severities = ['refused', 'suspicious', 'corrected'] as const
const problemSearch = { severity: searchOneOf(['all', ...severities]) }
type Severity = ImportProblem['severity']

/** The rows with problems and the four ways to mend them: in place, one value wherever it stands, in the sender's file, or leave them. */
export function ImportMend({ batch, counts }: { batch: ImportBatch; counts: Record<Severity, number> }) {
  const t = useT(importScreenWords)
  const [search, setSearch] = usePageSearch(problemSearch)
  const first = severities.find((severity) => counts[severity] > 0) ?? 'all'
  const chosen = search.severity ?? first
  return (
    <Section title={t('problems')} extra={<FileTools batch={batch} />}>
      <Returned batch={batch} />
      <Waiting batch={batch} />
      <ChoiceChips
        label={t('problemEffect')}
        choices={[
          ...severities.map((key) => ({ key, label: t(`severity.${key}`), count: counts[key] })),
          { key: 'all' as const, label: t('severity.all') },
        ]}
        chosen={chosen}
        choose={(severity) => setSearch({ severity })}
      />
      {chosen === 'corrected' ? (
        <CorrectedCells batchId={batch.batchId} />
      ) : (
        <MendParts key={chosen} batch={batch} severity={chosen === 'all' ? undefined : chosen} />
      )}
      <Replacements batch={batch} />
    </Section>
  )
}

function MendParts({ batch, severity }: { batch: ImportBatch; severity: 'refused' | 'suspicious' | undefined }) {
  const [chosen, setChosen] = useState<ProblemGroup>()
  const groups = useProblemGroups(batch)
  // Rows are read again when the file has been checked again or one value was read as another; not after each cell, which shows itself.
  const version = `${batch.stagedAt ?? ''} ${batch.fixes.replacements} ${severity ?? ''} ${chosen?.column ?? ''} ${chosen?.reason ?? ''}`
  return (
    <Loaded query={groups} lines={3}>
      {(all) => {
        const shown = all.filter((group) => severity === undefined || group.severity === severity)
        return (
          <>
            {shown.length === 0 ? null : <ProblemGroups batch={batch} groups={shown} chosen={chosen} choose={setChosen} />}
            <MendSheet
              key={version}
              batch={batch}
              groups={shown}
              filter={{ severity: chosen?.severity ?? severity, column: chosen?.column, reason: chosen?.reason }}
            />
          </>
        )
      }}
    </Loaded>
  )
}

/** The sender's own file with remarks, and the way back in for the corrected one. */
function FileTools({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const mend = useT(importMendWords)
  const refresh = useRefresh()
  const input = useRef<HTMLInputElement>(null)
  const [share, setShare] = useState(0)
  const workbook = useMutation({ mutationFn: () => downloadErrorWorkbook(batch.batchId) })
  const corrected = useMutation({ mutationFn: (file: File) => sendCorrected(batch.batchId, file, setShare), onSuccess: refresh })
  return (
    <div className="bf-row">
      <Button loading={workbook.isPending} onClick={() => workbook.mutate()}>
        {t('errorWorkbook')}
      </Button>
      {batch.can.fix ? (
        <>
          <Button loading={corrected.isPending} onClick={() => input.current?.click()}>
            {mend('sendCorrected')}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            aria-label={mend('sendCorrected')}
            accept=".xlsx,.xls,.csv,.txt,.tsv"
            onChange={(event) => {
              const file = event.target.files?.[0]
              if (file !== undefined) corrected.mutate(file)
              event.target.value = ''
            }}
          />
        </>
      ) : null}
      {corrected.isPending ? <ProgressLine label={mend('sendingCorrected')} share={share < 1 ? share : undefined} /> : null}
      <Problem error={workbook.error ?? corrected.error} />
    </div>
  )
}

/** What the corrected file brought: rows recognised by their numbers, and those that were not. */
function Returned({ batch: { returned } }: { batch: ImportBatch }) {
  const t = useT(importMendWords)
  if (returned === undefined) return null
  const { fileName, rows, cells, unknownCount, unknownRows } = returned
  return (
    <Notice kind={unknownCount > 0 ? 'warning' : 'success'}>
      {t('returned', { name: fileName, rows: showCount(rows), cells: showCount(cells) })}
      {unknownCount === 0 ? '' : t('returnedUnknown', { n: showCount(unknownCount), rows: unknownRows.slice(0, 20).join('、') })}
    </Notice>
  )
}

/** What was mended and has not been checked with the whole file yet, and the button that does it. */
function Waiting({ batch }: { batch: ImportBatch }) {
  const t = useT(importMendWords)
  const refresh = useRefresh()
  const recheck = useMutation({ mutationFn: () => act(batch.batchId, 'recheck'), onSuccess: refresh })
  const { cells, rows, replacements, isWaiting } = batch.fixes
  if (cells + replacements === 0) return null
  const sums = { cells: showCount(cells), rows: showCount(rows), replacements: showCount(replacements) }
  if (!isWaiting) return <p className="bf-quiet">{t('fixed', sums)}</p>
  return (
    <div className="bf-bulk" role="group" aria-label={t('recheck')}>
      <strong>{t('waiting', sums)}</strong>
      <span className="bf-spring" />
      <Button type="primary" loading={recheck.isPending} disabled={!batch.can.recheck} onClick={() => recheck.mutate()}>
        {t('recheck')}
      </Button>
      <Problem error={recheck.error} />
    </div>
  )
}
