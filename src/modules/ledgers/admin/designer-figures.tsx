import { Field as Labelled } from '#ui/forms/field.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { isLink } from '../rules/field-kinds.ts'
import type { TemplateIndicator } from '../rules/template-indicators.ts'
import { CheckList } from './designer-check-list.tsx'
import { bothWords } from './designer-choices.ts'
import { nextKey, type Draft } from './designer-draft.ts'
import { TextPart } from './designer-field-more.tsx'
import { FilterLines, sayFilters } from './designer-filters.tsx'
import { readMeasure } from './designer-gathers.tsx'
import { moreWords } from './designer-more-words.ts'
import type { PartProps } from './designer-part.ts'
import { designerWords } from './designer-words.ts'

type Counted = Exclude<TemplateIndicator, { kind: 'ratio' }>
type Ratio = Extract<TemplateIndicator, { kind: 'ratio' }>

/** The figures of a ledger: what is counted or summed, of which records, and ratios of two of them. */
export function FiguresPart(props: PartProps) {
  const { draft, change } = props
  const t = useT(moreWords)
  const figures = draft.indicators ?? []
  const counted = figures.filter((one) => one.kind !== 'ratio')
  const put = (next: readonly TemplateIndicator[]) => change((before) => withFigures(before, next))
  const key = () => {
    const prefix = `ledgers.${draft.key}.i`
    return nextKey(
      prefix,
      figures.map((one) => one.key),
    )
  }
  const add = () =>
    put([
      ...figures,
      { key: key(), name: bothWords(`${t('newFigure')}${figures.length + 1}`), unit: '条', kind: 'stock', measure: { count: 'rows' } },
    ])
  const [part, base] = counted
  const addRatio = () => {
    if (part !== undefined && base !== undefined)
      put([
        ...figures,
        { key: key(), name: bothWords(`${t('newFigure')}${figures.length + 1}`), unit: '%', kind: 'ratio', part: part.key, base: base.key },
      ])
  }
  return (
    <>
      <p className="bf-quiet">{t('figuresNote')}</p>
      <ol className="ledger-fields">
        {figures.map((figure, at) => (
          <FigureLine
            key={figure.key}
            {...props}
            figure={figure}
            at={at}
            counted={counted}
            put={(next) => put(figures.flatMap((one) => (one.key !== figure.key ? [one] : next === undefined ? [] : [next])))}
          />
        ))}
      </ol>
      <div className="ledger-names">
        <button type="button" className="bf-chip" disabled={figures.length >= 30} onClick={add}>
          ＋ {t('addFigure')}
        </button>
        <button
          type="button"
          className="bf-chip"
          disabled={base === undefined}
          title={base === undefined ? t('figureFew') : undefined}
          onClick={addRatio}
        >
          ＋ {t('addRatio')}
        </button>
      </div>
    </>
  )
}

function withFigures(draft: Draft, figures: readonly TemplateIndicator[]): Draft {
  const { indicators: _before, ...rest } = draft
  // A ratio of what is gone is gone.
  const keys = new Set(figures.map(({ key }) => key))
  const kept = figures.filter((one) => one.kind !== 'ratio' || (keys.has(one.part) && keys.has(one.base)))
  return kept.length === 0 ? rest : { ...rest, indicators: kept }
}

interface LineProps extends PartProps {
  figure: TemplateIndicator
  at: number
  counted: readonly Counted[]
  put: (figure: TemplateIndicator | undefined) => void
}

function FigureLine(props: LineProps) {
  const { figure, at, put, problems } = props
  const t = useT(moreWords)
  const d = useT(designerWords)
  const language = useLanguage()
  const said = problems.filter((one) => one.at.startsWith(`indicators.${figure.key}`)).map((one) => one.said[language])
  return (
    <li className="ledger-field bf-stack" data-at={`indicators.${figure.key}`}>
      <div className="ledger-pair">
        <TextPart label={t('figureName', { n: at + 1 })} value={figure.name.zh} change={(zh) => put({ ...figure, name: bothWords(zh) })} />
        <TextPart label={t('figureUnit')} value={figure.unit} most={20} change={(unit) => put({ ...figure, unit })} />
        {figure.kind === 'ratio' ? null : <KindChoice figure={figure} put={put} draft={props.draft} />}
      </div>
      {figure.kind === 'ratio' ? <RatioParts {...props} figure={figure} /> : <CountedParts {...props} figure={figure} />}
      {said.length === 0 ? null : <p className="bf-problem">▲ {said.join('；')}</p>}
      <div>
        <button type="button" className="bf-link" onClick={() => put(undefined)}>
          {d('removeOf', { name: figure.name[language] })}
        </button>
      </div>
    </li>
  )
}

const kinds = ['stock', 'flow', 'cumulative'] as const

function KindChoice({ figure, put, draft }: { figure: Counted; put: LineProps['put']; draft: Draft }) {
  const t = useT(moreWords)
  const language = useLanguage()
  const on = figure.kind === 'stock' ? 'made' : figure.on
  const choose = (kind: string) => {
    const { key, name, unit, measure, filters, dimensions } = figure
    const rest = {
      key,
      name,
      unit,
      measure,
      ...(filters === undefined ? {} : { filters }),
      ...(dimensions === undefined ? {} : { dimensions }),
    }
    if (kind === 'flow' || kind === 'cumulative') put({ ...rest, kind, on })
    else put({ ...rest, kind: 'stock' })
  }
  return (
    <>
      <Labelled label={t('figureKind')}>
        {(control) => (
          <select {...control} className="bf-input" value={figure.kind} onChange={(event) => choose(event.target.value)}>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`figure.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {figure.kind === 'stock' ? null : (
        <Labelled label={t('figureOn')}>
          {(control) => (
            <select {...control} className="bf-input" value={figure.on} onChange={(event) => put({ ...figure, on: event.target.value })}>
              <option value="made">{t('made')}</option>
              {offeredFields(draft)
                .filter(({ kind }) => kind === 'date' || kind === 'month')
                .map((field) => (
                  <option key={field.key} value={field.key}>
                    {field.name[language]}
                  </option>
                ))}
            </select>
          )}
        </Labelled>
      )}
    </>
  )
}

const offeredFields = (draft: Draft) => draft.fields.filter(({ key }) => draft.list.offered.includes(key))

function useMeasures(draft: Draft) {
  const t = useT(moreWords)
  const language = useLanguage()
  const fields = offeredFields(draft)
  const numbers = fields.filter(({ kind }) => kind === 'number' || kind === 'money')
  const named = (how: 'sum' | 'mean' | 'max' | 'distinct', of: typeof fields) =>
    of.map((field) => ({ key: `${how}:${field.key}`, name: t(`measure.${how}`, { name: field.name[language] }) }))
  return [
    { key: 'count:rows', name: t('measure.count') },
    ...named('sum', numbers),
    ...named('mean', numbers),
    ...named('max', numbers),
    ...named(
      'distinct',
      fields.filter(({ kind }) => isLink(kind) || kind === 'text'),
    ),
  ]
}

function CountedParts({ draft, figure, put }: LineProps & { figure: Counted }) {
  const t = useT(moreWords)
  const language = useLanguage()
  const measures = useMeasures(draft)
  const chosen = Object.entries(figure.measure).map(([how, key]) => `${how}:${key}`)[0] ?? ''
  const groups = [
    { key: 'state', name: language === 'zh' ? '状态' : 'State' },
    ...offeredFields(draft)
      .filter(({ kind }) => kind === 'choice' || kind === 'yes-no')
      .map(({ key, name }) => ({ key, name: name[language] })),
  ]
  const filters = sayFilters(figure.filters ?? [], draft, { language, words: (how) => t(`how.${how}`), yes: t('yes'), no: t('no') })
  const on = figure.kind === 'stock' ? '' : (draft.fields.find(({ key }) => key === figure.on)?.name[language] ?? t('made'))
  return (
    <>
      <Labelled label={t('figureWhat')}>
        {(control) => (
          <select
            {...control}
            className="bf-input ledger-short"
            value={chosen}
            onChange={(event) => put({ ...figure, measure: readMeasure(event.target.value) })}
          >
            {measures.some(({ key }) => key === chosen) ? null : <option value={chosen}>—</option>}
            {measures.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <FilterLines
        filters={figure.filters ?? []}
        fields={offeredFields(draft).filter(({ kind }) => !isLink(kind))}
        states={draft.states}
        most={10}
        change={(next) => {
          const { filters: _before, ...rest } = figure
          put(next.length === 0 ? rest : { ...rest, filters: next })
        }}
      />
      <CheckList
        legend={t('figureGroups')}
        choices={groups}
        chosen={figure.dimensions ?? []}
        change={(next) => {
          const { dimensions: _before, ...rest } = figure
          put(next.length === 0 ? rest : { ...rest, dimensions: next.slice(0, 6) })
        }}
      />
      <p className="ledger-why">
        {t(`figureSays.${figure.kind}`, {
          on,
          filters: filters === '' ? '' : `（${filters}）`,
          what: measures.find(({ key }) => key === chosen)?.name ?? '',
        })}
      </p>
    </>
  )
}

function RatioParts({ figure, counted, put }: LineProps & { figure: Ratio }) {
  const t = useT(moreWords)
  const language = useLanguage()
  const nameOf = (key: string) => counted.find((one) => one.key === key)?.name[language] ?? key
  const choice = (name: 'part' | 'base') => (
    <Labelled label={t(name === 'part' ? 'ratioPart' : 'ratioBase')}>
      {(control) => (
        <select {...control} className="bf-input" value={figure[name]} onChange={(event) => put({ ...figure, [name]: event.target.value })}>
          {counted.some(({ key }) => key === figure[name]) ? null : <option value={figure[name]}>{figure[name]}</option>}
          {counted.map((one) => (
            <option key={one.key} value={one.key}>
              {one.name[language]}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
  return (
    <>
      <div className="ledger-pair">
        {choice('part')}
        {choice('base')}
      </div>
      <p className="ledger-why">{t('ratioSays', { part: nameOf(figure.part), base: nameOf(figure.base) })}</p>
    </>
  )
}
