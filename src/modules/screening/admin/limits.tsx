import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { read, write } from '#kernel/browser/api/index.ts'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { LimitOutlook } from '../rules/advise-limit.ts'
import type { AdvisedLimit, ThresholdVersion } from '../rules/compare-records.ts'
import type { SetLimit } from '../rules/compare-requests.ts'
import { todayHere } from './authorisation-table.tsx'
import { limitWords } from './limit-words.ts'
import { Bar, percent } from './share-bar.tsx'

const limitsKey = ['screening', 'limits'] as const

interface LimitsData {
  items: AdvisedLimit[]
  versions: ThresholdVersion[]
  can: { set: boolean }
}

/** What other limits would have meant for the leads that were answered, and the versions of the limits. */
export function Limits() {
  const t = useT(limitWords)
  const limits = useQuery({ queryKey: limitsKey, queryFn: () => read<LimitsData>('/screening/limits') })
  const [applying, setApplying] = useState<{ limit: AdvisedLimit; value: number }>()
  return (
    <Section title={t('limits')}>
      <p className="bf-quiet">{t('limitsNote')}</p>
      <Loaded query={limits}>
        {({ items, versions, can }) => (
          <>
            {items.map((limit) => (
              <Limit key={limit.key} limit={limit} apply={can.set ? (value) => setApplying({ limit, value }) : undefined} />
            ))}
            <h3>{t('versions')}</h3>
            <Versions versions={versions} />
          </>
        )}
      </Loaded>
      <Modal
        open={applying !== undefined}
        title={t('applyTitle')}
        footer={null}
        onCancel={() => setApplying(undefined)}
        destroyOnHidden
        width="34rem"
      >
        {applying === undefined ? null : <ApplyForm {...applying} close={() => setApplying(undefined)} />}
      </Modal>
    </Section>
  )
}

/** The key is one of the catalogue, or shown as it is. */
function useLimitName() {
  const t = useT(limitWords)
  return (key: string) => (`limit.${key}` in limitWords ? t(`limit.${key}` as keyof typeof limitWords) : key) // Safe: just asked
}

function Limit({ limit, apply }: { limit: AdvisedLimit; apply: ((value: number) => void) | undefined }) {
  const t = useT(limitWords)
  const nameOf = useLimitName()
  const unit = t(`unit.${limit.unit}`)
  const [now] = limit.outlooks
  const best = limit.outlooks.find((one) => one.limit === limit.recommended)
  return (
    <div className="screening-reason">
      <h3>{nameOf(limit.key)}</h3>
      <p>
        {limit.why === 'raise' && best !== undefined && now !== undefined
          ? t('why.raise', {
              limit: best.limit.toLocaleString('en'),
              unit,
              was: percent(now.precision?.value),
              is: percent(best.precision?.value),
              recall: percent(best.recall),
              fewer: Math.round(now.visits - best.visits),
            })
          : limit.why === 'stay'
            ? t('why.stay')
            : t('why.too-few-answers', { n: now?.answered ?? 0, least: limit.leastAnswers })}
        {best === undefined || apply === undefined ? null : (
          <>
            {' '}
            <Button type="primary" size="small" aria-label={`${t('apply')}：${nameOf(limit.key)}`} onClick={() => apply(best.limit)}>
              {t('apply')}
            </Button>
          </>
        )}
      </p>
      {(now?.answered ?? 0) === 0 ? null : <OutlookTable limit={limit} unit={unit} />}
    </div>
  )
}

function OutlookTable({ limit, unit }: { limit: AdvisedLimit; unit: string }) {
  const t = useT(limitWords)
  const most = Math.max(1, ...limit.outlooks.map((one) => one.visits))
  return (
    <ScrollBox>
      <table className="bf-table">
        <thead>
          <tr>
            <th scope="col">
              {t('limit')}（{unit}）
            </th>
            <th scope="col" className="bf-number">
              {t('answered')}
            </th>
            <th scope="col">{t('precision')}</th>
            <th scope="col">{t('recall')}</th>
            <th scope="col">{t('visits')}</th>
            <th scope="col" className="bf-number">
              {t('perVillage')}
            </th>
          </tr>
        </thead>
        <tbody>
          {limit.outlooks.map((one) => (
            <OutlookRow key={one.limit} one={one} limit={limit} most={most} />
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function OutlookRow({ one, limit, most }: { one: LimitOutlook; limit: AdvisedLimit; most: number }) {
  const t = useT(limitWords)
  return (
    <tr>
      <th scope="row" className="bf-figures">
        {one.limit.toLocaleString('en')} {one.limit === limit.current ? <StatusTag level="grey" text={t('now')} /> : null}
        {one.limit === limit.recommended ? <StatusTag level="green" text={t('advised')} /> : null}
      </th>
      <td className="bf-number">{one.answered}</td>
      <td>
        <Bar share={one.precision?.value} level="green" text={percent(one.precision?.value)} note={rangeOf(one)} />
      </td>
      <td>
        <Bar share={one.recall ?? undefined} level="green" text={percent(one.recall)} />
      </td>
      <td>
        <Bar share={one.visits / most} level="amber" text={one.visits.toFixed(1)} />
      </td>
      <td className="bf-number">
        {one.visitsPerVillage.toFixed(1)} / {one.mostInVillage}
      </td>
    </tr>
  )
}

function rangeOf({ precision }: LimitOutlook): string | undefined {
  return precision === null ? undefined : `${percent(precision.low)} – ${percent(precision.high)}`
}

function Versions({ versions }: { versions: readonly ThresholdVersion[] }) {
  const t = useT(limitWords)
  const nameOf = useLimitName()
  return (
    <ul>
      {versions.map((version) => (
        <li key={`${version.from} ${version.setAt}`}>
          {t('version', { day: version.from })}　
          {version.setBy === ''
            ? t('shipped')
            : version.changes
                .map((one) =>
                  t('changed', { name: nameOf(one.key), was: one.was?.toLocaleString('en') ?? '—', is: one.is.toLocaleString('en') }),
                )
                .join('；')}
          {version.setBy === '' ? null : (
            <span className="bf-source">{t('setBy', { name: version.setBy, at: version.setAt, reason: version.reason })}</span>
          )}
        </li>
      ))}
    </ul>
  )
}

function ApplyForm({ limit, value, close }: { limit: AdvisedLimit; value: number; close: () => void }) {
  const t = useT(limitWords)
  const nameOf = useLimitName()
  const queries = useQueryClient()
  const [effectiveFrom, setFrom] = useState(todayHere())
  const [reason, setReason] = useState('')
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const input: SetLimit = { key: limit.key, value, effectiveFrom, reason }
      await write('POST', '/screening/limits', input)
      await queries.invalidateQueries({ queryKey: limitsKey })
      close()
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  const numbers = { was: limit.current.toLocaleString('en'), is: value.toLocaleString('en'), unit: t(`unit.${limit.unit}`) }
  return (
    <form
      className="bf-form"
      onSubmit={(event) => {
        event.preventDefault()
        void save() // shows its own refusal
      }}
    >
      <p>{t('applyText', { name: nameOf(limit.key), ...numbers })}</p>
      <Field label={t('from')} isRequired>
        {(control) => <Input {...control} type="date" value={effectiveFrom} onChange={(event) => setFrom(event.target.value)} />}
      </Field>
      <Field label={t('reason')} isRequired>
        {(control) => <Input {...control} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
      <Problem error={error} />
      <div className="bf-dialog-actions">
        <Button onClick={close}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={isBusy} disabled={reason.trim().length < 4 || effectiveFrom === ''}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
