import { PageLink } from '#ui/plug/page-link.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { LeadFile, ShownReason } from '../rules/lead-records.ts'
import { sayReason } from '../rules/lead-words.ts'
import { useMonthName, useRuleNames } from './lead-parts.tsx'
import { leadScreenWords } from './lead-screen-words.ts'

/** Every reason in one sentence, with the rows of the lists behind it; flags apart, rested reasons last. */
export function LeadReasons({ lead }: { lead: LeadFile }) {
  const t = useT(leadScreenWords)
  const isFlag = (reason: ShownReason) => reason.rule.startsWith('N')
  const flags = lead.reasons.filter((reason) => isFlag(reason) && !reason.rests)
  return (
    <>
      {lead.reasons
        .filter((reason) => !isFlag(reason) && !reason.rests)
        .map((reason) => (
          <Reason key={reason.leadReasonId} reason={reason} lead={lead} />
        ))}
      {flags.length === 0 ? null : <h3>{t('flagsTitle')}</h3>}
      {flags.map((reason) => (
        <Reason key={reason.leadReasonId} reason={reason} lead={lead} />
      ))}
      {lead.reasons
        .filter((reason) => reason.rests)
        .map((reason) => (
          <Reason key={reason.leadReasonId} reason={reason} lead={lead} />
        ))}
    </>
  )
}

function Reason({ reason, lead }: { reason: ShownReason; lead: LeadFile }) {
  const t = useT(leadScreenWords)
  const language = useLanguage()
  const names = useRuleNames()
  const monthName = useMonthName()
  const kind = reason.rests ? ' screening-reason-rests' : reason.rule.startsWith('N') ? ' screening-reason-flag' : ''
  return (
    <div className={`screening-reason${kind}`}>
      <strong>{names.rule(reason.rule)}</strong> {reason.personName === null ? '' : '· '}
      {reason.personName === null || reason.personId === null ? (
        reason.personName
      ) : (
        <PageLink to={`/registry/persons/${reason.personId}`}>{reason.personName}</PageLink>
      )}{' '}
      {reason.month === lead.month ? null : `· ${monthName(reason.month)} `}
      {reason.answer === null ? null : <span>· {t(`answer.${reason.answer}`)}</span>}
      <p>{sayReason(reason, lead.limits)[language]}</p>
      {reason.rests ? <p>{t('rests')}</p> : null}
      <details>
        <summary>{t('evidence', { n: reason.evidence.length })}</summary>
        <Rows reason={reason} />
      </details>
    </div>
  )
}

const classes = { exact: 1, normalised: 1, repaired: 1, fuzzy: 1, place: 1 } as const

function Rows({ reason }: { reason: ShownReason }) {
  const t = useT(leadScreenWords)
  const names = useRuleNames()
  const monthName = useMonthName()
  return (
    <ul>
      {reason.evidence.map((row) => (
        <li key={`${row.file} ${row.sheet} ${row.row}`}>
          {t('evidenceRow', {
            month: monthName(reason.month),
            list: names.list(reason.list),
            file: row.file,
            sheet: row.sheet === '' ? '' : t('sheet', { sheet: row.sheet }),
            row: row.row,
            // Safe: asked in the condition.
            class: row.class in classes ? t(`class.${row.class as keyof typeof classes}`) : row.class,
          })}
          <span className="bf-source">
            {Object.entries(row.facts)
              .map(([label, value]) => `${label}：${value}`)
              .join('；')}
          </span>
        </li>
      ))}
    </ul>
  )
}
