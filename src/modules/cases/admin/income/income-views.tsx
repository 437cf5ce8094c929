import { StatusTag } from '#ui/data/status-tag.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { IncomeResult, IncomeSheet } from '../../rules/income/income-records.ts'
import { showYuan } from './income-calls.ts'
import { incomeScreenWords } from './income-screen-words.ts'

type Row = readonly [label: string, fen: number | null, look?: 'sum' | 'beside']

/** Both views of one set of lines side by side, each with its formula (ux.md D5 收支). */
export function IncomeViews({ sheet }: { sheet: IncomeSheet }) {
  const t = useT(incomeScreenWords)
  const { result, terms, lineFen } = sheet
  const { rural, civil, persons, stable, unclassified } = result
  return (
    <>
      {unclassified.length === 0 ? null : <p className="bf-problem">▲ {t('unclassified', { items: unclassified.join('、') })}</p>}
      <div className="income-views">
        <View
          title={t('rural')}
          rows={[
            ...earnedRows(rural, t),
            [t('net'), rural.net, 'sum'],
            [t('perPerson'), rural.perPerson, 'sum'],
            [t('claims'), rural.claims, 'beside'],
            [t('ownPaid'), rural.ownPaid, 'beside'],
            [t('referencePerPerson'), rural.referencePerPerson, 'beside'],
            ...notCountedRow(rural.notCounted, t('notCounted')),
          ]}
          formula={formulaOf({ earned: rural, less: [], persons, result: rural.perPerson }, t)}
        />
        <View
          title={t('civil')}
          rows={[
            ...earnedRows(civil, t),
            ...civil.deductions.map(({ item, fen }): Row => [t('deducted', { item }), -fen]),
            ...(terms.workCost === null ? [] : [[t('workCost'), -civil.workCost] satisfies Row]),
            [t('civilNet'), civil.net, 'sum'],
            [t('civilPerPerson'), civil.perPerson, 'sum'],
            ...notCountedRow(civil.notCounted, t('notCounted')),
          ]}
          formula={formulaOf(
            { earned: civil, less: [...civil.deductions.map(({ fen }) => fen), civil.workCost], persons, result: civil.perPerson },
            t,
          )}
          note={terms.workCost === null ? t('workCostUnset') : undefined}
        />
      </div>
      <p className="bf-row">
        <span>{lineFen === null ? t('noLine') : t('line', { amount: showYuan(lineFen) })}</span>
        {lineFen === null || rural.perPerson === null ? null : (
          <StatusTag level={rural.perPerson > lineFen ? 'green' : 'amber'} text={t(rural.perPerson > lineFen ? 'above' : 'notAbove')} />
        )}
        <span className="bf-quiet">
          {stable === null
            ? t('noStable', { months: terms.stableMonths })
            : t('stable', { months: stable.months, amount: showYuan(stable.yearlyPerPerson) })}
        </span>
      </p>
    </>
  )
}

type Say = ReturnType<typeof useT<typeof incomeScreenWords>>

function earnedRows(view: IncomeResult['rural'] | IncomeResult['civil'], t: Say): Row[] {
  return [
    [t('wages'), view.wages],
    [t('business'), view.business],
    [t('property'), view.property],
    [t('transfers'), view.transfers],
    [t('expenses'), -view.expenses],
  ]
}

const notCountedRow = (fen: number, label: string): Row[] => (fen === 0 ? [] : [[label, fen, 'beside']])

/** The sum as it is computed, without the parts that are 0, divided by the people. */
function formulaOf(
  given: { earned: IncomeResult['rural'] | IncomeResult['civil']; less: readonly number[]; persons: number; result: number | null },
  t: Say,
): string {
  const { earned, less, persons, result } = given
  if (result === null) return ''
  const plus = [earned.wages, earned.business, earned.property, earned.transfers].filter((fen) => fen !== 0).map(showYuan)
  const minus = [earned.expenses, ...less].filter((fen) => fen !== 0).map((fen) => ` − ${showYuan(fen)}`)
  const sum = `${plus.length === 0 ? '0.00' : plus.join(' + ')}${minus.join('')}`
  return t('formula', { sum: plus.length + minus.length > 1 ? `(${sum})` : sum, persons, result: showYuan(result) })
}

function View({ title, rows, formula, note }: { title: string; rows: readonly Row[]; formula: string; note?: string | undefined }) {
  const t = useT(incomeScreenWords)
  return (
    <div className="income-view">
      <h3>{title}</h3>
      <table aria-label={title}>
        <tbody>
          {rows.map(([label, fen, look]) => (
            <tr key={label} className={look === undefined ? '' : `income-${look}`}>
              <th scope="row">{label}</th>
              <td>{fen === null ? t('unknown') : showYuan(fen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {formula === '' ? null : <p className="income-formula bf-source bf-figures">{formula}</p>}
      {note === undefined ? null : <p className="bf-source">{note}</p>}
    </div>
  )
}
