import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { ClassificationHistory, ClassificationStretch } from '../../contract.ts'
import { ClassStyles } from './class-styles.tsx'
import { classWords } from './class-words.ts'

/** The stretches of a household, the newest first, with the rows that fired and the facts of the day. */
export function HouseholdClasses({ householdId }: { householdId: string }) {
  const t = useT(classWords)
  const query = useQuery({
    queryKey: ['cases', 'history', householdId],
    queryFn: () => read<ClassificationHistory>(`/cases/classifications/${householdId}`),
  })
  return (
    <Loaded query={query}>
      {({ stretches }) =>
        stretches.length === 0 ? (
          <p className="bf-quiet">{t('historyEmpty')}</p>
        ) : (
          <>
            <ClassStyles />
            <ol className="class-history">
              {stretches.map((stretch) => (
                <Stretch key={stretch.validFrom} stretch={stretch} />
              ))}
            </ol>
          </>
        )
      }
    </Loaded>
  )
}

function Stretch({ stretch }: { stretch: ClassificationStretch }) {
  const t = useT(classWords)
  const { validFrom: from, validTo, layer, labourClass, kind, card, alert, advice, missing, facts, fired } = stretch
  const say = useSay()
  const results = [layer, labourClass, kind].filter((one) => one !== null)
  const more = (
    [
      ['card', card],
      ['alert', alert],
      ['advice', advice],
    ] as const
  ).filter(([, value]) => value !== null)
  return (
    <li>
      <p>
        <span className="bf-figures">{validTo === null ? t('from', { from }) : t('fromTo', { from, to: validTo })}</span>{' '}
        <strong>{results.length === 0 ? t('undecided') : results.join(' · ')}</strong>
      </p>
      {more.length === 0 ? null : (
        <p className="bf-quiet">
          {more.map(([name, value]) => (
            <span key={name} className="class-more">
              {t(name)}：{value}
            </span>
          ))}
        </p>
      )}
      {missing.length === 0 ? null : (
        <p>
          ▲ {t('missing')}：{missing.map((one) => one.split(':')[1] ?? one).join('、')}
        </p>
      )}
      <details>
        <summary>{t('basis')}</summary>
        <ul>
          {fired
            .filter((table) => table.rows !== '')
            .map((table) => (
              <li key={table.key}>{t('rule', { name: say(table), rows: table.rows })}</li>
            ))}
        </ul>
        <p className="bf-quiet">{t('facts')}</p>
        <dl className="class-facts">
          {facts.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value === null ? t('unknown') : typeof value === 'boolean' ? t(value ? 'yes' : 'no') : String(value)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </li>
  )
}
