import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { ListExport } from '#ui/data/export-button.tsx'
import { EmptyFace, Notice, Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { FileDrop } from '#ui/forms/file-drop.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useCaller, useMay } from '#ui/plug/caller.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ImportedAuthorisations } from '../rules/compare-records.ts'
import { authorisationsKey, importAuthorisations, useAuthorisations } from './authorisation-calls.ts'
import { AuthorisationTable } from './authorisation-table.tsx'
import { authorisationWords } from './authorisation-words.ts'
import { demandsKey } from './compare-calls.ts'
import { Demands } from './demands.tsx'

/** 授权书: which lists demand one, what is noted, and a sheet of them. */
export function AuthorisationsPage() {
  const t = useT(authorisationWords)
  const { isCountyWide } = useCaller()
  const isCounty = useMay('screening.run:read') && isCountyWide
  const mayNote = useMay('screening.authorisation:note')
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      extra={<ListExport needs="screening.authorisation:note" lists={[{ label: t('all'), path: '/screening/authorisations/export' }]} />}
    >
      {mayNote ? <FromSheet /> : null}
      <Section title={t('all')}>
        <Noted />
      </Section>
      {isCounty ? <Demands /> : null}
    </PageFrame>
  )
}

function Noted() {
  const t = useT(authorisationWords)
  const [after, setAfter] = useState<string>()
  const found = useAuthorisations(after === undefined ? {} : { after })
  return (
    <Loaded query={found}>
      {({ items, next }) =>
        items.length === 0 ? (
          <EmptyFace todo={t('empty')} />
        ) : (
          <>
            <AuthorisationTable items={items} withHousehold />
            {next === undefined ? null : <Button onClick={() => setAfter(next)}>{t('more')}</Button>}
          </>
        )
      }
    </Loaded>
  )
}

function FromSheet() {
  const t = useT(authorisationWords)
  const queries = useQueryClient()
  const send = useMutation({
    mutationFn: importAuthorisations,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: authorisationsKey })
      await queries.invalidateQueries({ queryKey: demandsKey })
    },
  })
  return (
    <Section title={t('import')}>
      <p className="bf-quiet">{t('importNote')}</p>
      <FileDrop
        label={t('import')}
        accept=".xlsx,.xls,.csv,.txt"
        isDisabled={send.isPending}
        onFiles={([file]) => {
          if (file !== undefined) send.mutate(file)
        }}
      />
      <Problem error={send.error} />
      {send.data === undefined ? null : <Imported result={send.data} />}
    </Section>
  )
}

function Imported({ result }: { result: ImportedAuthorisations }) {
  const t = useT(authorisationWords)
  const { added, known, refused } = result
  return (
    <>
      <Notice kind={refused.length === 0 ? 'success' : 'warning'}>{t('imported', { added, known, refused: refused.length })}</Notice>
      {refused.length === 0 ? null : (
        <ul>
          {refused.slice(0, 50).map((one) => (
            <li key={`${one.sheet} ${one.row}`}>
              {t('refusedRow', { sheet: one.sheet === '' ? '' : `${one.sheet} `, row: one.row, why: t(`problem.${one.reason}`) })}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
