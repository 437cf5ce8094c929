import { Button } from 'antd'
import { useEffect } from 'react'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { useGo, usePageParam } from '#ui/plug/page-search.ts'
import { uiWords } from '#ui/words/ui-words.ts'
import { useT } from '#ui/words/use-t.ts'
import { NoticePaperView } from './notice-paper.tsx'
import { useNotice } from './notice-queries.ts'
import { noticeScreenWords } from './notice-screen-words.ts'
import { NoticeStyles } from './notice-styles.tsx'

/** The poster on A4. What was withdrawn or is over is not printed any more. */
export function NoticePrintPage() {
  const t = useT(noticeScreenWords)
  const ui = useT(uiWords)
  const go = useGo()
  const noticeId = usePageParam('noticeId')
  const notice = useNotice(noticeId)
  useEffect(() => {
    document.title = `${t('print')} · 帮扶`
  }, [t])
  return (
    <main className="bf-sheet notice-sheet">
      <NoticeStyles />
      <div className="bf-no-print bf-page-actions">
        <Button onClick={() => go(`/cases/notices/${noticeId}`)}>{t('back')}</Button>
        <Button type="primary" onClick={() => window.print()}>
          {ui('print')}
        </Button>
      </div>
      <Loaded query={notice} lines={12}>
        {(one) =>
          ['released', 'posted', 'paused'].includes(one.state) ? (
            <NoticePaperView paper={one.paper} qr={one.qr} day={one.postedOn} />
          ) : (
            <p>{t('withdrawnText', { why: one.withdrawnWhy ?? '' })}</p>
          )
        }
      </Loaded>
    </main>
  )
}
