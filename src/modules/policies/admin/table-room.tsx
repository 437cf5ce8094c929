import { useMemo, useState } from 'react'
import { readDmn, type Definitions } from '#kernel/pure/decisions/index.ts'
import { isNamedError } from '#kernel/pure/errors/index.ts'
import { Notice } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { PolicyText } from '../contract.ts'
import { DifferenceView } from './difference-view.tsx'
import { differenceWords } from './difference-words.ts'
import { policyTabs } from './policy-tabs.ts'
import { policyWords } from './policy-words.ts'
import { PublishPanel } from './publish-panel.tsx'
import { RoomFrame, type RoomProps } from './room-frame.tsx'
import { SimulatePanel } from './simulate-panel.tsx'
import { contentOf, type Draft, type Lead } from './editor-props.ts'
import { TableEditor } from './table-editor.tsx'
import { decisionsOf } from './model-diff.ts'
import { useHistory } from './use-history.ts'
import { useVersionDraft } from './use-version-draft.ts'

/** A version whose content is a decision model. */
export function TableRoom(props: RoomProps) {
  const t = useT(policyWords)
  const [read] = useState(() => readModel(props.text.content))
  return 'why' in read ? (
    <Notice kind="error">{t('unreadable', { why: read.why })}</Notice>
  ) : (
    <Room {...props} definitions={read.definitions} />
  )
}

function Room({ definitions, ...props }: RoomProps & { definitions: Definitions }) {
  const { text, tab, setTab, current } = props
  const t = useT(differenceWords)
  const language = useLanguage()
  const history = useHistory<Draft>({ definitions, examples: text.examples })
  const { present } = history
  const [lead, setLead] = useState<Lead>()
  const draft = useVersionDraft(text, { stamp: present, content: () => contentOf(present), examples: present.examples })
  const published = useMemo(() => publishedModel(current, text), [current, text])
  const names = [...decisionsOf(present.definitions).keys()]
  const decision = decisionOf(text, names)
  return (
    <RoomFrame {...props} draft={draft} tabs={policyTabs}>
      {tab === 'rules' ? (
        <TableEditor
          history={history}
          isOpen={text.version.can.edit}
          facts={text.facts}
          parameters={text.parameters}
          decision={decision}
          published={published}
          save={draft.save}
          lead={lead}
          householdPolicy={text.policy.subject === 'household' ? text.policy.key : undefined}
        />
      ) : null}
      {tab === 'difference' ? (
        <Section>
          {current === undefined || published === undefined ? (
            <Notice kind="info">{t(current === undefined ? 'nothingInForce' : 'none')}</Notice>
          ) : (
            <>
              <p>{t('against', { name: current.version.areaName, day: current.version.effectiveFrom })}</p>
              <DifferenceView old={published} around={{ definitions: present.definitions, facts: text.facts, language }} />
            </>
          )}
        </Section>
      ) : null}
      {tab === 'simulate' ? (
        <SimulatePanel text={text} content={() => contentOf(present)} stamp={present} firstDay={draft.meta.effectiveFrom} />
      ) : null}
      {tab === 'publish' ? (
        <PublishPanel
          {...props}
          draft={draft}
          goToRow={(name, row) => {
            setLead({ decision: name, row })
            setTab('rules')
          }}
        />
      ) : null}
    </RoomFrame>
  )
}

/** The decision that others ask for: the one the examples name, else the last one. */
function decisionOf({ examples, findings }: PolicyText, names: readonly string[]): string {
  const [expected = ''] = Object.keys(examples[0]?.expected ?? {})
  const named = names.find((name) => name === expected)
  return (
    named ??
    names.find((name) => findings.some((one) => one.code === 'example-failed' && one.decision === name)) ??
    names[names.length - 1] ??
    ''
  )
}

function publishedModel(current: PolicyText | undefined, text: PolicyText): Definitions | undefined {
  if (current === undefined || current.version.versionId === text.version.versionId) return undefined
  const read = readModel(current.content)
  return 'definitions' in read ? read.definitions : undefined
}

function readModel(content: string): { definitions: Definitions } | { why: string } {
  try {
    return { definitions: readDmn(content) }
  } catch (error) {
    if (!isNamedError(error)) throw error
    return { why: `${error.code} ${JSON.stringify(error.details)}` }
  }
}
