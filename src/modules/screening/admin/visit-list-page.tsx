import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { download, read } from '#kernel/browser/api/index.ts'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { EmptyFace, Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { searchText, useGo, usePageSearch } from '#ui/plug/page-search.ts'
import { PrintSheet } from '#ui/print/print-sheet.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { VisitHousehold, VisitList } from '../rules/lead-records.ts'
import { leadAnswers } from '../rules/lead-states.ts'
import { sayReason } from '../rules/lead-words.ts'
import { placeOf, useMonthName, useRuleNames } from './lead-parts.tsx'
import { leadScreenWords } from './lead-screen-words.ts'
import { ScreeningStyles } from './screening-styles.tsx'
import { visitWords } from './visit-words.ts'

const listSearch = { area: searchText, month: searchText }

/** 走访清单 on paper: A4, one block per household with room for handwriting; goes to the village in somebody's bag. */
export function VisitListPage() {
  const t = useT(visitWords)
  const [{ area, month }] = usePageSearch(listSearch)
  const list = useQuery({
    queryKey: ['screening', 'visit-list', area, month],
    queryFn: () => read<VisitList>('/screening/visit-list', { area, month }),
  })
  return (
    <div className="bf-main">
      <ScreeningStyles />
      <Loaded query={list}>
        {(found) =>
          found.households.length === 0 ? (
            <EmptyFace title={t('emptyTitle')} todo={t('emptyTodo')} action={<BackButton />} />
          ) : (
            <Paper list={found} />
          )
        }
      </Loaded>
    </div>
  )
}

function BackButton() {
  const t = useT(visitWords)
  const go = useGo()
  return <Button onClick={() => go('/screening/visit-lists')}>{t('back')}</Button>
}

function Paper({ list }: { list: VisitList }) {
  const t = useT(visitWords)
  const monthName = useMonthName()
  const [isExporting, setExporting] = useState(false)
  const { township, village } = list
  const at = new Date(Date.parse(list.madeAt) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
  const actions = (
    <>
      <BackButton />
      {list.can.export ? <Button onClick={() => setExporting(true)}>{t('export')}</Button> : null}
    </>
  )
  return (
    <PrintSheet
      title={t('title', { village })}
      left={t('left', { township, village, month: monthName(list.month), n: list.households.length })}
      right={t('right', { name: list.madeBy, at })}
      actions={actions}
    >
      {list.hidden === 0 ? null : <Notice kind="warning">{t('hidden', { n: list.hidden })}</Notice>}
      {list.households.map((visit, index) => (
        <VisitBlock key={visit.leadId} visit={visit} list={list} no={index + 1} />
      ))}
      <ConfirmDialog
        isOpen={isExporting}
        title={t('export')}
        confirmText={t('export')}
        reason={{ label: t('purpose'), minLength: 4 }}
        confirm={(purpose) => download('/screening/visit-list.xlsx', { area: list.area, month: list.month, purpose })}
        close={() => setExporting(false)}
      >
        {t('exportText')}
      </ConfirmDialog>
    </PrintSheet>
  )
}

function VisitBlock({ visit, list, no }: { visit: VisitHousehold; list: VisitList; no: number }) {
  const t = useT(visitWords)
  const answers = useT(leadScreenWords)
  const language = useLanguage()
  const names = useRuleNames()
  const monthName = useMonthName()
  const { household } = visit
  const kinds = [household.householdType, household.monitorCategory].filter((kind) => kind !== '').join('、')
  return (
    <section className="screening-visit">
      <h2>
        <span>
          {t('no', { no })} {household.headName}
        </span>
        <span>{visit.dueOn === null ? '' : t('due', { day: visit.dueOn })}</span>
      </h2>
      <p>
        {placeOf(household)} · {kinds === '' ? '—' : kinds} · {t('householdNo', { no: household.householdNo })}
      </p>
      <h3>{t('members')}</h3>
      <ul>
        {visit.members.map((member) => (
          <li key={`${member.name} ${member.idMasked}`} className="bf-figures">
            {[member.name, member.relation, member.age === null ? '' : t('age', { n: member.age }), member.idMasked, member.phoneMasked]
              .filter((part) => part !== '')
              .join('　')}
          </li>
        ))}
      </ul>
      <h3>{t('why')}</h3>
      <ol>
        {visit.reasons.map((reason) => (
          <li key={`${reason.rule} ${reason.personName ?? ''} ${reason.value}`}>
            {t('from', { month: monthName(list.month), list: names.list(reason.list) })}
            {reason.personName === null ? '' : `${reason.personName}　`}
            {sayReason(reason, list.limits)[language]}
          </li>
        ))}
      </ol>
      <div className="screening-write">{t('met')}：</div>
      <div className="screening-write">{t('situation')}：</div>
      <div className="screening-write" />
      <p className="screening-boxes">
        <strong>{t('verdict')}：</strong>
        {leadAnswers.map((one) => (
          <span key={one}>□ {answers(`answer.${one}`)}</span>
        ))}
      </p>
      <div className="screening-sign">
        <div className="screening-write">{t('visitors')}：</div>
        <div className="screening-write">{t('date')}：</div>
      </div>
    </section>
  )
}
