import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ImportBatch, ImportTotals, Totals, TotalsRow } from '../contract.ts'
import { useTotals } from './import-calls.ts'
import { importScreenWords } from './import-screen-words.ts'
import { showCount } from './import-show.ts'
import { importStateWords } from './import-state-words.ts'

type Moved = Pick<ImportTotals, 'before' | 'added' | 'removed'> & { after: { households: number; persons: number } }

/** The totals before and after: measured once the batch is applied, else expected from the register as it stands. */
export function ImportBalance({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const { totals } = batch
  if (totals === undefined) return batch.state === 'staged' ? <Expected batch={batch} /> : null
  return (
    <>
      <Section title={t('balance')}>
        <MovedTable moved={{ ...totals, after: totals.after.sum }} />
        <Notice kind={totals.balances ? 'success' : 'error'}>{t(totals.balances ? 'balances' : 'unbalanced')}</Notice>
      </Section>
      <Section title={t('byTownship')}>
        <TownshipTable totals={totals.after} />
      </Section>
    </>
  )
}

function Expected({ batch }: { batch: ImportBatch }) {
  const t = useT(importScreenWords)
  const totals = useTotals()
  const added = { households: batch.differences.household?.new ?? 0, persons: batch.differences.person?.new ?? 0 }
  return (
    <Section title={t('balance')}>
      <Loaded query={totals} lines={2}>
        {({ sum }) => {
          const after = { households: sum.households + added.households, persons: sum.persons + added.persons }
          return <MovedTable moved={{ before: sum, added, removed: { households: 0, persons: 0 }, after }} />
        }}
      </Loaded>
    </Section>
  )
}

function MovedTable({ moved }: { moved: Moved }) {
  const t = useT(importScreenWords)
  const say = useT(importStateWords)
  const columns = [
    ['balanceBefore', moved.before],
    ['balanceAdded', moved.added],
    ['balanceRemoved', moved.removed],
    ['balanceAfter', moved.after],
  ] as const
  return (
    <ScrollBox>
      <table className="bf-table" aria-label={t('balance')}>
        <thead>
          <tr>
            <th scope="col">{t('entity')}</th>
            {columns.map(([key]) => (
              <th key={key} scope="col" className="bf-number">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(['household', 'person'] as const).map((entity) => (
            <tr key={entity}>
              <th scope="row">{say(`entity.${entity}`)}</th>
              {columns.map(([key, counts]) => (
                <td key={key} className="bf-number">
                  {showCount(entity === 'household' ? counts.households : counts.persons)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

/** Households and persons by township; registered = exited + not exited must hold in each (M-004). */
function TownshipTable({ totals }: { totals: Totals }) {
  const t = useT(importScreenWords)
  const cells = (row: TotalsRow) => [
    [row.households, row.persons],
    [row.registeredHouseholds, row.registeredPersons],
    [row.exitedHouseholds, row.exitedPersons],
    [row.notExitedHouseholds, row.notExitedPersons],
  ]
  const heads = ['all', 'registered', 'exited', 'notExited'] as const
  return (
    <ScrollBox>
      <table className="bf-table" aria-label={t('byTownship')}>
        <thead>
          <tr>
            <th scope="col">{t('township')}</th>
            {heads.map((head) => (
              <th key={head} scope="col" className="bf-number">
                {t(head)}
              </th>
            ))}
            <th scope="col">{t('balance')}</th>
          </tr>
        </thead>
        <tbody>
          {[...totals.rows, { ...totals.sum, township: t('total') }].map((row) => (
            <tr key={row.township}>
              <th scope="row">{row.township}</th>
              {cells(row).map(([households, persons], index) => (
                <td key={heads[index]} className="bf-number">
                  {showCount(households)} / {showCount(persons)}
                </td>
              ))}
              <td>
                <StatusTag level={row.balances ? 'green' : 'red'} text={t(row.balances ? 'isBalanced' : 'isNotBalanced')} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
