import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { EmptyFace } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { NationalCount, NationalOverview } from '../rules/national-records.ts'
import { changesPath, nameChange, useNationalOverview } from './national-calls.ts'
import { CompareButton, NationalRunLine } from './national-run-line.tsx'
import { nationalScreenWords } from './national-words.ts'

/** What the national system and the register differ in, counted by field and township; each number leads to its list. */
export function NationalPage() {
  const t = useT(nationalScreenWords)
  const overview = useNationalOverview()
  return (
    <PageFrame title={t('title')} note={t('note')}>
      <Loaded query={overview}>{(data) => <Overview overview={data} />}</Loaded>
    </PageFrame>
  )
}

function Overview({ overview }: { overview: NationalOverview }) {
  const t = useT(nationalScreenWords)
  const { run, counts, states, can } = overview
  if (run === undefined)
    return can.compare ? (
      <EmptyFace todo={t('emptyNever')} action={<CompareButton text={t('compare')} />} />
    ) : (
      <EmptyFace todo={t('emptyWait')} />
    )
  return (
    <>
      <NationalRunLine overview={overview} />
      <div className="bf-row">
        {(['open', 'entered', 'settled'] as const).map((state) => (
          <PageLink key={state} to={changesPath} search={{ state }}>
            {t(`state.${state}`)} {states[state].toLocaleString('en')}
          </PageLink>
        ))}
      </div>
      {counts.length === 0 ? (
        run.state === 'running' ? null : (
          <EmptyFace todo={t('emptyNone')} />
        )
      ) : (
        <Section title={t('tableTitle')}>
          <CountTable counts={counts} />
        </Section>
      )}
    </>
  )
}

const keyOf = ({ action, field }: Pick<NationalCount, 'action' | 'field'>) => `${action} ${field}`
const sumOf = (counts: readonly NationalCount[]) => counts.reduce((sum, one) => sum + one.count, 0)
/** People come first, then the fields with most differences. */
const rank = (counts: readonly NationalCount[]) => (counts[0]?.action === 'change-value' ? 0 : 1e9) + sumOf(counts)

function CountTable({ counts }: { counts: readonly NationalCount[] }) {
  const t = useT(nationalScreenWords)
  const townships = [...new Map(counts.map(({ under, township }) => [under, township]))].sort(([one], [other]) => (one < other ? -1 : 1))
  const rows = [...new Set(counts.map(keyOf))]
    .map((key) => counts.filter((one) => keyOf(one) === key))
    .sort((one, other) => rank(other) - rank(one))
  return (
    <ScrollBox>
      <table className="bf-table" aria-label={t('tableLabel')}>
        <thead>
          <tr>
            <th scope="col">{t('field')}</th>
            <th scope="col" className="bf-number">
              {t('sum')}
            </th>
            {townships.map(([under, name]) => (
              <th key={under} scope="col" className="bf-number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((of) => (
            <CountLine key={of[0] === undefined ? '' : keyOf(of[0])} of={of} townships={townships} />
          ))}
          <tr>
            <th scope="row">{t('sum')}</th>
            <td className="bf-number">{sumOf(counts).toLocaleString('en')}</td>
            {townships.map(([under]) => (
              <td key={under} className="bf-number">
                {sumOf(counts.filter((one) => one.under === under)).toLocaleString('en')}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </ScrollBox>
  )
}

function CountLine({ of, townships }: { of: readonly NationalCount[]; townships: readonly (readonly [string, string])[] }) {
  const t = useT(nationalScreenWords)
  const language = useLanguage()
  const [first] = of
  if (first === undefined) return null
  const name = nameChange(first, language)
  const filter = { action: first.action, ...(first.field === '' ? {} : { field: first.field }) }
  const link = (n: number, township: string, under?: string) => (
    <PageLink
      to={changesPath}
      search={{ ...filter, ...(under === undefined ? {} : { under }) }}
      title={t('cell', { township, field: name, n })}
    >
      {n.toLocaleString('en')}
    </PageLink>
  )
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="bf-number">{link(sumOf(of), t('allOf'))}</td>
      {townships.map(([under, township]) => {
        const n = sumOf(of.filter((one) => one.under === under))
        return (
          <td key={under} className="bf-number">
            {n === 0 ? '' : link(n, township, under)}
          </td>
        )
      })}
    </tr>
  )
}
