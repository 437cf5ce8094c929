import { Button, Modal } from 'antd'
import { useState } from 'react'
import { read, write } from '#kernel/browser/api/index.ts'
import type { Page } from '#kernel/pure/paging/index.ts'
import { DataList } from '#ui/data/data-list.tsx'
import { ListExport } from '#ui/data/export-button.tsx'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { ConfirmForm } from '#ui/feedback/confirm-dialog.tsx'
import { Problem } from '#ui/feedback/faces.tsx'
import { PageFrame } from '#ui/layout/page-frame.tsx'
import { PageLink } from '#ui/plug/page-link.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { SameCheckRecord } from '../rules/check-records.ts'
import { screenWords } from './screen-words.ts'
import { RectificationStyles } from './styles.tsx'

const levels = { open: 'amber', clean: 'green', found: 'red' } as const

/** 同类问题排查: where the same problem is looked for, and what was found. */
export function ChecksPage() {
  const t = useT(screenWords)
  const [error, setError] = useState<unknown>()
  const [found, setFound] = useState<SameCheckRecord>()
  const answer = (check: SameCheckRecord, body: object) => write('POST', `/rectification/same-checks/${check.sameCheckId}/answer`, body)
  return (
    <PageFrame
      title={t('checksTitle')}
      note={t('checksNote')}
      extra={
        <ListExport needs="rectification.problem:export" lists={[{ label: t('checksTitle'), path: '/rectification/same-checks/export' }]} />
      }
    >
      <RectificationStyles />
      <Problem error={error} />
      <DataList<SameCheckRecord>
        label={t('checksTitle')}
        queryKey={['rectification', 'checks']}
        load={(after) => read<Page<SameCheckRecord>>('/rectification/same-checks', { limit: 50, ...(after === '' ? {} : { after }) })}
        columns={[
          {
            key: 'place',
            title: t('place'),
            value: (one) => [one.place, one.headOfHousehold ?? ''].filter((part) => part !== '').join(' · '),
          },
          { key: 'class', title: t('class'), value: (one) => one.class },
          { key: 'due', title: t('due'), kind: 'code', value: (one) => one.dueOn },
          { key: 'state', title: t('state'), value: (one) => <StatusTag level={levels[one.state]} text={t(`check.${one.state}`)} /> },
          {
            key: 'answer',
            title: t('next'),
            value: (one) =>
              one.can.answer ? (
                <span className="rect-acts">
                  <Button size="small" onClick={() => void answer(one, { found: false }).catch(setError)}>
                    {t('answerClean')}
                  </Button>
                  <Button size="small" onClick={() => setFound(one)}>
                    {t('answerFound')}
                  </Button>
                </span>
              ) : one.foundProblemId === null ? (
                (one.answeredName ?? '')
              ) : (
                <PageLink to={`/rectification/problems/${one.foundProblemId}`}>{t('problem')}</PageLink>
              ),
          },
        ]}
        rowKey={(one) => one.sameCheckId}
        empty={{ todo: t('emptyChecks') }}
      />
      <Modal
        open={found !== undefined}
        onCancel={() => setFound(undefined)}
        title={t('answerFound')}
        footer={null}
        destroyOnHidden
        width="34rem"
      >
        {found === undefined ? null : (
          <ConfirmForm
            close={() => setFound(undefined)}
            confirmText={t('answerFound')}
            reason={{ label: t('foundWords'), minLength: 2 }}
            confirm={async (description) => {
              await answer(found, { found: true, description })
            }}
          >
            {`${found.place} · ${found.class}`}
          </ConfirmForm>
        )}
      </Modal>
    </PageFrame>
  )
}
