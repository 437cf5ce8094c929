import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { ChooseSheet } from '#modules/identity/admin/index.ts'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { ImportedAnswers } from '../rules/survey-records.ts'
import { faultWords } from '../rules/survey-words.ts'
import { importAnswers } from './survey-queries.ts'
import { surveyWords } from './survey-screen-words.ts'

type Rows = readonly (readonly string[])[]

/** Answers from Excel: pasted or from a file, tried first, bad rows named; then taken. */
export function ImportView({ campaignId }: { campaignId: string }) {
  const t = useT(surveyWords)
  const [rows, setRows] = useState<Rows>([])
  const run = useMutation({ mutationFn: (given: { rows: Rows; isDryRun: boolean }) => importAnswers(campaignId, given) })
  const found = run.data
  return (
    <Section title={t('view.import')}>
      <ChooseSheet
        path="/surveys/answers/sheet"
        label={t('importFile')}
        hint={t('importHint')}
        take={(next) => {
          setRows(next)
          run.mutate({ rows: next, isDryRun: true })
        }}
      />
      <Problem error={run.error} />
      {found === undefined ? null : <Outcome found={found} />}
      {found === undefined || !found.isDryRun || found.taken === 0 ? null : (
        <Button type="primary" loading={run.isPending} onClick={() => run.mutate({ rows, isDryRun: false })}>
          {t('importDo', { taken: found.taken })}
        </Button>
      )}
    </Section>
  )
}

function Outcome({ found }: { found: ImportedAnswers }) {
  const t = useT(surveyWords)
  const say = useSay()
  const { read, taken, refused } = found
  const sayWhy = (why: string) => {
    const words: Readonly<Record<string, { zh: string; en: string }>> = faultWords
    const known = words[why]
    return known === undefined ? why : say(known)
  }
  return (
    <>
      <Notice kind={refused.length > 0 ? 'warning' : 'success'}>
        {found.isDryRun ? t('importDry', { read, taken, refused: refused.length }) : t('importDone', { taken, refused: refused.length })}
      </Notice>
      {found.unknownColumns.length === 0 ? null : (
        <Notice kind="info">{t('importColumns', { list: found.unknownColumns.join('、') })}</Notice>
      )}
      {refused.length === 0 ? null : (
        <ScrollBox>
          <table className="survey-table">
            <thead>
              <tr>
                <th scope="col">{t('row')}</th>
                <th scope="col">{t('household')}</th>
                <th scope="col">{t('why')}</th>
              </tr>
            </thead>
            <tbody>
              {refused.slice(0, 200).map((one) => (
                <tr key={one.row}>
                  <td className="bf-figures">{one.row}</td>
                  <td>{one.householdNo}</td>
                  <td>{one.problems.map((problem) => `${problem.column}：${sayWhy(problem.why)}`).join('；')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </>
  )
}
