import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { RestedReason } from '../rules/compare-records.ts'
import { useRested } from './compare-calls.ts'
import { placeOf, useRuleNames } from './lead-parts.tsx'
import { wizardWords } from './wizard-words.ts'

/** Reasons that are not asked again, with who dismissed them and why. */
export function RestedReasons({ runId }: { runId: string }) {
  const w = useT(wizardWords)
  const rested = useRested(runId)
  return (
    <Section title={w('restTitle')}>
      <p className="bf-quiet">{w('restNote')}</p>
      <Loaded query={rested} lines={2}>
        {({ items, total }) =>
          items.length === 0 ? (
            <p>{w('restNone')}</p>
          ) : (
            <>
              {total > items.length ? <p>{w('restMore', { n: total, m: items.length })}</p> : null}
              <RestedTable items={items} />
            </>
          )
        }
      </Loaded>
    </Section>
  )
}

function RestedTable({ items }: { items: readonly RestedReason[] }) {
  const w = useT(wizardWords)
  const names = useRuleNames()
  return (
    <ScrollBox>
      <table className="bf-table">
        <thead>
          <tr>
            <th scope="col">{w('household')}</th>
            <th scope="col">{w('reason')}</th>
            <th scope="col">{w('thenValue')}</th>
            <th scope="col">{w('nowValue')}</th>
            <th scope="col">{w('dismissedBy')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={`${one.leadId} ${one.rule} ${one.value}`}>
              <td>
                <PageLink to={`/screening/leads/${one.leadId}`}>{one.household?.headName ?? '—'}</PageLink>
                <span className="bf-source">{placeOf(one.household)}</span>
              </td>
              <td>{names.rule(one.rule)}</td>
              <td className="bf-figures">{one.dismissedValue}</td>
              <td className="bf-figures">{one.value}</td>
              <td>
                {one.dismissedBy} {one.dismissedAt}
                <span className="bf-source">{one.dismissedNote}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
