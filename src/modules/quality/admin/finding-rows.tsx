import { ChooseAllHead, ChooseCell } from '#ui/data/choose-rows.tsx'
import { useCaller, useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { FindingCard } from '../rules/worklist-records.ts'
import { FindingStateTags, nameOf, placeOf, SeverityTag, useRuleTexts } from './finding-parts.tsx'
import { qualityWords } from './quality-words.ts'

interface FindingRowsProps {
  findings: readonly FindingCard[]
  /** Index of the row under the keyboard. */
  current: number
  open: (index: number) => void
  chosen: readonly string[]
  choose: (findingIds: string[]) => void
  /** The filters of the address; a row's link keeps them. */
  search: Readonly<Record<string, unknown>>
}

/** The list side: household, what is wrong, state. */
export function FindingRows({ findings, current, open, chosen, choose, search }: FindingRowsProps) {
  const t = useT(qualityWords)
  const mayChoose = useMay('quality.finding:send')
  const ids = findings.map((finding) => finding.findingId)
  return (
    <table className="bf-table quality-list" aria-label={t('listLabel')}>
      <thead>
        <tr>
          {mayChoose ? <ChooseAllHead ids={ids} chosen={chosen} choose={choose} /> : null}
          <th scope="col">{t('household')}</th>
          <th scope="col" className="quality-problem-column">
            {t('problem')}
          </th>
          <th scope="col">{t('stateDue')}</th>
        </tr>
      </thead>
      <tbody>
        {findings.map((finding, index) => (
          <FindingRow
            key={finding.findingId}
            finding={finding}
            isCurrent={index === current}
            open={() => open(index)}
            search={{ ...search, finding: finding.findingId }}
            selection={mayChoose ? { chosen, choose } : undefined}
          />
        ))}
      </tbody>
    </table>
  )
}

interface FindingRowProps {
  finding: FindingCard
  isCurrent: boolean
  open: () => void
  search: Readonly<Record<string, unknown>>
  /** Absent where the caller may not send. */
  selection: { chosen: readonly string[]; choose: (findingIds: string[]) => void } | undefined
}

function FindingRow({ finding, isCurrent, open, search, selection }: FindingRowProps) {
  const t = useT(qualityWords)
  const rules = useRuleTexts()
  const { isCountyWide } = useCaller()
  const name = nameOf(finding, t('hiddenHousehold'))
  const problem = rules.text(finding.rule)
  return (
    <tr data-row-key={finding.findingId} className={isCurrent ? 'bf-row-current' : ''} onClick={open}>
      {selection === undefined ? null : (
        <ChooseCell id={finding.findingId} label={t('choose', { name, rule: finding.rule })} {...selection} />
      )}
      <td className="quality-who">
        <PageLink to="/quality/findings" search={search}>
          {name}
        </PageLink>
        {finding.personName === null || finding.personName === name ? null : (
          <span className="bf-source">{t('person', { name: finding.personName })}</span>
        )}
        {finding.household === null ? null : <span className="bf-source">{placeOf(finding, !isCountyWide)}</span>}
        <span className="quality-problem-below">{problem}</span>
      </td>
      <td className="quality-problem-column">
        {problem}
        <span className="bf-source bf-figures">{finding.rule}</span>
      </td>
      <td>
        <SeverityTag severity={finding.severity} /> <FindingStateTags finding={finding} />
      </td>
    </tr>
  )
}
