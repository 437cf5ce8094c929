import { StatusTag, type Level } from '#ui/data/status-tag.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { LeadCard } from '../rules/lead-records.ts'
import { listWords, ruleWords } from '../rules/lead-words.ts'
import { leadScreenWords } from './lead-screen-words.ts'

const levels = { new: 'amber', sent: 'amber', answered: 'grey', returned: 'amber', closed: 'green' } as const satisfies Record<
  LeadCard['state'],
  Level
>

/** State and day of a lead; what is late says so in a word. */
export function LeadStateTags({ lead }: { lead: LeadCard }) {
  const t = useT(leadScreenWords)
  const isOpen = lead.state === 'sent' || lead.state === 'returned'
  return (
    <>
      {lead.isOverdue ? <StatusTag level="red" text={t('overdue')} /> : null}{' '}
      <StatusTag level={levels[lead.state]} text={t(`state.${lead.state}`)} />
      {isOpen && lead.dueOn !== null ? <span className="bf-source bf-figures">{t('due', { day: lead.dueOn })}</span> : null}
      {lead.answer === null ? null : <span className="bf-source">{t(`answer.${lead.answer}`)}</span>}
    </>
  )
}

/** Short names of rules and lists in the language of the screen; what is unknown is shown as its code. */
export function useRuleNames() {
  const language = useLanguage()
  return {
    rule: (rule: string) => (rule in ruleWords ? ruleWords[rule as keyof typeof ruleWords][language] : rule), // Safe: just asked
    list: (list: string) => (list in listWords ? listWords[list as keyof typeof listWords][language] : list), // Safe: just asked
  }
}

/** A month as people say it: `2023年10月`, `2023-10`. */
export function useMonthName() {
  const language = useLanguage()
  return (month: string) =>
    language === 'zh' ? `${month.slice(0, 4)}年${Number(month.slice(4))}月` : `${month.slice(0, 4)}-${month.slice(4)}`
}

/** Where a household lives, as far as the register says; without the township for callers who have only one. */
export function placeOf(household: LeadCard['household'], isOneTownship = false): string {
  if (household === null) return ''
  return [isOneTownship ? '' : household.township, household.village, household.group].filter((part) => part !== '').join(' ')
}
