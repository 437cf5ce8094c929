import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { dayOf } from '#kernel/pure/time/index.ts'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { PolicyText, VersionCard } from '../contract.ts'
import { loadVersions, rollBack } from './policy-calls.ts'
import { policyWords, publishWords } from './policy-words.ts'
import type { RoomProps } from './room-frame.tsx'
import { documentOf, useDaysOf, VersionTag } from './version-parts.tsx'

/** All versions of a policy, the one that begins last first; each can be opened, an older one taken up again. */
export function VersionList({ text, openVersion }: { text: PolicyText; openVersion: RoomProps['openVersion'] }) {
  const t = useT(publishWords)
  const words = useT(policyWords)
  const days = useDaysOf()
  const [older, setOlder] = useState<VersionCard>()
  const { policy } = text
  const versions = useQuery({ queryKey: ['policies', 'versions', policy.key], queryFn: () => loadVersions(policy.key) })
  const isPast = (one: VersionCard) =>
    (one.state === 'published' || one.state === 'replaced') && one.versionId !== policy.current?.versionId && policy.can.draft
  return (
    <Loaded query={versions} lines={4}>
      {({ items }) => (
        <>
          <ScrollBox>
            <table className="bf-table" aria-label={t('versions')}>
              <thead>
                <tr>
                  <th>{t('days')}</th>
                  <th>{t('state')}</th>
                  <th>{words('whose')}</th>
                  <th className="policies-wide">{t('document')}</th>
                  <th>{t('who')}</th>
                  <th>{t('hash')}</th>
                  <th aria-label={t('look')} />
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <tr key={one.versionId} className={one.versionId === text.version.versionId ? 'policies-shown' : undefined}>
                    <td className="bf-figures policies-day">{days(one)}</td>
                    <td>
                      <VersionTag version={one} />
                    </td>
                    <td>{one.areaName}</td>
                    <td>{documentOf(one) === '' ? '—' : documentOf(one)}</td>
                    <td>
                      {one.isShipped ? words('shipped') : [one.draftedBy, one.publishedBy].filter((name) => name !== null).join(' / ')}
                    </td>
                    <td className="bf-figures">{one.hash}</td>
                    <td>
                      <div className="bf-row policies-row-actions">
                        <Button size="small" onClick={() => openVersion(one.versionId, one.can.publish ? 'publish' : 'rules')}>
                          {t('look')}
                        </Button>
                        {isPast(one) ? (
                          <Button size="small" onClick={() => setOlder(one)}>
                            {words('rollBack')}
                          </Button>
                        ) : null}
                      </div>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
          <ConfirmDialog
            isOpen={older !== undefined}
            title={t('rollBackTitle')}
            confirmText={words('draftFrom')}
            close={() => setOlder(undefined)}
            confirm={async () => {
              if (older === undefined) return
              const draft = await rollBack(older.versionId, {
                effectiveFrom: dayOf(Date.now()),
                paper: { documentNo: '', documentTitle: older.documentTitle, clause: older.clause },
                note: t('rollBackNote', { day: older.effectiveFrom, hash: older.hash }),
              })
              openVersion(draft.versionId, 'publish')
            }}
          >
            {t('rollBackText')}
          </ConfirmDialog>
        </>
      )}
    </Loaded>
  )
}
