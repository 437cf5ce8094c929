import { Button } from 'antd'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useMay } from '#ui/plug/caller.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { CaseFile } from '../../rules/case-records.ts'
import { seatPath } from '../../rules/case-seat.ts'
import { noticeStateWords } from '../../rules/notices/notice-state-words.ts'
import { noticeLevels } from './notice-list-page.tsx'
import { useNoticesOfCase } from './notice-queries.ts'
import { noticeScreenWords } from './notice-screen-words.ts'

/** The notices on which a case stood, with the way to the next one while it waits for it. */
export function NoticesOfCase({ file }: { file: CaseFile }) {
  const t = useT(noticeScreenWords)
  const say = useSay()
  const go = useGo()
  const mayDraft = useMay('cases.notice:draft')
  const notices = useNoticesOfCase(file.caseId)
  const isAt = file.step === 'notice' || file.step === 'exit-notice'
  const kind = file.step === 'exit-notice' ? 'elimination' : 'identification'
  const add = () => go('/cases/notices/new', { area: seatPath(file.areaPath, 'village'), kind })
  return (
    <Section title={t('ofCase')} extra={isAt && mayDraft ? <Button onClick={add}>{t('add')}</Button> : undefined}>
      <Loaded query={notices} lines={2}>
        {({ items }) => (
          <ul className="case-list-plain">
            {items.length === 0 ? <li className="bf-quiet">{t('ofCaseNone')}</li> : null}
            {items.map((one) => (
              <li key={one.noticeId}>
                <PageLink to={`/cases/notices/${one.noticeId}`}>
                  <span className="bf-figures">{one.noticeNo}</span> {say(noticeStateWords[one.kind])}
                </PageLink>{' '}
                <StatusTag level={noticeLevels[one.state]} text={say(noticeStateWords[one.state])} />
                <span className="bf-source">{one.daysLeft === null ? (one.endsOn ?? '') : t('daysLeft', { n: one.daysLeft })}</span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Section>
  )
}
