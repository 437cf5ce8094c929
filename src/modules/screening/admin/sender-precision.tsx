import { useQuery } from '@tanstack/react-query'
import { read } from '#kernel/browser/api/index.ts'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { SenderPrecision } from '../rules/compare-records.ts'
import { useRuleNames } from './lead-parts.tsx'
import { limitWords } from './limit-words.ts'
import { Bar, percent } from './share-bar.tsx'

/** How right each rule was by the sender of the list behind it. */
export function SenderPrecisionTable({ month }: { month: string }) {
  const t = useT(limitWords)
  const names = useRuleNames()
  const found = useQuery({
    queryKey: ['screening', 'sender-precision', month],
    queryFn: () => read<{ items: SenderPrecision[] }>('/screening/sender-precision', { month }),
  })
  return (
    <Section title={t('bySender')}>
      <p className="bf-quiet">{t('bySenderNote')}</p>
      <Loaded query={found} lines={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('empty')}</p>
          ) : (
            <ScrollBox>
              <table className="bf-table">
                <thead>
                  <tr>
                    <th scope="col">{t('rule')}</th>
                    <th scope="col">{t('sender')}</th>
                    <th scope="col" className="bf-number">
                      {t('verified')}
                    </th>
                    <th scope="col" className="bf-number">
                      {t('right')}
                    </th>
                    <th scope="col">{t('precision')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((one) => (
                    <tr key={`${one.rule} ${one.sender}`}>
                      <td>
                        {one.rule} {names.rule(one.rule)}
                      </td>
                      <td>{one.sender}</td>
                      <td className="bf-number">
                        {one.verified} / {one.raised}
                      </td>
                      <td className="bf-number">{one.right}</td>
                      <td>
                        {one.precision === null ? (
                          <span className="bf-unknown">{t('unknown')}</span>
                        ) : (
                          <Bar
                            share={one.precision.value}
                            level="green"
                            text={percent(one.precision.value)}
                            note={`${percent(one.precision.low)} – ${percent(one.precision.high)}`}
                          />
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollBox>
          )
        }
      </Loaded>
    </Section>
  )
}
