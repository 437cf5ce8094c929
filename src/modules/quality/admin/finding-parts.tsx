import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import { formatYuan } from '#kernel/pure/money/index.ts'
import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useLanguage, useSay, useT } from '#ui/words/use-t.ts'
import type { RuleInfo, Severity } from '../contract.ts'
import type { FieldLabel, FindingCard } from '../rules/worklist-records.ts'
import { severityWords } from '../rules/worklist-words.ts'
import { qualityWords } from './quality-words.ts'

export const severityLevels = { error: 'red', high: 'amber', warning: 'grey', info: 'grey' } as const satisfies Record<Severity, Level>
const stateLevels = { open: 'amber', sent: 'amber', excepted: 'grey', fixed: 'green' } as const satisfies Record<
  FindingCard['state'],
  Level
>

/** How grave a finding is, with its sign and word. */
export function SeverityTag({ severity }: { severity: Severity }) {
  const say = useSay()
  return <StatusTag level={severityLevels[severity]} text={say(severityWords[severity])} />
}

/** State, holder and day of a finding; what is late, answered or back again says so in a word. */
export function FindingStateTags({ finding }: { finding: FindingCard }) {
  const t = useT(qualityWords)
  const { state, sentTo } = finding
  return (
    <>
      {finding.isOverdue ? <StatusTag level="red" text={t('overdue')} /> : null}{' '}
      <StatusTag level={stateLevels[state]} text={state === 'sent' && sentTo !== 'nobody' ? t(`holder.${sentTo}`) : t(`state.${state}`)} />
      {finding.recurrence === 0 ? null : (
        <>
          {' '}
          <StatusTag level="amber" text={t('back', { n: finding.recurrence })} />
        </>
      )}
      {finding.dueOn === null ? null : <span className="bf-source bf-figures">{t('due', { day: finding.dueOn })}</span>}
      {finding.answer === null || state === 'fixed' || state === 'excepted' ? null : (
        <span className="bf-source">{t(`answer.${finding.answer}`)}</span>
      )}
    </>
  )
}

/** The rules of today in the language of the screen; what is unknown is shown as its number. */
export function useRuleTexts() {
  const language = useLanguage()
  const query = useQuery({
    queryKey: ['quality', 'rules'],
    queryFn: () => read<{ items: RuleInfo[] }>('/quality/rules'),
    staleTime: 3_600_000,
  })
  const rules = query.data?.items ?? []
  const texts = new Map(rules.map((rule) => [rule.rule, rule[language]]))
  return { rules, text: (rule: string) => texts.get(rule) ?? rule }
}

/** Name of the person or head that a finding is about, or of the village. */
export function nameOf(finding: Pick<FindingCard, 'household' | 'personName' | 'place'>, hidden: string): string {
  if (finding.household === null) return finding.personName ?? (finding.place === '' ? hidden : finding.place)
  return finding.household.headName === '' ? finding.household.householdNo : finding.household.headName
}

/** Where a household lives; without the township for callers who have only one. */
export function placeOf(finding: Pick<FindingCard, 'household' | 'place'>, isOneTownship: boolean): string {
  const { household } = finding
  if (household === null) return finding.place
  return [isOneTownship ? '' : household.township, household.village, household.group].filter((part) => part !== '').join(' ')
}

/** Writes a value of a field as people read it. */
export function useValueText() {
  const t = useT(qualityWords)
  return (value: string | number | boolean, label: FieldLabel | undefined): string => {
    if (value === '') return t('emptyValue')
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    return typeof value === 'number' && label?.type === 'money' ? t('yuan', { n: formatYuan(value) }) : String(value)
  }
}

/** The pages of data quality, at the head of each of them. */
export function QualityTabs({ current }: { current: '/quality' | '/quality/findings' | '/quality/exceptions' }) {
  const t = useT(qualityWords)
  const tabs = [
    ['/quality', t('toOverview')],
    ['/quality/findings', t('toFindings')],
    ['/quality/exceptions', t('toExceptions')],
  ] as const
  return (
    <nav className="quality-tabs" aria-label={t('pages')}>
      {tabs.map(([to, text]) =>
        to === current ? (
          <span key={to} className="quality-tab quality-tab-on" aria-current="page">
            {text}
          </span>
        ) : (
          <PageLink key={to} className="quality-tab" to={to}>
            {text}
          </PageLink>
        ),
      )}
    </nav>
  )
}

/** A moment in the county's time, `2023-12-18 09:00`. */
export function localTime(at: string): string {
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}
