import { useQuery } from '@tanstack/react-query'
import { Skeleton } from '#ui/feedback/faces.tsx'
import { Field as Labelled } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { isLink } from '../rules/field-kinds.ts'
import { Comparison, type GatherCondition, type Gathers } from '../rules/template-brought.ts'
import type { Field, Template } from '../rules/template.ts'
import { readTemplate } from './designer-calls.ts'
import { CheckList } from './designer-check-list.tsx'
import type { Draft } from './designer-draft.ts'
import { FilterLines, sayFilters } from './designer-filters.tsx'
import { linkingPairs, mayBeSame, sayGathers } from './designer-gather-say.ts'
import { moreWords } from './designer-more-words.ts'
import { designerWords } from './designer-words.ts'
import { useBooks } from './ledger-calls.ts'

interface GathersProps {
  draft: Draft
  field: Field
  value: Gathers
  change: (gathers: Gathers) => void
}

/** A value gathered from a ledger: which, what, how its records belong to this one; and the whole as a sentence. */
export function GathersEditor({ draft, field, value, change }: GathersProps) {
  const t = useT(moreWords)
  const d = useT(designerWords)
  const language = useLanguage()
  const books = useBooks()
  const others = (books.data?.items ?? []).filter(({ templateKey }) => templateKey !== draft.key)
  return (
    <div className="bf-stack">
      <Labelled label={t('gatherFrom')} isRequired>
        {(control) => (
          <select
            {...control}
            className="bf-input"
            value={value.from}
            onChange={(event) =>
              change({ from: event.target.value, where: [{ theirs: '$record', mine: '$record' }], measure: { count: 'rows' } })
            }
          >
            {value.from === noLedger ? <option value={noLedger}>{d('ofNone')}</option> : null}
            <option value={draft.key}>{t('ownLedger')}</option>
            {others.map((book) => (
              <option key={book.templateKey} value={book.templateKey}>
                {book.name[language]}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {value.from === noLedger ? null : value.from === draft.key ? (
        <Details draft={draft} field={field} value={value} change={change} from={draft} />
      ) : (
        <OtherLedger draft={draft} field={field} value={value} change={change} />
      )}
    </div>
  )
}

/** Stands while no ledger has been chosen. */
export const noLedger = 'own.none'

function OtherLedger(props: GathersProps) {
  const found = useQuery({ queryKey: ['ledgers', 'template', props.value.from], queryFn: () => readTemplate(props.value.from) })
  return found.data === undefined ? <Skeleton lines={2} /> : <Details {...props} from={found.data.template} />
}

function Details({ draft, field, value, change, from }: GathersProps & { from: Template }) {
  const t = useT(moreWords)
  const language = useLanguage()
  const offered = from.fields.filter((one) => one.sensitive !== true && (isLink(one.kind) || from.list.offered.includes(one.key)))
  const pairs = linkingPairs(from, draft)
  const isFresh = value.where.every(({ theirs, mine }) => theirs === '$record' && mine === '$record')
  const where = isFresh ? pairs.slice(0, 1) : value.where
  const put = (next: Partial<Gathers>) => change({ ...value, where: [...where], ...next })
  if (pairs.length === 0 && isFresh) return <p className="bf-problem">▲ {t('gatherNothing')}</p>
  const isLinked = where.some(
    ({ theirs, mine, as = 'same' }) =>
      as === 'same' && (theirs === '$record' || mine === '$record' || isLink(draft.fields.find(({ key }) => key === mine)?.kind ?? 'text')),
  )
  const filters = sayFilters(value.filters ?? [], from, { language, words: (how) => t(`how.${how}`), yes: t('yes'), no: t('no') })
  return (
    <>
      <MeasureChoice value={value.measure} fields={offered} kind={field.kind} change={(measure) => put({ measure })} />
      <div className="ledger-group" role="group" aria-label={t('gatherWhere')}>
        <strong>{t('gatherWhere')}</strong>
        {where.map((one, at) => (
          <ConditionLine
            // oxlint-disable-next-line react/no-array-index-key -- a condition has no name of its own; its place is its name
            key={at}
            {...{ draft, from, offered, at, condition: one }}
            change={(next) => put({ where: where.map((other, place) => (place === at ? next : other)) })}
            remove={where.length === 1 ? undefined : () => put({ where: where.filter((_, place) => place !== at) })}
          />
        ))}
        {where.length < 4 ? (
          <div>
            <button
              type="button"
              className="bf-chip"
              onClick={() => put({ where: [...where, nextCondition(where, { pairs, from, draft })] })}
            >
              ＋ {t('addCondition')}
            </button>
          </div>
        ) : null}
      </div>
      <CheckList
        legend={t('gatherStates')}
        choices={from.states.map((state) => ({ key: state.key, name: state.name[language] }))}
        chosen={value.states ?? []}
        change={(states) => {
          const { states: _before, ...rest } = value
          change({ ...rest, where: [...where], ...(states.length === 0 ? {} : { states }) })
        }}
      />
      <FilterLines
        filters={value.filters ?? []}
        fields={offered.filter(({ kind }) => !isLink(kind))}
        states={from.states}
        most={6}
        change={(next) => {
          const { filters: _before, ...rest } = value
          change({ ...rest, where: [...where], ...(next.length === 0 ? {} : { filters: next }) })
        }}
      />
      {isLinked ? null : <p className="bf-problem">▲ {t('gatherNoLink')}</p>}
      <p className="ledger-why">
        <span className="bf-quiet">{t('gatherSays')}</span>{' '}
        <strong>{sayGathers({ ...value, where: [...where] }, { from, mine: draft }, language, filters)}</strong>
      </p>
    </>
  )
}

/** A further condition: another link, else the same year of two days. */
function nextCondition(
  where: readonly GatherCondition[],
  given: { pairs: readonly GatherCondition[]; from: Template; draft: Draft },
): GatherCondition {
  const { pairs, from, draft } = given
  const day = ({ kind }: Field) => kind === 'date' || kind === 'month'
  const [theirs, mine] = [from.fields.find((one) => day(one) && from.list.offered.includes(one.key)), draft.fields.find(day)]
  const isYear = where.some(({ as }) => as !== undefined && as !== 'same')
  if (theirs !== undefined && mine !== undefined && !isYear) return { theirs: theirs.key, mine: mine.key, as: 'same-year' }
  const free = pairs.find((pair) => !where.some(({ theirs: their, mine: own }) => their === pair.theirs && own === pair.mine))
  return free ?? where[0] ?? { theirs: '$record', mine: '$record' }
}

function MeasureChoice(props: {
  value: Gathers['measure']
  fields: readonly Field[]
  kind: Field['kind']
  change: (measure: Gathers['measure']) => void
}) {
  const { value, fields, kind, change } = props
  const t = useT(moreWords)
  const language = useLanguage()
  const numbers = fields.filter((one) => one.kind === 'number' || one.kind === 'money')
  const choices = [
    ...(kind === 'number' ? [{ key: 'count:rows', name: t('measure.count') }] : []),
    ...(kind === 'date' ? [] : numbers.map((one) => ({ key: `sum:${one.key}`, name: t('measure.sum', { name: one.name[language] }) }))),
    ...(kind === 'number'
      ? fields
          .filter((one) => isLink(one.kind))
          .map((one) => ({ key: `distinct:${one.key}`, name: t('measure.distinct', { name: one.name[language] }) }))
      : []),
    ...fields
      .filter((one) => (kind === 'date' ? one.kind === 'date' : one.kind === 'number' || one.kind === 'money'))
      .map((one) => ({ key: `max:${one.key}`, name: t('measure.max', { name: one.name[language] }) })),
  ]
  const chosen = Object.entries(value).map(([how, key]) => `${how}:${key}`)[0] ?? ''
  return (
    <Labelled label={t('gatherWhat')} isRequired>
      {(control) => (
        <select {...control} className="bf-input" value={chosen} onChange={(event) => change(readMeasure(event.target.value))}>
          {choices.some(({ key }) => key === chosen) ? null : <option value={chosen}>—</option>}
          {choices.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

/** `sum:amount` as a measure. */
export function readMeasure(text: string): Gathers['measure'] {
  const [how, key = ''] = text.split(':')
  if (how === 'sum') return { sum: key }
  if (how === 'distinct') return { distinct: key }
  if (how === 'mean') return { mean: key }
  return how === 'max' ? { max: key } : { count: 'rows' }
}

function ConditionLine(props: {
  draft: Draft
  from: Template
  offered: readonly Field[]
  at: number
  condition: GatherCondition
  change: (condition: GatherCondition) => void
  remove: (() => void) | undefined
}) {
  const { draft, from, offered, at, condition, change, remove } = props
  const t = useT(moreWords)
  const language = useLanguage()
  const n = at + 1
  const as = condition.as ?? 'same'
  const give = (next: Partial<GatherCondition>) => {
    const { as: how, ...rest } = { ...condition, ...next }
    change(how === undefined || how === 'same' ? rest : { ...rest, as: how })
  }
  const isDay = ({ kind }: Field) => kind === 'date' || kind === 'month'
  const theirs = offered.find(({ key }) => key === condition.theirs)
  const mine = draft.fields.filter((one) =>
    as !== 'same' ? isDay(one) : theirs === undefined ? one.kind === 'record' && one.of === from.key : mayBeSame(theirs, one),
  )
  const named = (one: Field) => (
    <option key={one.key} value={one.key}>
      {one.name[language]}
    </option>
  )
  return (
    <div className="ledger-tools" role="group" aria-label={t('conditionOf', { n })}>
      <span className="bf-quiet">{t('gatherTheirs')}</span>
      <select
        className="bf-input ledger-short"
        aria-label={`${t('conditionOf', { n })} ${t('gatherTheirs')}`}
        value={condition.theirs}
        onChange={(event) => change(firstFor(event.target.value, { from, draft, offered }))}
      >
        {draft.fields.some(({ kind, of }) => kind === 'record' && of === from.key) ? (
          <option value="$record">{t('theRecord')}</option>
        ) : null}
        {offered.filter((one) => mayStand(one, draft)).map(named)}
      </select>
      <select
        className="bf-input ledger-short"
        aria-label={`${t('conditionOf', { n })} ${t('gatherAs')}`}
        value={as}
        disabled={theirs === undefined || !isDay(theirs)}
        onChange={(event) => give({ as: Comparison.options.find((one) => one === event.target.value) ?? 'same' })}
      >
        {Comparison.options.map((one) => (
          <option key={one} value={one}>
            {t(`as.${one}`)}
          </option>
        ))}
      </select>
      <span className="bf-quiet">{t('gatherMine')}</span>
      <select
        className="bf-input ledger-short"
        aria-label={`${t('conditionOf', { n })} ${t('gatherMine')}`}
        value={condition.mine}
        onChange={(event) => give({ mine: event.target.value })}
      >
        {theirs?.kind === 'record' && theirs.of === draft.key ? <option value="$record">{t('itself')}</option> : null}
        {mine.map(named)}
      </select>
      <button
        type="button"
        className="ledger-icon"
        aria-label={t('removeCondition', { n })}
        disabled={remove === undefined}
        onClick={remove}
      >
        ✕
      </button>
    </div>
  )
}

/** Whether a field of the other ledger has anything here to be compared with. */
const mayStand = (theirs: Field, draft: Draft): boolean =>
  (theirs.kind === 'record' && theirs.of === draft.key) ||
  draft.fields.some((mine) => mayBeSame(theirs, mine) || (isDayKind(theirs) && isDayKind(mine)))
const isDayKind = ({ kind }: Field): boolean => kind === 'date' || kind === 'month'

/** The likeliest condition with this field of theirs. */
function firstFor(theirs: string, given: { from: Template; draft: Draft; offered: readonly Field[] }): GatherCondition {
  const { from, draft, offered } = given
  const field = offered.find(({ key }) => key === theirs)
  const pair = linkingPairs(from, draft).find((one) => one.theirs === theirs)
  if (pair !== undefined) return pair
  if (field !== undefined && isDayKind(field)) return { theirs, mine: draft.fields.find(isDayKind)?.key ?? '$record', as: 'same-year' }
  return { theirs, mine: (field === undefined ? undefined : draft.fields.find((mine) => mayBeSame(field, mine))?.key) ?? '$record' }
}
