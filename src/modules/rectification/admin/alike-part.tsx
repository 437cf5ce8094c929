import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { read, write } from '#kernel/browser/api/index.ts'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { Alike } from '../rules/check-records.ts'
import { screenWords } from './screen-words.ts'

/** 举一反三: where the same problem may be; what is chosen is asked for in one go. */
export function AlikePart({ problemId }: { problemId: string }) {
  const t = useT(screenWords)
  const [isOpen, setOpen] = useState(false)
  return (
    <Section title={t('alike')}>
      {isOpen ? <AlikeChoice problemId={problemId} /> : <Button onClick={() => setOpen(true)}>{t('alike')}</Button>}
    </Section>
  )
}

function AlikeChoice({ problemId }: { problemId: string }) {
  const t = useT(screenWords)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [said, setSaid] = useState('')
  const [error, setError] = useState<unknown>()
  const alike = useQuery({
    queryKey: ['rectification', 'alike', problemId],
    queryFn: () => read<Alike>(`/rectification/problems/${problemId}/alike`),
  })
  const toggle = (key: string) => setChosen((before) => (before.includes(key) ? before.filter((one) => one !== key) : [...before, key]))
  const start = async () => {
    const of = (kind: string) => chosen.filter((key) => key.startsWith(kind)).map((key) => key.slice(kind.length))
    setError(undefined)
    try {
      const body = { villages: of('village:'), households: of('household:'), due: { workingDays: 5 } }
      const { opened } = await write<{ opened: number }>('POST', `/rectification/problems/${problemId}/checks`, body)
      setSaid(t('started', { n: opened }))
      setChosen([])
    } catch (fault) {
      setError(fault)
    }
  }
  const box = (key: string, label: string) => (
    <label key={key}>
      <input type="checkbox" checked={chosen.includes(key)} onChange={() => toggle(key)} /> {label}
    </label>
  )
  return (
    <Loaded query={alike}>
      {({ villages, households, sameClass }) => (
        <div className="bf-stack">
          <p>{t('alikeNote', { n: sameClass })}</p>
          {said === '' ? null : <Notice kind="success">{said}</Notice>}
          <strong>{t('villages')}</strong>
          <div className="rect-checks">
            {villages.slice(0, 60).map(({ path, name, problems, isAsked }) => {
              const of = problems === 0 ? '' : `（${t('ofClass', { n: problems })}）`
              return box(`village:${path}`, `${name}${of}${isAsked ? ` · ${t('asked')}` : ''}`)
            })}
          </div>
          {households.length === 0 ? null : <strong>{t('households')}</strong>}
          <div className="rect-checks">
            {households.map(({ householdId, head, why }) =>
              box(`household:${householdId}`, [head, why].filter((part) => part !== '').join(' · ')),
            )}
          </div>
          <Problem error={error} />
          <Button type="primary" disabled={chosen.length === 0} onClick={() => void start() /* shows its own refusal */}>
            {t('startChecks', { n: chosen.length })}
          </Button>
        </div>
      )}
    </Loaded>
  )
}
