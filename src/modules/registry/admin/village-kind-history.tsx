import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { VillageKind } from '../contract.ts'
import type { VillageKindRecord } from '../rules/register-records.ts'
import { villageWords } from './village-words.ts'

/** Every kind a village has had, those of today first; a kind of today can be ended with day and source. */
export function KindHistory({ kinds, mayEnd, done }: { kinds: readonly VillageKindRecord[]; mayEnd: boolean; done: () => void }) {
  const t = useT(villageWords)
  const [ending, setEnding] = useState<string>()
  if (kinds.length === 0) return <p className="bf-quiet">{t('noKind')}</p>
  return (
    <ul className="registry-kinds">
      {kinds.map((one) => (
        <li key={one.villageKindId}>
          <span className="bf-row">
            <KindTag kind={one.kind} isOver={one.validTo !== undefined} />
            <span className="bf-figures">{spanOf(one, t)}</span>
            {mayEnd && one.validTo === undefined && ending !== one.villageKindId ? (
              <Button size="small" onClick={() => setEnding(one.villageKindId)} aria-label={t('endOf', { kind: t(`kind.${one.kind}`) })}>
                {t('end')}
              </Button>
            ) : null}
          </span>
          <span className="bf-source">{one.source}</span>
          {one.endSource === undefined ? null : <span className="bf-source">{t('endedBy', { source: one.endSource })}</span>}
          {ending === one.villageKindId ? <EndForm kind={one} done={done} giveUp={() => setEnding(undefined)} /> : null}
        </li>
      ))}
    </ul>
  )
}

/** From when to when a kind held: `2021-06-01 起` or `2014-01-01 至 2018-12-31`. */
export function spanOf(kind: VillageKindRecord, t: (key: 'since' | 'fromTo', values: Record<string, string>) => string): string {
  return kind.validTo === undefined ? t('since', { from: kind.validFrom }) : t('fromTo', { from: kind.validFrom, to: kind.validTo })
}

/** A kind in its word; only one of today has a colour. */
export function KindTag({ kind, isOver }: { kind: VillageKind; isOver: boolean }) {
  const t = useT(villageWords)
  const level = isOver ? 'grey' : kind === 'poor' ? 'red' : kind === 'exited' ? 'green' : 'grey'
  return <StatusTag level={level} text={t(`kind.${kind}`)} />
}

function EndForm({ kind, done, giveUp }: { kind: VillageKindRecord; done: () => void; giveUp: () => void }) {
  const t = useT(villageWords)
  const [validTo, setValidTo] = useState('')
  const [source, setSource] = useState('')
  const end = useMutation({
    mutationFn: () => write<VillageKindRecord>('POST', `/registry/village-kinds/${kind.villageKindId}/end`, { validTo, source }),
    onSuccess: done,
  })
  return (
    <form
      className="bf-form registry-end"
      onSubmit={(event) => {
        event.preventDefault()
        end.mutate()
      }}
    >
      <Field label={t('validTo')} isRequired>
        {(control) => <Input {...control} type="date" value={validTo} onChange={(event) => setValidTo(event.target.value)} />}
      </Field>
      <Field label={t('endSource')} isRequired>
        {(control) => <Input {...control} value={source} maxLength={100} onChange={(event) => setSource(event.target.value)} />}
      </Field>
      <Problem error={end.error} />
      <div className="bf-dialog-actions">
        <Button onClick={giveUp}>{t('keepKind')}</Button>
        <Button type="primary" danger htmlType="submit" loading={end.isPending} disabled={validTo === '' || source.trim() === ''}>
          {t('endNow')}
        </Button>
      </div>
    </form>
  )
}
