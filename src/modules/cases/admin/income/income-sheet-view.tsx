import { Button } from 'antd'
import { useState } from 'react'
import { downloadWay, ExportButton } from '#ui/data/export-button.tsx'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { uiWords } from '#ui/words/ui-words.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { IncomeSheet } from '../../rules/income/income-records.ts'
import { incomePurposes, type IncomePurpose } from '../../rules/income/income-requests.ts'
import { incomeWords } from '../../rules/income/income-words.ts'
import { calculateIncome, showYuan, useIncomeSheet } from './income-calls.ts'
import { IncomeEntry } from './income-entry-grid.tsx'
import { KeptNumbers } from './income-kept.tsx'
import { IncomeLines } from './income-lines.tsx'
import { IncomeProposals } from './income-proposals.tsx'
import { incomeScreenWords } from './income-screen-words.ts'
import { IncomeStyles } from './income-styles.tsx'
import { IncomeViews } from './income-views.tsx'

/** The income sheet of a household: both views with their formula, what offices have, the lines, quick entry, kept numbers. */
export function IncomeSheetView({ householdId }: { householdId: string }) {
  const t = useT(incomeScreenWords)
  const say = useSay()
  const [purpose, setPurpose] = useState<IncomePurpose>('identification')
  const found = useIncomeSheet(householdId, purpose)
  return (
    <div className="bf-stack">
      <IncomeStyles />
      <ChoiceChips
        label={t('purpose')}
        chosen={purpose}
        choose={setPurpose}
        choices={incomePurposes.map((key) => ({ key, label: say(incomeWords[`purpose.${key}`]) }))}
      />
      <Loaded query={found} lines={6}>
        {(sheet) => <Sheet key={purpose} sheet={sheet} />}
      </Loaded>
    </div>
  )
}

function Sheet({ sheet }: { sheet: IncomeSheet }) {
  const t = useT(incomeScreenWords)
  const ui = useT(uiWords)
  const [isEntering, setEntering] = useState(false)
  const { householdId, period, can } = sheet
  return (
    <>
      <div className="bf-row">
        <span className="bf-figures">{t('period', period)}</span>
        <span className="bf-spring" />
        {can.export ? (
          <ExportButton
            ways={[
              downloadWay({
                key: 'income',
                label: t('export'),
                note: ui('exportAll'),
                path: `/cases/income-sheets/${householdId}/export`,
                query: {},
              }),
            ]}
          />
        ) : null}
      </div>
      <IncomeViews sheet={sheet} />
      {can.edit ? <Compute sheet={sheet} /> : null}
      {can.edit ? <IncomeProposals sheet={sheet} /> : null}
      <div className="income-part">
        <div className="bf-row">
          <h3>{t('lines')}</h3>
          <span className="bf-spring" />
          {can.edit && !isEntering ? <Button onClick={() => setEntering(true)}>{t('enter')}</Button> : null}
        </div>
        {isEntering ? <IncomeEntry sheet={sheet} close={() => setEntering(false)} /> : null}
        <IncomeLines sheet={sheet} />
      </div>
      <KeptNumbers calculations={sheet.calculations} />
    </>
  )
}

/** Who shares income and spending, and the button that keeps the number. */
function Compute({ sheet }: { sheet: IncomeSheet }) {
  const t = useT(incomeScreenWords)
  const { householdId, members, purpose } = sheet
  const [leftOut, setLeftOut] = useState<readonly string[]>(sheet.leftOut)
  const [error, setError] = useState<unknown>()
  const [said, setSaid] = useState('')
  const [isBusy, setBusy] = useState(false)
  const persons = members.map(({ personId }) => personId).filter((id) => !leftOut.includes(id))
  const compute = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const kept = await calculateIncome(householdId, { purpose, persons })
      setSaid(kept.perPersonFen === null ? t('unknown') : t('computed', { amount: showYuan(kept.perPersonFen) }))
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  return (
    <div className="bf-stack">
      <fieldset className="bf-choices">
        <legend>{t('sharing')}</legend>
        <div className="income-members">
          {members.map(({ personId, name, relation }) => (
            <label key={personId}>
              <input
                type="checkbox"
                checked={!leftOut.includes(personId)}
                onChange={(event) => setLeftOut(event.target.checked ? leftOut.filter((id) => id !== personId) : [...leftOut, personId])}
              />
              {relation === null ? name : `${name}（${relation}）`}
            </label>
          ))}
        </div>
      </fieldset>
      {said === '' ? null : <Notice kind="success">{said}</Notice>}
      <Problem error={error} />
      <div className="bf-row">
        <Button type="primary" disabled={persons.length === 0} loading={isBusy} onClick={() => void compute() /* shows its own refusal */}>
          {t('compute')}
        </Button>
      </div>
    </div>
  )
}
