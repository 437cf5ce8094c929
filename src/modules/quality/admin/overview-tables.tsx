import { Button } from 'antd'
import { useState } from 'react'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { Severity } from '../contract.ts'
import { severities } from '../rules/count-work.ts'
import type { Overview, PlaceWork, WorkCount } from '../rules/worklist-records.ts'
import { severityWords } from '../rules/worklist-words.ts'
import { ExportDialog } from './export-dialog.tsx'
import { SeverityTag, useRuleTexts } from './finding-parts.tsx'
import { qualityWords } from './quality-words.ts'
import { SendFindingsDialog } from './send-dialog.tsx'

const stateColumns = ['sent', 'overdue', 'answered'] as const

/** Places × severity; a township leads to its villages, a number to its findings. */
export function PlaceTable({ found }: { found: Overview }) {
  const t = useT(qualityWords)
  const say = useSay()
  const [exporting, setExporting] = useState<PlaceWork>()
  const [sending, setSending] = useState<PlaceWork>()
  const { places, under, can } = found
  const isVillages = places[0]?.level === 'village'
  return (
    <>
      {under === null || !isVillages ? null : (
        <p>
          {can.run ? (
            <PageLink to="/quality" search={{}}>
              {t('wholeCounty')}
            </PageLink>
          ) : null}{' '}
          {can.run ? '/ ' : ''}
          <strong>{under.name}</strong>
        </p>
      )}
      <ScrollBox>
        <table className="bf-table" aria-label={t('byPlace')}>
          <thead>
            <tr>
              <th scope="col" className="quality-name">
                {t(isVillages ? 'village' : 'township')}
              </th>
              {severities.map((severity) => (
                <th key={severity} scope="col" className="bf-number">
                  {say(severityWords[severity])}
                </th>
              ))}
              <th scope="col" className="bf-number">
                {t('total')}
              </th>
              {stateColumns.map((column) => (
                <th key={column} scope="col" className="bf-number quality-minor">
                  {t(`count.${column}`)}
                </th>
              ))}
              {isVillages && (can.send || can.export) ? <th scope="col">{t('action')}</th> : null}
            </tr>
          </thead>
          <tbody>
            {places.map((place) => (
              <PlaceRow key={place.path} place={place} can={can} send={() => setSending(place)} toPaper={() => setExporting(place)} />
            ))}
          </tbody>
          {places.length < 2 ? null : (
            <tfoot>
              <tr className="quality-sum">
                <th scope="row">{t('sum')}</th>
                <Figures count={found.sum} search={under === null ? {} : { under: under.path }} />
                {isVillages && (can.send || can.export) ? <td>—</td> : null}
              </tr>
            </tfoot>
          )}
        </table>
      </ScrollBox>
      {exporting === undefined ? null : <ExportDialog place={exporting} close={() => setExporting(undefined)} />}
      {sending === undefined ? null : (
        <SendFindingsDialog choice={{ filter: { under: sending.path } }} sent={() => undefined} close={() => setSending(undefined)} />
      )}
    </>
  )
}

interface PlaceRowProps {
  place: PlaceWork
  can: Overview['can']
  send: () => void
  toPaper: () => void
}

function PlaceRow({ place, can, send, toPaper }: PlaceRowProps) {
  const t = useT(qualityWords)
  const { name, path, level } = place
  const isVillage = level === 'village'
  return (
    <tr>
      <td className="quality-name">
        <PageLink to={isVillage ? '/quality/findings' : '/quality'} search={isVillage ? { view: 'todo', under: path } : { under: path }}>
          {name}
        </PageLink>
      </td>
      <Figures count={place} search={{ under: path }} />
      {isVillage && (can.send || can.export) ? (
        <td>
          <span className="bf-row">
            {can.send ? (
              <Button size="small" disabled={place.total === 0} aria-label={t('sendOf', { name })} onClick={send}>
                {t('sendVillage')}
              </Button>
            ) : null}
            {can.export ? (
              <Button size="small" disabled={place.total === 0} aria-label={t('exportOf', { name })} onClick={toPaper}>
                {t('export')}
              </Button>
            ) : null}
          </span>
        </td>
      ) : null}
    </tr>
  )
}

/** The numbers of a row; each one leads to its findings, 0 to none. */
function Figures({ count, search }: { count: WorkCount; search: Readonly<Record<string, string>> }) {
  const link = (value: number, view: string, severity?: Severity) =>
    value === 0 ? (
      '0'
    ) : (
      <PageLink to="/quality/findings" search={{ view, ...search, ...(severity === undefined ? {} : { severity }) }}>
        {value.toLocaleString('en')}
      </PageLink>
    )
  return (
    <>
      {severities.map((severity) => (
        <td key={severity} className="bf-number">
          {link(count.bySeverity[severity], 'todo', severity)}
        </td>
      ))}
      <td className="bf-number">{link(count.total, 'todo')}</td>
      {stateColumns.map((column) => (
        <td key={column} className="bf-number quality-minor">
          {column === 'overdue' && count.overdue > 0 ? '▲ ' : ''}
          {link(count[column], column)}
        </td>
      ))}
    </>
  )
}

const firstRules = 12

/** Rules with most findings first. */
export function RuleTable({ found }: { found: Overview }) {
  const t = useT(qualityWords)
  const texts = useRuleTexts()
  const [isWhole, setWhole] = useState(false)
  const { rules, under } = found
  const place = under === null ? {} : { under: under.path }
  const severityOf = (bySeverity: WorkCount['bySeverity']) => severities.find((severity) => bySeverity[severity] > 0) ?? 'info'
  return (
    <>
      <ScrollBox>
        <table className="bf-table" aria-label={t('byRule')}>
          <thead>
            <tr>
              <th scope="col" className="quality-rule-name">
                {t('rule')}
              </th>
              <th scope="col">{t('severity')}</th>
              <th scope="col" className="bf-number">
                {t('total')}
              </th>
              {stateColumns.map((column) => (
                <th key={column} scope="col" className="bf-number quality-minor">
                  {t(`count.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rules.slice(0, isWhole ? rules.length : firstRules).map((one) => (
              <tr key={one.rule}>
                <td className="quality-rule-name">
                  <PageLink to="/quality/findings" search={{ view: 'todo', rule: one.rule, ...place }}>
                    {one.rule} {texts.text(one.rule)}
                  </PageLink>
                </td>
                <td>
                  <SeverityTag severity={severityOf(one.bySeverity)} />
                </td>
                <td className="bf-number">{one.total.toLocaleString('en')}</td>
                {stateColumns.map((column) => (
                  <td key={column} className="bf-number quality-minor">
                    {one[column].toLocaleString('en')}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {rules.length <= firstRules || isWhole ? null : (
        <p>
          <button type="button" className="bf-link" onClick={() => setWhole(true)}>
            {t('showAll', { n: rules.length })}
          </button>
        </p>
      )}
    </>
  )
}
