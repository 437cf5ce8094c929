import { Button } from 'antd'
import { useState } from 'react'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { IncomeProposal, IncomeSheet } from '../../rules/income/income-records.ts'
import { incomeWords } from '../../rules/income/income-words.ts'
import { showYuan, takeOverIncome } from './income-calls.ts'
import { showMonths } from './income-lines.tsx'
import { incomeScreenWords } from './income-screen-words.ts'

/** What lists and the register have, chosen beforehand where nothing speaks against it; one click takes it over. */
export function IncomeProposals({ sheet }: { sheet: IncomeSheet }) {
  const t = useT(incomeScreenWords)
  const open = sheet.proposals.filter(({ state }) => state !== 'taken')
  const [unchosen, setUnchosen] = useState<ReadonlySet<string>>()
  const [error, setError] = useState<unknown>()
  const [said, setSaid] = useState('')
  const [isBusy, setBusy] = useState(false)
  const left = unchosen ?? new Set(open.filter(({ overlaps }) => overlaps).map(({ ref }) => ref))
  const refs = open.map(({ ref }) => ref).filter((ref) => !left.has(ref))
  const take = async () => {
    setBusy(true)
    setError(undefined)
    try {
      setSaid(t('taken', await takeOverIncome(sheet.householdId, { refs })))
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  const choose = ({ ref }: IncomeProposal, isChosen: boolean) => {
    const next = new Set(left)
    if (isChosen) next.delete(ref)
    else next.add(ref)
    setUnchosen(next)
  }
  if (open.length === 0) return said === '' ? null : <Notice kind="success">{said}</Notice>
  return (
    <div className="income-part">
      <h3>{t('proposals')}</h3>
      <p className="bf-quiet">{t('proposalsNote')}</p>
      <ScrollBox>
        <table className="bf-table income-lines" aria-label={t('proposals')}>
          <thead>
            <tr>
              <th scope="col">{t('choose')}</th>
              <th scope="col">{t('item')}</th>
              <th scope="col">{t('months')}</th>
              <th scope="col" className="bf-number">
                {t('amount')}
              </th>
              <th scope="col">{t('source')}</th>
            </tr>
          </thead>
          <tbody>
            {open.map((one) => (
              <ProposalRow key={one.ref} one={one} isChosen={!left.has(one.ref)} choose={(isChosen) => choose(one, isChosen)} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {said === '' ? null : <Notice kind="success">{said}</Notice>}
      <Problem error={error} />
      <div className="bf-row">
        <Button disabled={refs.length === 0} loading={isBusy} onClick={() => void take() /* shows its own refusal */}>
          {t('takeOver', { n: refs.length })}
        </Button>
      </div>
    </div>
  )
}

function ProposalRow({ one, isChosen, choose }: { one: IncomeProposal; isChosen: boolean; choose: (isChosen: boolean) => void }) {
  const t = useT(incomeScreenWords)
  const say = useSay()
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={`${t('choose')} ${one.item} ${showMonths(one)}`}
          checked={isChosen}
          onChange={(event) => choose(event.target.checked)}
        />
      </td>
      <th scope="row">
        {one.item}
        {one.overlaps ? <span className="bf-source">◆ {t('overlaps')}</span> : null}
        {one.state === 'changed' ? <span className="bf-source">◆ {t('changed')}</span> : null}
      </th>
      <td className="bf-figures">{showMonths(one)}</td>
      <td className="bf-number">{showYuan(one.fen)}</td>
      <td>
        {say(incomeWords[`source.${one.source}`])}
        <span className="bf-source">{one.note}</span>
      </td>
    </tr>
  )
}
