import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Problem } from '#ui/feedback/faces.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { useLeaveGuard } from '#ui/plug/leave-guard.ts'
import { useT } from '#ui/words/use-t.ts'
import type { PolicyText } from '../contract.ts'
import { BeginDraft } from './begin-draft.tsx'
import type { PolicyTab } from './policy-tabs.ts'
import { policyWords } from './policy-words.ts'
import type { VersionDraft } from './use-version-draft.ts'
import { documentOf, useDaysOf } from './version-parts.tsx'

/** What the page hands to the room of a version. */
export interface RoomProps {
  text: PolicyText
  tab: PolicyTab
  setTab: (tab: PolicyTab) => void
  openVersion: (versionId: string, tab?: PolicyTab) => void
  /** The version in force, to be compared with. */
  current: PolicyText | undefined
}

interface RoomFrameProps extends Omit<RoomProps, 'current'> {
  draft: VersionDraft
  tabs: readonly PolicyTab[]
  children: ReactNode
}

/** The frame around a version: which one it is, the four things one does with it, and that nothing is lost. */
export function RoomFrame({ text, tab, setTab, openVersion, draft, tabs, children }: RoomFrameProps) {
  const t = useT(policyWords)
  const days = useDaysOf()
  const { policy, version } = text
  useLeaveGuard(draft.isDirty, { question: t('leave'), same: ['version'] })
  return (
    <>
      <p className="bf-quiet">
        {[days(version), version.areaName, documentOf(version), version.clause, version.isShipped ? t('shipped') : '']
          .filter((one) => one !== '')
          .join(' · ')}
      </p>
      <div className="policies-tabs" role="group">
        {tabs.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === tab}
            className={one === tab ? 'policies-tab policies-tab-on' : 'policies-tab'}
            onClick={() => setTab(one)}
          >
            {t(`tab.${one}`)}
          </button>
        ))}
      </div>
      {children}
      <div className="bf-page-actions policies-actions">
        <Problem error={draft.error} />
        {version.can.edit ? (
          <>
            <StatusTag level={draft.isDirty ? 'amber' : 'green'} text={t(draft.isDirty ? 'unsaved' : 'saved')} />
            <Button type="primary" disabled={!draft.isDirty} loading={draft.isSaving} onClick={draft.save}>
              {t('save')}
            </Button>
          </>
        ) : policy.can.draft ? (
          <BeginDraft text={text} openVersion={(versionId) => openVersion(versionId, 'rules')} />
        ) : null}
      </div>
    </>
  )
}
