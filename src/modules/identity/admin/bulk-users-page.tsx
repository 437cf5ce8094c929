import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import type { CellChange } from '#ui/data/sheet-moves.ts'
import { SheetGrid } from '#ui/data/sheet-grid.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useT } from '#ui/words/use-t.ts'
import type { BulkUserResult, NewAccount } from '../contract.ts'
import { changeRows, columnKeys, rowsOfPaste, toBulkRows, type DraftRow } from './bulk-rows.ts'
import { ChooseSheet } from './choose-sheet.tsx'
import { OneTimePasswords } from './one-time-passwords.tsx'
import { userWords } from './user-words.ts'

/** Accounts from a sheet: paste, mend what is refused, send again; the passwords of all are shown once at the end. */
export function BulkUsersPage() {
  const t = useT(userWords)
  const go = useGo()
  const [rows, setRows] = useState<readonly DraftRow[]>([])
  const [accounts, setAccounts] = useState<readonly NewAccount[]>([])
  const create = useMutation({
    mutationFn: async () =>
      (await write<{ results: BulkUserResult[] }>('POST', '/identity/users/bulk', { rows: toBulkRows(rows) })).results,
    onSuccess: (results) => {
      setAccounts((before) => [...before, ...results.flatMap((result) => (result.state === 'made' ? [result.account] : []))])
      setRows((before) => keepRefused(before, results))
    },
  })
  return (
    <PageFrame
      title={t('bulkTitle')}
      note={t('bulkNote')}
      actions={
        rows.length === 0 ? undefined : (
          <>
            <Button onClick={() => setRows([])}>{t('bulkClear')}</Button>
            <Button type="primary" loading={create.isPending} onClick={() => create.mutate()}>
              {t('bulkRun', { n: rows.length })}
            </Button>
          </>
        )
      }
    >
      {create.data === undefined ? null : (
        <Notice kind={rows.length === 0 ? 'success' : 'warning'}>
          {rows.length === 0 ? t('bulkAllMade', { made: accounts.length }) : t('bulkMade', { made: accounts.length, refused: rows.length })}
        </Notice>
      )}
      <Problem error={create.error} />
      {rows.length > 0 ? (
        <Section title={t('bulkRows', { n: rows.length })}>
          <DraftGrid rows={rows} onEdit={(changes) => setRows(changeRows(rows, changes))} />
        </Section>
      ) : accounts.length === 0 ? (
        <ChooseRows take={(block) => setRows(rowsOfPaste(block))} />
      ) : null}
      {accounts.length === 0 ? null : (
        <Section title={t('passwordsTitle')}>
          <OneTimePasswords accounts={accounts} done={() => go('/identity/users')} />
        </Section>
      )}
    </PageFrame>
  )
}

function ChooseRows({ take }: { take: (block: readonly (readonly string[])[]) => void }) {
  const t = useT(userWords)
  return (
    <Section>
      <ChooseSheet path="/identity/users/sheet" label={t('bulkTitle')} hint={t('bulkPasteHint')} take={take} />
    </Section>
  )
}

function DraftGrid({ rows, onEdit }: { rows: readonly DraftRow[]; onEdit: (changes: readonly CellChange[]) => void }) {
  const t = useT(userWords)
  const titles = {
    name: t('name'),
    phone: t('phone'),
    organisation: t('organisation'),
    role: t('roles'),
    area: t('area'),
    loginName: t('loginName'),
  }
  return (
    <SheetGrid
      label={t('bulkTitle')}
      columns={columnKeys.map((key) => ({ key, title: titles[key], widthRem: key === 'area' || key === 'organisation' ? 14 : 9 }))}
      rowCount={rows.length}
      rowNumber={(row) => rows[row]?.row ?? row + 1}
      cell={(row, key) => {
        const draft = rows[row]
        const column = columnKeys.find((one) => one === key)
        if (draft === undefined || column === undefined) return { text: '' }
        const reason = draft.problems[column]
        return { text: draft.cells[column], problem: reason === undefined ? undefined : t(`problem.${reason}`) }
      }}
      onEdit={onEdit}
    />
  )
}

function keepRefused(rows: readonly DraftRow[], results: readonly BulkUserResult[]): DraftRow[] {
  const problems = new Map(results.flatMap((result) => (result.state === 'refused' ? [[result.row, result.problems] as const] : [])))
  return rows.flatMap((row) => {
    const found = problems.get(row.row)
    return found === undefined ? [] : [{ ...row, problems: Object.fromEntries(found.map(({ field, reason }) => [field, reason])) }]
  })
}
