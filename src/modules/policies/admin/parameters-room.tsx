import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Notice } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { useT } from '#ui/words/use-t.ts'
import { Parameters, type ParameterValue, type PolicyText } from '../contract.ts'
import { loadPolicy, loadVersions } from './policy-calls.ts'
import { parameterWords } from './parameter-words.ts'
import { ParameterTable, textOfValue } from './parameter-table.tsx'
import { policyWords } from './policy-words.ts'
import { PublishPanel } from './publish-panel.tsx'
import { RoomFrame, type RoomProps } from './room-frame.tsx'
import { SimulatePanel } from './simulate-panel.tsx'
import { useHistory } from './use-history.ts'
import { useVersionDraft } from './use-version-draft.ts'

/** A version whose content is dated values: lines, shares, limits, each with what those below may do with it. */
export function ParametersRoom(props: RoomProps) {
  const t = useT(policyWords)
  const [values] = useState(() => readValues(props.text.content))
  return values === undefined ? <Notice kind="error">{t('unreadable', { why: 'JSON' })}</Notice> : <Room {...props} values={values} />
}

function Room({ values, ...props }: RoomProps & { values: readonly ParameterValue[] }) {
  const { text, tab, setTab, current } = props
  const t = useT(parameterWords)
  const history = useHistory(values)
  const { present } = history
  const content = () => JSON.stringify({ values: present }, null, 2)
  const draft = useVersionDraft(text, { stamp: present, content, examples: text.examples })
  const before = current === undefined || current.version.versionId === text.version.versionId ? undefined : readValues(current.content)
  return (
    <RoomFrame {...props} draft={draft} tabs={['rules', 'difference', 'simulate', 'publish']}>
      {tab === 'rules' ? (
        <>
          <Section title={t('title')}>
            <ParameterTable values={present} superiors={text.parameters} change={text.version.can.edit ? history.change : undefined} />
          </Section>
          <Section title={t('years')}>
            <OverTime text={text} names={present.map((one) => one.name)} />
          </Section>
        </>
      ) : null}
      {tab === 'difference' ? (
        <Section>
          <ValueDifference before={before ?? present} after={present} />
        </Section>
      ) : null}
      {tab === 'simulate' ? <SimulatePanel text={text} content={content} stamp={present} firstDay={draft.meta.effectiveFrom} /> : null}
      {tab === 'publish' ? <PublishPanel {...props} draft={draft} goToRow={() => setTab('rules')} /> : null}
    </RoomFrame>
  )
}

function readValues(content: string): readonly ParameterValue[] | undefined {
  try {
    return Parameters.parse(JSON.parse(content)).values
  } catch {
    return undefined // the text is shown as unreadable
  }
}

function ValueDifference({ before, after }: { before: readonly ParameterValue[]; after: readonly ParameterValue[] }) {
  const t = useT(parameterWords)
  const names = Array.from(new Set([...before, ...after].map((one) => one.name)))
  const say = (list: readonly ParameterValue[], name: string) => {
    const found = list.find((one) => one.name === name)
    return found === undefined ? '—' : `${textOfValue(found.value)} ${found.unit}`
  }
  const rows = names.map((name) => ({ name, was: say(before, name), is: say(after, name) })).filter(({ was, is }) => was !== is)
  if (rows.length === 0) return <Notice kind="info">{t('noChange')}</Notice>
  return (
    <ScrollBox>
      <table className="bf-table" aria-label={t('table')}>
        <thead>
          <tr>
            <th>{t('name')}</th>
            <th>{t('before')}</th>
            <th>{t('after')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, was, is }) => (
            <tr key={name}>
              <td>{name}</td>
              <td>
                <span className="bf-before">{was}</span>
              </td>
              <td>
                <span className="bf-after">{is}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

const mostShown = 8

/** The values of the published versions side by side: a line that is adjusted every year is read here. */
function OverTime({ text, names }: { text: PolicyText; names: readonly string[] }) {
  const t = useT(parameterWords)
  const { key } = text.policy
  const versions = useQuery({ queryKey: ['policies', 'versions', key], queryFn: () => loadVersions(key) })
  const shown = (versions.data?.items ?? []).filter((one) => one.state === 'published').slice(0, mostShown)
  const texts = useQueries({
    queries: shown.map(({ versionId }) => ({ queryKey: ['policies', 'text', key, versionId], queryFn: () => loadPolicy(key, versionId) })),
  })
  return (
    <ScrollBox>
      <table className="bf-table" aria-label={t('years')}>
        <thead>
          <tr>
            <th>{t('name')}</th>
            {shown.map((one) => (
              <th key={one.versionId}>
                {t('since', { day: one.effectiveFrom })}
                <span className="bf-source">{one.areaName}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <td>{name}</td>
              {texts.map(({ data }, at) => {
                const found = data === undefined ? undefined : readValues(data.content)?.find((one) => one.name === name)
                return (
                  <td key={shown[at]?.versionId} className="bf-figures">
                    {data === undefined ? '…' : found === undefined ? '—' : textOfValue(found.value)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
