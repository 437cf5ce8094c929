import { useQuery } from '@tanstack/react-query'
import { askFile, read } from '#kernel/browser/api/index.ts'
import { ExportButton, type ExportWay } from '#ui/data/export-button.tsx'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { EmptyFace } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { DueItem, DueLedger, DueWork } from '../rules/records.ts'
import { pages } from './ledger-calls.ts'
import { dueWords } from './list-due-words.ts'

/** What is late or due within a week in all ledgers: figures that lead to the filtered list, and the records by day. */
export function DuePage() {
  const t = useT(dueWords)
  const found = useQuery({ queryKey: ['ledgers', 'due'], queryFn: () => read<DueWork>(ledgerPaths.due) })
  const mayExport = useMay('ledgers.record:export')
  const way: ExportWay = {
    key: 'due',
    label: t('title'),
    note: t('exportNote'),
    run: (terms) => askFile(`${ledgerPaths.due}/export`, terms),
  }
  return (
    <PageFrame
      title={t('title')}
      note={t('note')}
      extra={
        mayExport ? (
          <>
            <span className="bf-spring" />
            <ExportButton ways={[way]} />
          </>
        ) : null
      }
    >
      <Loaded query={found}>
        {({ ledgers, items, isCut }) =>
          ledgers.length === 0 ? (
            <EmptyFace todo={t('nothing')} />
          ) : (
            <div className="bf-stack">
              <ByLedger ledgers={ledgers} />
              <ByDay ledgers={ledgers} items={items} />
              {isCut ? <p className="bf-muted">{t('cut')}</p> : null}
            </div>
          )
        }
      </Loaded>
    </PageFrame>
  )
}

function ByLedger({ ledgers }: { ledgers: readonly DueLedger[] }) {
  const t = useT(dueWords)
  const language = useLanguage()
  const figure = (ledger: DueLedger, due: 'overdue' | 'within-week', count: number) =>
    count === 0 ? (
      '—'
    ) : (
      <PageLink to={pages.book(ledger.templateKey)} search={{ due }}>
        {count.toLocaleString('en')}
      </PageLink>
    )
  return (
    <ScrollBox>
      <table className="bf-table" aria-label={t('byLedger')}>
        <thead>
          <tr>
            <th scope="col">{t('ledger')}</th>
            <th scope="col" className="bf-number">
              {t('overdue')}
            </th>
            <th scope="col" className="bf-number">
              {t('soon')}
            </th>
          </tr>
        </thead>
        <tbody>
          {ledgers.map((ledger) => (
            <tr key={ledger.templateKey}>
              <td>{ledger.name[language]}</td>
              <td className="bf-number">{figure(ledger, 'overdue', ledger.overdue)}</td>
              <td className="bf-number">{figure(ledger, 'within-week', ledger.soon)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function ByDay({ ledgers, items }: { ledgers: readonly DueLedger[]; items: readonly DueItem[] }) {
  const t = useT(dueWords)
  const language = useLanguage()
  const nameOf = new Map(ledgers.map((ledger) => [ledger.templateKey, ledger.name[language]]))
  return (
    <ScrollBox>
      <table className="bf-table" aria-label={t('byRecord')}>
        <thead>
          <tr>
            {(['dueOn', 'record', 'ledger', 'place', 'state'] as const).map((key) => (
              <th key={key} scope="col">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.recordId}>
              <td className="bf-figures">
                {item.dueOn} {item.isOverdue ? <StatusTag level="red" text={t('overdue')} /> : null}
              </td>
              <td>
                <PageLink to={pages.record(item.templateKey, item.recordId)}>
                  {item.title === '' ? (item.recordNo ?? '—') : item.title}
                </PageLink>
              </td>
              <td>{nameOf.get(item.templateKey) ?? item.templateKey}</td>
              <td>{item.areaName}</td>
              <td>{item.stateName[language]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
