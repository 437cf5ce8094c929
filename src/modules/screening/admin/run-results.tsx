import { StatCard } from '#ui/data/stat-card.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ClassCounts, ComparisonRun, Receipt } from '../contract.ts'
import { useReceipts } from './compare-calls.ts'
import { causeWords, compareWords } from './compare-words.ts'
import { useRuleNames } from './lead-parts.tsx'
import { OpenMatches } from './open-matches.tsx'
import { Receipts } from './receipts.tsx'

const matchedClasses = ['exact', 'normalised', 'repaired', 'fuzzy'] as const
const classes = [...matchedClasses, 'ambiguous', 'none'] as const
const deltas = ['new', 'changed', 'vanished', 'same'] as const
/** Causes of rows that were matched all the same; the rest are those that did not match. */
const mended = [
  'old-15-digits',
  'one-digit-differs',
  'neighbours-exchanged',
  'tail-lost',
  'head-number',
  'certificate',
  'by-place',
  'by-phone',
]
const plain = ['as-written', 'typography']

/** What came of a run: counts, per list, why rows did not match, rows to decide, receipts. */
export function RunResults({ run }: { run: ComparisonRun }) {
  const t = useT(compareWords)
  const receipts = useReceipts(run.runId)
  const matched = matchedClasses.reduce((sum, one) => sum + (run.classes[one] ?? 0), 0)
  const here = `/screening/compare/${run.runId}`
  return (
    <>
      <div className="bf-stats" role="group" aria-label={t('results')}>
        <StatCard
          label={t('leadHouseholds')}
          value={run.leads}
          to="/screening/leads"
          search={{ view: 'all', month: run.month }}
          level="red"
        />
        <StatCard label={t('rows')} value={run.rowsRead} />
        <StatCard label={t('matched')} value={matched} level="green" />
        <StatCard label={t('toDecide')} value={run.classes['ambiguous'] ?? 0} level="amber" />
        <StatCard label={t('unmatched')} value={run.classes['none'] ?? 0} level="grey" />
      </div>
      <div className="bf-row">
        <PageLink to="/screening/leads" search={{ view: 'new', month: run.month }}>
          {t('openLeads')}
        </PageLink>
        <PageLink to="/screening/visit-lists" search={{ month: run.month }}>
          {t('openVisits')}
        </PageLink>
      </div>
      <Section title={t('delta')}>
        <p className="bf-quiet">{t('deltaNote')}</p>
        {deltas.every((one) => (run.delta[one] ?? 0) === 0) ? (
          <p>{t('deltaNone')}</p>
        ) : (
          <div className="bf-row">
            {deltas.map((one) => (
              <span key={one}>
                {t(`delta.${one}`)} <strong className="bf-figures">{(run.delta[one] ?? 0).toLocaleString('en')}</strong>
              </span>
            ))}
          </div>
        )}
      </Section>
      <Section title={t('byList')}>
        <Loaded query={receipts}>{({ items }) => <ListTable receipts={items} total={run.classes} rows={run.rowsRead} />}</Loaded>
      </Section>
      <Section title={t('why')}>
        <p className="bf-quiet">{t('whyNote')}</p>
        <Causes causes={run.causes} wanted={(cause) => !mended.includes(cause) && !plain.includes(cause)} />
        <h3>{t('mended')}</h3>
        <Causes causes={run.causes} wanted={(cause) => mended.includes(cause)} />
      </Section>
      <OpenMatches runId={run.runId} />
      <Section title={t('receipts')}>
        <p className="bf-quiet">{t('receiptsNote')}</p>
        <Loaded query={receipts}>{({ items }) => <Receipts receipts={items} key={here} />}</Loaded>
      </Section>
    </>
  )
}

function ListTable({ receipts, total, rows }: { receipts: readonly Receipt[]; total: ClassCounts; rows: number }) {
  const t = useT(compareWords)
  const names = useRuleNames()
  const lines = new Map<string, { rows: number; classes: Record<string, number> }>()
  for (const receipt of receipts) {
    const line = lines.get(receipt.list ?? '') ?? { rows: 0, classes: {} }
    for (const [one, count] of Object.entries(receipt.classes)) line.classes[one] = (line.classes[one] ?? 0) + count
    line.rows += receipt.rows
    lines.set(receipt.list ?? '', line)
  }
  const row = (key: string, name: string, line: { rows: number; classes: ClassCounts }) => (
    <tr key={key}>
      <th scope="row">{name}</th>
      <td className="bf-number">{line.rows.toLocaleString('en')}</td>
      {classes.map((one) => (
        <td key={one} className="bf-number">
          {(line.classes[one] ?? 0).toLocaleString('en')}
        </td>
      ))}
    </tr>
  )
  return (
    <div className="bf-scroll">
      <table className="bf-table">
        <thead>
          <tr>
            <th scope="col">{t('list')}</th>
            <th scope="col" className="bf-number">
              {t('rows')}
            </th>
            {classes.map((one) => (
              <th key={one} scope="col" className="bf-number">
                {t(`class.${one}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...lines].map(([list, line]) => row(list, list === '' ? t('kindNone') : names.list(list), line))}
          {row('sum', t('sum'), { rows, classes: total })}
        </tbody>
      </table>
    </div>
  )
}

function Causes({ causes, wanted }: { causes: ClassCounts; wanted: (cause: string) => boolean }) {
  const t = useT(compareWords)
  const say = useT(causeWords)
  const found = Object.entries(causes)
    .filter(([cause, count]) => count > 0 && wanted(cause))
    .sort(([, one], [, other]) => other - one)
  if (found.length === 0) return <p>—</p>
  // Safe: asked in the condition.
  const words = (key: string) => (key in causeWords ? say(key as keyof typeof causeWords) : key)
  return (
    <div className="bf-scroll">
      <table className="bf-table">
        <thead>
          <tr>
            <th scope="col">{t('cause')}</th>
            <th scope="col">{t('causeTodo')}</th>
            <th scope="col" className="bf-number">
              {t('rows')}
            </th>
          </tr>
        </thead>
        <tbody>
          {found.map(([cause, count]) => (
            <tr key={cause}>
              <td>{words(cause)}</td>
              <td>{words(`${cause}.todo`)}</td>
              <td className="bf-number">{count.toLocaleString('en')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
