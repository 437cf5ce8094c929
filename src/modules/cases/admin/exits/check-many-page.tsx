import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import { ApiError, ask, read, upload, write } from '#kernel/browser/api/index.ts'
import { downloadWay, ExportButton, type ExportWay } from '#ui/data/export-button.tsx'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { SheetGrid } from '#ui/data/sheet-grid.tsx'
import type { CellChange, SheetColumn } from '#ui/data/sheet-moves.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { FileDrop } from '#ui/forms/file-drop.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import { checkColumns, emptyCheckRow, mostCheckRows, type CheckColumn, type CheckRow } from '../../rules/exits/check-entry.ts'
import type { CheckWork, JudgedRow } from '../../rules/exits/check-records.ts'
import type { SentChecks } from '../../rules/exits/check-requests.ts'
import { today } from '../case-visits.tsx'
import { checkManyWords } from './check-many-words.ts'

const list = '/cases/check-list'
const begin: readonly CheckRow[] = Array.from({ length: 8 }, () => emptyCheckRow)
const widths: Readonly<Record<CheckColumn, number>> = { name: 7, idNumber: 13, department: 9, result: 10, remark: 16 }
const grows = { mayGrow: true }

/** 信息比对: what each department still has to answer, the list that goes out to it, and a sheet into which its answer is pasted. */
export function CheckManyPage() {
  const t = useT(checkManyWords)
  const work = useQuery({ queryKey: ['cases', 'checks', 'work'], queryFn: () => read<CheckWork>(list) })
  return (
    <PageFrame title={t('title')} note={t('note')} extra={<PageLink to="/cases/files">{t('toCases')}</PageLink>}>
      <Loaded query={work} lines={6}>
        {(found) => (
          <>
            <Departments work={found} />
            {found.can.note ? <Results departments={found.items.map(({ department }) => department)} /> : null}
          </>
        )}
      </Loaded>
    </PageFrame>
  )
}

function Departments({ work }: { work: CheckWork }) {
  const t = useT(checkManyWords)
  const queries = useQueryClient()
  const wayOf = (department: string): ExportWay => {
    const label = t('listOf', { department })
    const way = downloadWay({ key: department, label, note: t('listNote'), path: `${list}/export`, query: { department } })
    const run: ExportWay['run'] = async (terms) => {
      await way.run(terms)
      // Who is on the list counts as asked from now on.
      await queries.invalidateQueries({ queryKey: ['cases', 'checks'] })
    }
    return { ...way, run }
  }
  const ready = work.items.filter((one) => one.people > one.unauthorised)
  return (
    <Section
      title={t('waiting')}
      extra={
        work.can.send ? <ExportButton ways={ready.map(({ department }) => wayOf(department))} isDisabled={ready.length === 0} /> : undefined
      }
    >
      {work.items.length === 0 ? (
        <p className="bf-quiet">{t('none')}</p>
      ) : (
        <ScrollBox>
          <table className="bf-table" aria-label={t('waiting')}>
            <thead>
              <tr>
                <th scope="col">{t('department')}</th>
                <th scope="col" className="bf-number">
                  {t('people')}
                </th>
                <th scope="col" className="bf-number">
                  {t('cases')}
                </th>
                <th scope="col">{t('asked')}</th>
                <th scope="col">{t('unauthorised')}</th>
              </tr>
            </thead>
            <tbody>
              {work.items.map((one) => (
                <tr key={one.department}>
                  <th scope="row">{one.department}</th>
                  <td className="bf-number">{one.people}</td>
                  <td className="bf-number">{one.cases}</td>
                  <td className="bf-figures">{one.askedSince ?? t('notAsked')}</td>
                  <td>{one.unauthorised === 0 ? '—' : t('unauthorisedCount', { n: one.unauthorised })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </Section>
  )
}

/** The sheet: written, pasted or read from a file, judged while it is there, noted as a whole. */
function Results({ departments }: { departments: readonly string[] }) {
  const t = useT(checkManyWords)
  const [rows, setRows] = useState<readonly CheckRow[]>(begin)
  const [department, setDepartment] = useState('')
  const [cameOn, setCameOn] = useState(today)
  const [said, setSaid] = useState('')
  const filled = useMemo(() => rows.filter(isFilled), [rows])
  const sent: SentChecks = { rows: filled.map((row) => ({ ...row })), department, cameOn }
  const judged = useQuery({
    queryKey: ['cases', 'checks', 'judged', filled, department],
    queryFn: () => ask<{ items: JudgedRow[] }>(`${list}/judge`, sent),
    enabled: filled.length > 0 && cameOn !== '',
    gcTime: 0,
    placeholderData: (before) => before,
  })
  const items = judged.data?.items ?? []
  const bad = items.filter(({ state }) => state === 'bad').length
  const take = useMutation({
    mutationFn: () => write<{ noted: number; kept: number; cases: number }>('POST', list, sent),
    onSuccess: (done) => {
      setSaid(t(done.kept > 0 ? 'doneKept' : 'done', done))
      setRows(begin)
    },
  })
  const file = useMutation({
    mutationFn: (chosen: File) => upload<{ rows: CheckRow[]; more: number }>(`${list}/sheet`, chosen),
    onSuccess: (found) => {
      setRows([...found.rows, emptyCheckRow])
      setSaid(found.more > 0 ? t('tooMany', { most: mostCheckRows, more: found.more }) : t('fileRead', { n: found.rows.length }))
    },
  })
  return (
    <Section title={t('results')}>
      <div className="bf-stack">
        <p className="bf-quiet">{t('resultsNote')}</p>
        <div className="bf-filters">
          <Field label={t('departmentOf')}>
            {(control) => (
              <select {...control} className="bf-input" value={department} onChange={(event) => setDepartment(event.target.value)}>
                <option value="">{t('byRow')}</option>
                {departments.map((one) => (
                  <option key={one} value={one}>
                    {one}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('cameOn')} isRequired>
            {(control) => (
              <input
                {...control}
                type="date"
                className="bf-input"
                max={today()}
                value={cameOn}
                onChange={(event) => setCameOn(event.target.value)}
              />
            )}
          </Field>
        </div>
        <FileDrop
          label={t('file')}
          accept=".xlsx,.xls,.csv,.txt"
          isDisabled={file.isPending}
          onFiles={([chosen]) => {
            if (chosen !== undefined) file.mutate(chosen)
          }}
        />
        <Grid rows={rows} items={items} change={setRows} />
        <BadRows rows={rows} items={items} />
        {said === '' ? null : <Notice kind="success">{said}</Notice>}
        <Problem error={take.error ?? file.error ?? judged.error} />
        {take.error instanceof ApiError && take.error.code === 'cases.check-rows-bad' ? (
          <p className="bf-problem">▲ {t('nothing')}</p>
        ) : null}
        <div className="bf-row">
          <Button
            type="primary"
            disabled={filled.length === 0 || bad > 0 || judged.data === undefined || judged.isFetching || cameOn === ''}
            loading={take.isPending}
            onClick={() => take.mutate()}
          >
            {t('save', { n: filled.length })}
          </Button>
          {filled.length > 0 ? <Button onClick={() => setRows(begin)}>{t('clear')}</Button> : null}
          {bad === 0 ? null : <span className="bf-problem">▲ {t('fix', { n: bad })}</span>}
        </div>
      </div>
    </Section>
  )
}

const isFilled = (row: CheckRow) => checkColumns.some((column) => row[column].trim() !== '')

function Grid(props: { rows: readonly CheckRow[]; items: readonly JudgedRow[]; change: (rows: readonly CheckRow[]) => void }) {
  const { rows, items, change } = props
  const t = useT(checkManyWords)
  const places = useMemo(() => placesOf(rows), [rows])
  const columns = useMemo((): SheetColumn[] => checkColumns.map((key) => ({ key, title: t(`col.${key}`), widthRem: widths[key] })), [t])
  const cell = useCallback(
    (row: number, key: string) => {
      const column = checkColumns.find((one) => one === key)
      const judged = items[places[row] ?? -1]
      if (column === undefined) return { text: '' }
      const isBad = judged?.state === 'bad' && judged.column === column
      const text = rows[row]?.[column] ?? ''
      return isBad ? { text, problem: t(problemKey(judged.problem)) } : { text }
    },
    [rows, items, places, t],
  )
  const edit = (changes: readonly CellChange[]) => change(changeRows(rows, changes))
  return (
    <SheetGrid
      label={t('results')}
      columns={columns}
      rowCount={Math.min(rows.length, mostCheckRows)}
      rowNumber={(row) => row + 1}
      cell={cell}
      onEdit={edit}
      frozen={1}
      heightRem={22}
      extras={grows}
    />
  )
}

const mostNamed = 20

/** The rows that cannot be read, by their number and name, with what is wrong. */
function BadRows({ rows, items }: { rows: readonly CheckRow[]; items: readonly JudgedRow[] }) {
  const t = useT(checkManyWords)
  const places = placesOf(rows)
  const named = rows.flatMap((row, at) => {
    const judged = items[places[at] ?? -1]
    return judged?.state === 'bad' ? [t('badRow', { n: at + 1, name: row.name, problem: t(problemKey(judged.problem)) })] : []
  })
  if (named.length === 0) return null
  return (
    <ul className="bf-problem">
      {named.slice(0, mostNamed).map((line) => (
        <li key={line}>{line}</li>
      ))}
      {named.length > mostNamed ? <li>{t('badMore', { n: named.length - mostNamed })}</li> : null}
    </ul>
  )
}

/** Which of the judged rows each row of the sheet is; empty rows are not sent. */
function placesOf(rows: readonly CheckRow[]): readonly number[] {
  let at = -1
  return rows.map((row) => (isFilled(row) ? (at += 1) : -1))
}

const problems = ['no-person', 'several', 'other-number', 'no-department', 'no-result', 'no-remark', 'twice'] as const
const problemKey = (problem = '') => `problem.${problems.find((one) => one === problem) ?? 'no-person'}` as const

function changeRows(rows: readonly CheckRow[], changes: readonly CellChange[]): CheckRow[] {
  const changed = [...rows]
  for (const { row, columnKey, text } of changes) {
    const column = checkColumns.find((one) => one === columnKey)
    if (column === undefined || row >= mostCheckRows) continue
    while (changed.length <= row) changed.push(emptyCheckRow)
    changed[row] = { ...(changed[row] ?? emptyCheckRow), [column]: text }
  }
  const last = changed[changed.length - 1]
  if (last !== undefined && isFilled(last) && changed.length < mostCheckRows) changed.push(emptyCheckRow)
  return changed
}
