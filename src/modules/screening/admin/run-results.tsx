import { ListExport } from '#ui/data/export-button.tsx'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatCard } from '#ui/data/stat-card.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ClassCounts, ComparisonRun, Receipt } from '../contract.ts'
import type { CompareAgain } from '../rules/compare-records.ts'
import { useReceipts } from './compare-calls.ts'
import { AgainSection } from './run-again.tsx'
import { causeWords, compareWords } from './compare-words.ts'
import { useRuleNames } from './lead-parts.tsx'
import { ExplainedMatches } from './match-waterfall.tsx'
import { OpenMatches } from './open-matches.tsx'
import { Receipts } from './receipts.tsx'
import { Repairs } from './repairs.tsx'
import { RestedReasons } from './rested-reasons.tsx'
import { wizardWords } from './wizard-words.ts'

const matchedClasses = ['exact', 'normalised', 'repaired', 'fuzzy'] as const
const classes = [...matchedClasses, 'place', 'ambiguous', 'none'] as const
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
  'by-likeness',
  'name-similar',
  'decided',
]
const plain = ['as-written', 'typography', 'at-place']

/** What came of a run: counts, per list, why rows did not match, what to decide or mend, what rests, receipts. */
export function RunResults({ run, again }: { run: ComparisonRun; again: CompareAgain | null }) {
  const t = useT(compareWords)
  const w = useT(wizardWords)
  if (run.counts === 'area') return <AreaResults run={run} />
  return (
    <>
      <ResultStats run={run} />
      <div className="bf-row">
        <ResultLinks run={run} />
        <ListExport
          needs="screening.list:compare"
          lists={[
            { label: w('repairTitle'), path: `/screening/runs/${run.runId}/repairs/export` },
            { label: w('restTitle'), path: `/screening/runs/${run.runId}/rested/export` },
            { label: t('receipts'), path: `/screening/runs/${run.runId}/receipts/export` },
          ]}
        />
      </div>
      {run.thresholdsFrom === null ? null : <p className="bf-quiet">{w('fromDay', { day: run.thresholdsFrom })}</p>}
      <Repairs runId={run.runId} />
      <OpenMatches runId={run.runId} />
      <ExplainedMatches runId={run.runId} />
      <RestedReasons runId={run.runId} />
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
      <RunFiles run={run} />
      {again === null ? null : <AgainSection runId={run.runId} again={again} />}
    </>
  )
}

/** What an office below the county sees: its own rows and households. */
function AreaResults({ run }: { run: ComparisonRun }) {
  const w = useT(wizardWords)
  return (
    <>
      <p className="bf-quiet">{w('areaOnly')}</p>
      <ResultStats run={run} />
      <ResultLinks run={run} />
      <RestedReasons runId={run.runId} />
    </>
  )
}

function ResultStats({ run }: { run: ComparisonRun }) {
  const t = useT(compareWords)
  const w = useT(wizardWords)
  const matched = matchedClasses.reduce((sum, one) => sum + (run.classes[one] ?? 0), 0)
  const isCounty = run.counts === 'county'
  return (
    <div className="bf-stats" role="group" aria-label={t('results')}>
      <StatCard
        label={t('leadHouseholds')}
        value={run.leads}
        to="/screening/leads"
        search={{ view: 'all', month: run.month }}
        level="red"
      />
      {isCounty ? <StatCard label={t('rows')} value={run.rowsRead} /> : null}
      <StatCard label={t('matched')} value={matched} level="green" />
      {(run.classes['place'] ?? 0) > 0 ? <StatCard label={w('atPlace')} value={run.classes['place'] ?? 0} level="green" /> : null}
      {isCounty ? <StatCard label={t('toDecide')} value={run.classes['ambiguous'] ?? 0} level="amber" /> : null}
      {isCounty ? <StatCard label={t('unmatched')} value={run.classes['none'] ?? 0} level="grey" /> : null}
      {run.rested > 0 ? <StatCard label={w('restedStat')} value={run.rested} level="grey" note={w('restedNote')} /> : null}
      {run.leftOut.rows > 0 ? (
        <StatCard label={w('leftOut')} value={run.leftOut.rows} level="amber" note={w('leftOutNote', { n: run.leftOut.persons })} />
      ) : null}
    </div>
  )
}

function ResultLinks({ run }: { run: ComparisonRun }) {
  const t = useT(compareWords)
  return (
    <div className="bf-row">
      <PageLink to="/screening/leads" search={{ view: 'new', month: run.month }}>
        {t('openLeads')}
      </PageLink>
      <PageLink to="/screening/visit-lists" search={{ month: run.month }}>
        {t('openVisits')}
      </PageLink>
    </div>
  )
}

function RunFiles({ run }: { run: ComparisonRun }) {
  const t = useT(compareWords)
  const receipts = useReceipts(run.runId)
  return (
    <>
      <Section title={t('byList')}>
        <Loaded query={receipts}>{({ items }) => <ListTable receipts={items} total={run.classes} rows={run.rowsRead} />}</Loaded>
      </Section>
      <Section title={t('why')}>
        <p className="bf-quiet">{t('whyNote')}</p>
        <Causes causes={run.causes} wanted={(cause) => !mended.includes(cause) && !plain.includes(cause)} />
        <h3>{t('mended')}</h3>
        <Causes causes={run.causes} wanted={(cause) => mended.includes(cause)} />
      </Section>
      <Section title={t('receipts')}>
        <p className="bf-quiet">{t('receiptsNote')}</p>
        <Loaded query={receipts}>{({ items }) => <Receipts receipts={items} />}</Loaded>
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
    <ScrollBox>
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
    </ScrollBox>
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
    <ScrollBox>
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
    </ScrollBox>
  )
}
