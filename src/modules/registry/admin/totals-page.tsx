import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { read } from '#kernel/browser/api/index.ts'
import { useAreas } from '#modules/identity/admin/index.ts'
import { ListExport } from '#ui/data/export-button.tsx'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { EmptyFace, Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { Totals, TotalsRow } from '../contract.ts'
import { villageWords } from './village-words.ts'

const groups = [
  { key: 'allHouseholds', of: ['households', 'persons'] },
  { key: 'registered', of: ['registeredHouseholds', 'registeredPersons'] },
  { key: 'exited', of: ['exitedHouseholds', 'exitedPersons'] },
  { key: 'notExited', of: ['notExitedHouseholds', 'notExitedPersons'] },
] as const

/** Totals by township that must balance (M-004); each township leads to its households. */
export function TotalsPage() {
  const t = useT(villageWords)
  const totals = useQuery({ queryKey: ['registry', 'totals'], queryFn: () => read<Totals>('/registry/totals') })
  return (
    <PageFrame
      title={t('totalsTitle')}
      note={t('totalsNote')}
      extra={<ListExport needs="registry.household:export" lists={[{ label: t('totalsTitle'), path: '/registry/totals/export' }]} />}
    >
      <Loaded query={totals}>
        {({ rows, sum, balances }) =>
          rows.length === 0 ? (
            <EmptyFace todo={t('totalsEmpty')} />
          ) : (
            <>
              <Notice kind={balances ? 'success' : 'error'}>{t(balances ? 'allBalance' : 'someDiffer')}</Notice>
              <Section>
                <TotalsTable rows={rows} sum={sum} />
              </Section>
            </>
          )
        }
      </Loaded>
    </PageFrame>
  )
}

function TotalsTable({ rows, sum }: { rows: readonly TotalsRow[]; sum: TotalsRow }) {
  const t = useT(villageWords)
  const areas = useAreas('township')
  const pathOf = (name: string) => areas.data?.find((area) => area.level === 'township' && area.name === name)?.path
  return (
    <ScrollBox>
      <table className="bf-table">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {t('township')}
            </th>
            {groups.map(({ key }) => (
              <th key={key} scope="colgroup" colSpan={2} className="bf-number">
                {t(key)}
              </th>
            ))}
            <th scope="col" rowSpan={2}>
              {t('check')}
            </th>
          </tr>
          <tr>
            {groups.flatMap(({ of }) =>
              of.map((column, index) => (
                <th key={column} scope="col" className="bf-number">
                  {t(index === 0 ? 'unitHouseholds' : 'unitPersons')}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const path = pathOf(row.township)
            const name =
              path === undefined ? (
                row.township
              ) : (
                <PageLink to="/registry/households" search={{ under: path }}>
                  {row.township}
                </PageLink>
              )
            return <TotalsLine key={row.township} name={name} row={row} />
          })}
          <TotalsLine name={t('sum')} row={sum} />
        </tbody>
      </table>
    </ScrollBox>
  )
}

function TotalsLine({ name, row }: { name: ReactNode; row: TotalsRow }) {
  const t = useT(villageWords)
  return (
    <tr>
      <th scope="row">{name}</th>
      {groups.flatMap(({ of }) =>
        of.map((column) => (
          <td key={column} className="bf-number">
            {row[column].toLocaleString('en')}
          </td>
        )),
      )}
      <td>
        <StatusTag level={row.balances ? 'green' : 'red'} text={t(row.balances ? 'balances' : 'differs')} />
      </td>
    </tr>
  )
}
