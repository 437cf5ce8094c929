import { Button } from 'antd'
import { useState } from 'react'
import { write } from '#kernel/browser/api/index.ts'
import { defineWords } from '#kernel/pure/words/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { ProblemCard } from '../rules/problem-records.ts'
import { BatchBar } from './batch-bar.tsx'
import { aboutOf } from './problem-parts.tsx'

const words = defineWords({
  title: { zh: '抽查已销号的问题', en: 'Sample what was struck off' },
  n: { zh: '抽几个', en: 'How many' },
  seed: { zh: '抽签号', en: 'Seed' },
  seedHint: {
    zh: '写进通知里的任意一串字；同一个号抽出同样的问题，谁都能复核',
    en: 'Any text named in the notice: the same text draws the same problems',
  },
  draw: { zh: '抽取', en: 'Draw' },
  drawn: { zh: '抽出 {n} 个；逐个复查，合格的点“抽查合格”，不合格的“重新打开”', en: '{n} drawn: look at each again' },
})

/** A sample of struck-off problems, drawn by a seed that anybody can check; a second person looks at each again. */
export function SampleDraw({ campaignId }: { campaignId: string }) {
  const t = useT(words)
  const [n, setN] = useState('5')
  const [seed, setSeed] = useState('')
  const [items, setItems] = useState<readonly ProblemCard[]>()
  const [error, setError] = useState<unknown>()
  const isReady = /^[1-9]\d{0,2}$/.test(n) && Number(n) <= 200 && seed.trim() !== ''
  const draw = async () => {
    setError(undefined)
    try {
      const body = { n: Number(n), seed: seed.trim(), ...(campaignId === '' ? {} : { campaignId }) }
      setItems((await write<{ items: ProblemCard[] }>('POST', '/rectification/samples', body)).items)
    } catch (fault) {
      setError(fault)
    }
  }
  return (
    <Section title={t('title')}>
      <form
        className="bf-filters"
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) void draw() // shows its own refusal
        }}
      >
        <Field label={t('n')}>
          {(control) => (
            <input {...control} className="bf-input" inputMode="numeric" value={n} onChange={(event) => setN(event.target.value)} />
          )}
        </Field>
        <Field label={t('seed')} hint={t('seedHint')}>
          {(control) => (
            <input {...control} className="bf-input" maxLength={40} value={seed} onChange={(event) => setSeed(event.target.value)} />
          )}
        </Field>
        <Button htmlType="submit" disabled={!isReady}>
          {t('draw')}
        </Button>
      </form>
      <Problem error={error} />
      {items === undefined ? null : (
        <>
          <p>{t('drawn', { n: items.length })}</p>
          <BatchBar chosen={items} clear={() => setItems(undefined)} />
          <ul className="rect-plain">
            {items.map((card) => (
              <li key={card.problemId}>
                <PageLink to={`/rectification/problems/${card.problemId}`}>{`${card.problemNo} ${card.description}`}</PageLink>
                <div className="bf-quiet">{aboutOf(card)}</div>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
