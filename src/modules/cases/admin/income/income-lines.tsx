import { Button } from 'antd'
import { useState } from 'react'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import { isOverlapping, monthsOfDays } from '../../rules/income/income-months.ts'
import type { IncomeLine, IncomeSheet } from '../../rules/income/income-records.ts'
import { incomeWords } from '../../rules/income/income-words.ts'
import { showMoment } from '../case-parts.tsx'
import { showYuan, withdrawIncomeLine } from './income-calls.ts'
import { incomeScreenWords } from './income-screen-words.ts'

/** The lines that hold, then on demand those that were withdrawn. */
export function IncomeLines({ sheet }: { sheet: IncomeSheet }) {
  const t = useT(incomeScreenWords)
  const [asked, setAsked] = useState<IncomeLine>()
  const held = sheet.lines.filter(({ withdrawn }) => withdrawn === null)
  const gone = sheet.lines.filter(({ withdrawn }) => withdrawn !== null)
  return (
    <>
      {held.length === 0 ? <p className="bf-quiet">{t('noLines')}</p> : <LineTable sheet={sheet} lines={held} ask={setAsked} />}
      {gone.length === 0 ? null : (
        <details>
          <summary>{t('showWithdrawn', { n: gone.length })}</summary>
          <LineTable sheet={sheet} lines={gone} ask={setAsked} />
        </details>
      )}
      {asked === undefined ? null : (
        <ConfirmDialog
          isOpen
          isDangerous
          title={t('withdrawTitle')}
          confirmText={t('withdraw')}
          reason={{ label: t('reason'), minLength: 2 }}
          confirm={async (reason) => void (await withdrawIncomeLine(asked.lineId, { reason }))}
          close={() => setAsked(undefined)}
        >
          {t('withdrawNote', { item: asked.item, amount: showYuan(asked.fen) })}
        </ConfirmDialog>
      )}
    </>
  )
}

function LineTable({ sheet, lines, ask }: { sheet: IncomeSheet; lines: readonly IncomeLine[]; ask: (line: IncomeLine) => void }) {
  const t = useT(incomeScreenWords)
  const say = useSay()
  const names = new Map(sheet.members.map(({ personId, name }) => [personId, name]))
  const items = new Map(sheet.items.map((one) => [one.item, one]))
  const period = monthsOfDays(sheet.period)
  const isOutside = ({ monthFrom, monthTo }: IncomeLine) => !isOverlapping(period, { from: monthFrom, to: monthTo })
  return (
    <ScrollBox>
      <table className="bf-table income-lines" aria-label={t('lines')}>
        <thead>
          <tr>
            <th scope="col">{t('item')}</th>
            <th scope="col">{t('member')}</th>
            <th scope="col">{t('months')}</th>
            <th scope="col" className="bf-number">
              {t('amount')}
            </th>
            <th scope="col">{t('source')}</th>
            <th scope="col">{t('noted')}</th>
            <th scope="col" aria-label={t('withdraw')} />
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const rule = items.get(line.item)
            return (
              <tr key={line.lineId} className={line.withdrawn === null ? '' : 'income-withdrawn'}>
                <th scope="row">
                  {line.item}
                  <span className="bf-source">
                    {[rule?.incomeClass, rule?.isCounted === false ? t('notIncluded') : undefined].filter(Boolean).join(' · ')}
                  </span>
                </th>
                <td>{line.personId === null ? t('whole') : (names.get(line.personId) ?? t('gone'))}</td>
                <td className="bf-figures">
                  {showMonths(line)}
                  {isOutside(line) ? <span className="bf-source">{t('outside')}</span> : null}
                </td>
                <td className="bf-number">{showYuan(line.fen)}</td>
                <td>
                  {say(incomeWords[`source.${line.source}`])}
                  {line.sourceNote === '' ? null : <span className="bf-source">{line.sourceNote}</span>}
                </td>
                <td className="income-reason">
                  {line.notedName}
                  <span className="bf-source bf-figures">{showMoment(line.notedAt).slice(0, 10)}</span>
                  {line.withdrawn === null ? null : <span className="bf-source">{t('withdrawn', { reason: line.withdrawn.reason })}</span>}
                </td>
                <td>
                  {line.withdrawn === null && sheet.can.edit ? (
                    <Button size="small" onClick={() => ask(line)} aria-label={`${t('withdraw')} ${line.item} ${showMonths(line)}`}>
                      {t('withdraw')}
                    </Button>
                  ) : null}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollBox>
  )
}

const dashed = (month: string) => `${month.slice(0, 4)}-${month.slice(4)}`

/** `2023-01`, or `2023-01～2023-06` for a range. */
export function showMonths({ monthFrom, monthTo }: { monthFrom: string; monthTo: string }): string {
  return monthFrom === monthTo ? dashed(monthFrom) : `${dashed(monthFrom)}～${dashed(monthTo)}`
}
