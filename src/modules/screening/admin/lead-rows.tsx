import { ChooseAllHead, ChooseCell } from '#ui/data/choose-rows.tsx'
import { useCaller, useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { LeadCard } from '../rules/lead-records.ts'
import { LeadStateTags, placeOf, useMonthName, useRuleNames } from './lead-parts.tsx'
import { leadScreenWords } from './lead-screen-words.ts'

interface LeadRowsProps {
  leads: readonly LeadCard[]
  /** Index of the row under the keyboard. */
  current: number
  open: (index: number) => void
  chosen: readonly string[]
  choose: (leadIds: string[]) => void
  search: Readonly<Record<string, unknown>>
}

/** The list side of the inbox: household, reasons, state. */
export function LeadRows({ leads, current, open, chosen, choose, search }: LeadRowsProps) {
  const t = useT(leadScreenWords)
  const names = useRuleNames()
  const monthName = useMonthName()
  const { isCountyWide } = useCaller()
  const mayChoose = useMay('screening.lead:assign')
  const ids = leads.map((lead) => lead.leadId)
  return (
    <table className="bf-table screening-list" aria-label={t('listLabel')}>
      <thead>
        <tr>
          {mayChoose ? <ChooseAllHead ids={ids} chosen={chosen} choose={choose} /> : null}
          <th scope="col">{t('household')}</th>
          <th scope="col" className="screening-reason-column">
            {t('reasons')}
          </th>
          <th scope="col">{t('stateDue')}</th>
        </tr>
      </thead>
      <tbody>
        {leads.map((lead, index) => {
          const name = lead.household?.headName ?? t('hiddenHousehold')
          const rules = lead.rules
            .filter((rule) => rule.startsWith('L'))
            .map(names.rule)
            .join('、')
          return (
            <tr
              key={lead.leadId}
              data-row-key={lead.leadId}
              className={index === current ? 'bf-row-current' : ''}
              onClick={() => open(index)}
            >
              {mayChoose ? <ChooseCell id={lead.leadId} label={t('choose', { name })} chosen={chosen} choose={choose} /> : null}
              <td>
                <PageLink to="/screening/leads" search={{ ...search, lead: lead.leadId }}>
                  {name}
                </PageLink>
                <span className="bf-source">{placeOf(lead.household, !isCountyWide)}</span>
                <span className="screening-reason-below">{rules}</span>
              </td>
              <td className="screening-reason-column">
                {rules}
                <span className="bf-source">
                  {monthName(lead.month)}
                  {lead.flagCount > 0 ? ` · ${t('flags', { n: lead.flagCount })}` : null}
                </span>
              </td>
              <td>
                <LeadStateTags lead={lead} />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
