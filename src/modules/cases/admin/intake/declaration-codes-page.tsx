import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { useAreas } from '#modules/identity/admin/index.ts'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { EmptyFace, Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { VillageCode } from '../../rules/intake/intake-records.ts'
import { loadVillageCodes, localMoment } from './intake-queries.ts'
import { intakeScreenWords } from './intake-screen-words.ts'

/** 申报二维码: the code of each village for the public page, its telephone and poster. */
export function DeclarationCodesPage() {
  const t = useT(intakeScreenWords)
  const queries = useQueryClient()
  const codes = useQuery({ queryKey: ['cases', 'village-codes'], queryFn: loadVillageCodes })
  const areas = useAreas().data ?? []
  const mayReplace = useMay('cases.village-code:replace')
  const [error, setError] = useState<unknown>()
  const [asked, setAsked] = useState<{ what: 'replace' | 'phone'; row: VillageCode }>()
  const top = areas.find((area) => area.level === 'county' || area.level === 'township' || area.level === 'village')?.path ?? ''
  const without = codes.data?.items.filter((row) => row.code === null) ?? []
  const again = () => queries.invalidateQueries({ queryKey: ['cases', 'village-codes'] })
  const make = () => {
    setError(undefined)
    write('POST', '/cases/village-codes', { areaPath: top }).then(again).catch(setError)
  }
  return (
    <PageFrame
      title={t('codesTitle')}
      note={t('codesNote')}
      extra={
        <>
          <span className="bf-spring" />
          {top === '' ? null : (
            <PageLink to="/cases/village-codes/posters" search={{ area: top }}>
              {t('codePosters')}
            </PageLink>
          )}
          {mayReplace && without.length > 0 ? (
            <Button type="primary" onClick={make}>
              {t('codeMake', { n: without.length })}
            </Button>
          ) : null}
        </>
      }
    >
      <Problem error={error} />
      <Loaded query={codes}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyFace todo={t('codesEmpty')} />
          ) : (
            <CodeTable rows={items} mayReplace={mayReplace} ask={(what, row) => setAsked({ what, row })} />
          )
        }
      </Loaded>
      {asked === undefined ? null : <AskedDialog {...asked} close={() => setAsked(undefined)} done={again} />}
    </PageFrame>
  )
}

function CodeTable(props: {
  rows: readonly VillageCode[]
  mayReplace: boolean
  ask: (what: 'replace' | 'phone', row: VillageCode) => void
}) {
  const t = useT(intakeScreenWords)
  return (
    <div className="bf-list bf-scroll">
      <table className="bf-table" aria-label={t('codesLabel')}>
        <thead>
          <tr>
            <th scope="col">{t('place')}</th>
            <th scope="col">{t('codePhone')}</th>
            <th scope="col">{t('codeMade')}</th>
            <th scope="col">{t('codeActs')}</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.areaPath}>
              <td>
                {row.village}
                <span className="bf-source">{row.township}</span>
              </td>
              <td className="bf-figures">{row.phone ?? '—'}</td>
              <td className="bf-figures">
                {row.madeAt === null ? t('codeNone') : localMoment(row.madeAt)}
                <span className="bf-source">{row.madeName}</span>
              </td>
              <td>
                {row.code === null ? (
                  '—'
                ) : (
                  <span className="bf-row">
                    <PageLink to="/cases/village-codes/posters" search={{ area: row.areaPath }}>
                      {t('codePoster')}
                    </PageLink>
                    {props.mayReplace ? (
                      <>
                        <Button size="small" aria-label={`${t('codeSetPhone')} ${row.village}`} onClick={() => props.ask('phone', row)}>
                          {t('codeSetPhone')}
                        </Button>
                        <Button size="small" aria-label={`${t('codeReplace')} ${row.village}`} onClick={() => props.ask('replace', row)}>
                          {t('codeReplace')}
                        </Button>
                      </>
                    ) : null}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function AskedDialog(props: { what: 'replace' | 'phone'; row: VillageCode; close: () => void; done: () => Promise<void> }) {
  const t = useT(intakeScreenWords)
  const { what, row, close, done } = props
  const { areaPath } = row
  const isReplace = what === 'replace'
  const confirm = async (text: string) => {
    if (isReplace) await write('POST', '/cases/village-codes/replace', { areaPath, reason: text })
    else await write('PUT', '/cases/village-codes/phone', { areaPath, ...(text === '' ? {} : { phone: text }) })
    await done()
  }
  const title = `${t(isReplace ? 'codeReplace' : 'codeSetPhone')} · ${row.village}`
  return (
    <ConfirmDialog
      isOpen
      title={title}
      confirmText={t(isReplace ? 'codeReplace' : 'codeSetPhone')}
      reason={isReplace ? { label: t('codeReplaceReason'), minLength: 2 } : { label: t('codePhone'), minLength: 0 }}
      confirm={confirm}
      close={close}
    >
      {t(isReplace ? 'codeReplaceText' : 'codePhoneHint')}
    </ConfirmDialog>
  )
}
