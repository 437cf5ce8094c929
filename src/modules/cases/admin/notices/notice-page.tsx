import { Button } from 'antd'
import { useState } from 'react'
import { addressOf } from '#kernel/browser/api/index.ts'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Timeline } from '#ui/data/timeline.tsx'
import { Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import { findingKinds } from '../../rules/notices/notice-lint.ts'
import type { NoticeCandidates, NoticeFile, NoticeRecord } from '../../rules/notices/notice-records.ts'
import { noticeStateWords } from '../../rules/notices/notice-state-words.ts'
import { NoticeForm } from './notice-form.tsx'
import { noticeLevels } from './notice-list-page.tsx'
import { Findings, NoticePaperView } from './notice-paper.tsx'
import { useCandidates, useNotice } from './notice-queries.ts'
import { noticeScreenWords } from './notice-screen-words.ts'
import { NoticeSteps } from './notice-steps.tsx'
import { NoticeStyles } from './notice-styles.tsx'
import { ObjectionForm } from './objection-form.tsx'

/** One notice: the paper as it is printed, what stands against it, its way, photos and objections. */
export function NoticePage() {
  const t = useT(noticeScreenWords)
  const say = useSay()
  const go = useGo()
  const notice = useNotice(usePageParam('noticeId'))
  const found = notice.data
  return (
    <PageFrame
      title={found?.title ?? t('title')}
      {...(found === undefined
        ? {}
        : { note: `${found.noticeNo} · ${found.township}${found.village} · ${say(noticeStateWords[found.kind])}` })}
      extra={
        <>
          {found === undefined ? null : <StatusTag level={noticeLevels[found.state]} text={say(noticeStateWords[found.state])} />}
          <span className="bf-spring" />
          <Button onClick={() => go('/cases/notices')}>{t('back')}</Button>
        </>
      }
    >
      <NoticeStyles />
      <Loaded query={notice} lines={12}>
        {(one) => <Whole key={`${one.noticeId} ${String(one.revision)}`} notice={one} />}
      </Loaded>
    </PageFrame>
  )
}

function Whole({ notice }: { notice: NoticeRecord }) {
  const t = useT(noticeScreenWords)
  const [isChanging, setChanging] = useState(false)
  const [isObjecting, setObjecting] = useState(false)
  if (isChanging) return <Change notice={notice} done={() => setChanging(false)} />
  const isOpen = notice.state === 'draft' || notice.state === 'submitted'
  return (
    <div className="notice-two">
      <div className="bf-stack">
        {isOpen ? <Findings findings={notice.findings} /> : null}
        <NoticePaperView paper={notice.paper} qr={notice.qr} day={notice.postedOn} />
      </div>
      <div className="bf-stack">
        <Section title={t('state')}>
          <p>{useStanding(notice)}</p>
          {notice.photos === 0 && notice.postedOn !== null ? <Notice kind="warning">{t('photoNeeded')}</Notice> : null}
          <NoticeSteps notice={notice} change={() => setChanging(true)} object={() => setObjecting(true)} />
          {isObjecting ? <ObjectionForm notice={notice} close={() => setObjecting(false)} /> : null}
        </Section>
        <Files notice={notice} purpose="photo" />
        <Files notice={notice} purpose="enclosure" />
        <Objections notice={notice} />
        <Struck notice={notice} />
        <Section title={t('history')}>
          <Timeline
            label={t('history')}
            entries={notice.events.map((event) => ({
              key: String(event.seq),
              at: event.onDay,
              title: `${t(`act.${event.act}`)} · ${event.byName}`,
              ...(event.reason === null ? {} : { note: event.reason }),
            }))}
          />
        </Section>
      </div>
    </div>
  )
}

function useStanding(notice: NoticeRecord): string {
  const t = useT(noticeScreenWords)
  const { state, postedOn, endsOn, daysLeft, withdrawnWhy } = notice
  const days = { postedOn: postedOn ?? '', endsOn: endsOn ?? '', n: daysLeft ?? 0 }
  if (state === 'posted') return t('hangsText', days)
  if (state === 'paused') return t('pausedText', days)
  if (state === 'ended') return t('endedText', days)
  if (state === 'withdrawn') return t('withdrawnText', { why: withdrawnWhy ?? '' })
  return t(state === 'released' ? 'toPost' : state === 'submitted' ? 'toRelease' : 'isDraft')
}

/** The draft's own households stand among those that wait, with what was chosen for them. */
function Change({ notice, done }: { notice: NoticeRecord; done: () => void }) {
  const candidates = useCandidates(notice.areaPath, notice.kind)
  return (
    <Loaded query={candidates} lines={6}>
      {(found) => (
        <NoticeForm areaPath={notice.areaPath} kind={notice.kind} candidates={withOwn(found, notice)} before={notice} done={done} />
      )}
    </Loaded>
  )
}

function withOwn(found: NoticeCandidates, notice: NoticeRecord): NoticeCandidates {
  const own = notice.lines.map(({ caseId, caseNo, shown, monitorKind, risk }) => ({
    caseId,
    caseNo,
    monitorKind,
    risk,
    householdNo: '',
    stepSince: '',
    headName: shown['户主姓名'] ?? null,
    group: shown['组'] ?? null,
    members: Number(shown['人数'] ?? 0),
  }))
  return { ...found, items: [...own, ...found.items] }
}

function Files({ notice, purpose }: { notice: NoticeRecord; purpose: NoticeFile['purpose'] }) {
  const t = useT(noticeScreenWords)
  const files = notice.files.filter((file) => file.purpose === purpose)
  if (files.length === 0) return null
  return (
    <Section title={t(purpose === 'photo' ? 'photo' : 'enclosures')}>
      <ul className="notice-photos">
        {files.map((file) => (
          <FileItem key={file.noticeFileId} noticeId={notice.noticeId} file={file} />
        ))}
      </ul>
    </Section>
  )
}

function FileItem({ noticeId, file }: { noticeId: string; file: NoticeFile }) {
  const t = useT(noticeScreenWords)
  const address = addressOf(`/cases/notices/${noticeId}/files/${file.noticeFileId}`, {})
  const kinds = findingKinds.filter((kind) => file.cleaned.includes(kind)).map((kind) => t(`kind.${kind}`))
  return (
    <li>
      {file.contentType.startsWith('image/') ? <img src={address} alt={file.name} /> : <a href={address}>{file.name}</a>}
      <span className="bf-source">
        {file.byName} {kinds.length === 0 ? '' : t('cleaned', { kinds: kinds.join('、') })}
      </span>
    </li>
  )
}

function Objections({ notice }: { notice: NoticeRecord }) {
  const t = useT(noticeScreenWords)
  const say = useSay()
  if (notice.objections.length === 0) return null
  return (
    <Section title={t('objections')}>
      <ul>
        {notice.objections.map((one) => (
          <li key={one.objectionId}>
            <PageLink to={`/cases/objections/${one.objectionId}`}>{one.objectionNo}</PageLink> {say(noticeStateWords[one.state])}{' '}
            <span className="bf-source">{`${one.receivedOn} ${say(noticeStateWords[one.source])}`}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Struck({ notice }: { notice: NoticeRecord }) {
  const t = useT(noticeScreenWords)
  const struck = notice.lines.filter((line) => line.struckWhy !== null)
  if (struck.length === 0) return null
  return (
    <Section title={t('struck')}>
      <ul>
        {struck.map((line) => (
          <li key={line.caseId}>
            <PageLink to={`/cases/files/${line.caseId}`}>{`${line.shown['户主姓名'] ?? ''} ${line.caseNo}`.trim()}</PageLink>{' '}
            {line.struckWhy === null ? '' : t(`struck.${line.struckWhy}`)} <span className="bf-figures">{line.struckOn}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
