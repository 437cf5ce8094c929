import { useQuery } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { download, readFile, write } from '#kernel/browser/api/index.ts'
import { ConfirmForm } from '#ui/feedback/confirm-dialog.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { AttachmentRecord } from '../../rules/papers/paper-records.ts'
import { showMoment } from '../case-parts.tsx'
import { paperScreenWords } from './paper-screen-words.ts'
import { Unseen } from './paper-styles.tsx'

interface PagesProps {
  pages: readonly AttachmentRecord[]
  /** What a page is called: `(1) → 《申请书》第 1 页`. */
  titleOf: (n: number) => string
  canWithdraw: boolean
}

/** Pages that came back, each to be looked at; nothing is fetched before that, for looking is noted. */
export function PaperPages({ pages, titleOf, canWithdraw }: PagesProps) {
  const t = useT(paperScreenWords)
  const [open, setOpen] = useState<number>()
  const page = open === undefined ? undefined : pages[open]
  if (pages.length === 0) return null
  return (
    <ul className="paper-pages">
      {pages.map((one, at) => (
        <li key={one.attachmentId}>
          <Button size="small" onClick={() => setOpen(at)}>
            {one.mediaType === 'application/pdf' ? `PDF ${String(at + 1)}` : t('look', { n: at + 1 })}
            <Unseen text={titleOf(at + 1)} />
          </Button>
        </li>
      ))}
      <Modal
        open={page !== undefined}
        onCancel={() => setOpen(undefined)}
        title={titleOf((open ?? 0) + 1)}
        footer={null}
        width="56rem"
        destroyOnHidden
      >
        {page === undefined ? null : (
          <PageShown page={page} canWithdraw={canWithdraw} close={() => setOpen(undefined)} title={titleOf((open ?? 0) + 1)} />
        )}
      </Modal>
    </ul>
  )
}

function PageShown({
  page,
  canWithdraw,
  close,
  title,
}: {
  page: AttachmentRecord
  canWithdraw: boolean
  close: () => void
  title: string
}) {
  const t = useT(paperScreenWords)
  const [isAsking, setAsking] = useState(false)
  const [error, setError] = useState<unknown>()
  const path = `/cases/attachments/${page.attachmentId}`
  if (isAsking) {
    return (
      <ConfirmForm
        confirmText={t('withdraw')}
        isDangerous
        reason={{ label: t('withdrawReason'), minLength: 2 }}
        confirm={(reason) => write('POST', `${path}/withdraw`, { reason })}
        close={close}
      >
        {t('withdrawAsk')}
      </ConfirmForm>
    )
  }
  return (
    <div className="bf-stack">
      <p className="bf-quiet">
        {t('sentBy', { name: page.byName, moment: showMoment(page.at) })} {t('lookNoted')}
      </p>
      {page.mediaType === 'application/pdf' ? <p>{t('pdfHere')}</p> : <Picture path={path} title={title} />}
      <Problem error={error} />
      <div className="bf-dialog-actions">
        {canWithdraw ? (
          <Button danger onClick={() => setAsking(true)}>
            {t('withdraw')}
          </Button>
        ) : null}
        <Button onClick={() => void download(path).catch(setError)}>{t('save')}</Button>
      </div>
    </div>
  )
}

/** The picture, fetched when it is looked at; its address ends once it is drawn. */
function Picture({ path, title }: { path: string; title: string }) {
  const query = useQuery({
    queryKey: ['cases', 'attachment', path],
    queryFn: async () => URL.createObjectURL(await readFile(path)),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Loaded query={query} lines={8}>
      {(address) => <img className="paper-picture" src={address} alt={title} onLoad={() => URL.revokeObjectURL(address)} />}
    </Loaded>
  )
}
