import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { ScrollBox } from '#ui/data/scroll-box.tsx'
import { ConfirmDialog } from '#ui/feedback/confirm-dialog.tsx'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Field } from '#ui/forms/field.tsx'
import { Section } from '#ui/layout/page-frame.tsx'
import { useT } from '#ui/words/use-t.ts'
import type { CampaignRecord, PopulationPreview } from '../rules/survey-records.ts'
import { freezePopulation, previewPopulation } from './survey-queries.ts'
import { surveyWords } from './survey-screen-words.ts'

/** Before the list is fixed: numbers may be added, the counts are shown by township, then it is fixed. */
export function CampaignPopulation({ campaign }: { campaign: CampaignRecord }) {
  const t = useT(surveyWords)
  const [text, setText] = useState('')
  const [isAsking, setAsking] = useState(false)
  const numbers = text.split(/[\s,，;；]+/).filter((one) => one !== '')
  const preview = useMutation({ mutationFn: () => previewPopulation(campaign.campaignId, numbers) })
  return (
    <Section title={t('population')}>
      {campaign.draw === 'again' || campaign.subject === 'village' ? null : (
        <Field label={t('nos')}>
          {(control) => (
            <textarea
              {...control}
              className="bf-input"
              rows={4}
              value={text}
              onChange={(event) => {
                setText(event.target.value)
                preview.reset()
              }}
            />
          )}
        </Field>
      )}
      <div className="survey-bar">
        <Button onClick={() => preview.mutate()} loading={preview.isPending} disabled={!campaign.can.freeze}>
          {t('preview')}
        </Button>
        <Button type="primary" disabled={preview.data === undefined || preview.data.households === 0} onClick={() => setAsking(true)}>
          {t('freeze')}
        </Button>
      </div>
      <Problem error={preview.error} />
      {preview.data === undefined ? null : <Preview preview={preview.data} />}
      <ConfirmDialog
        isOpen={isAsking}
        close={() => setAsking(false)}
        title={t('freeze')}
        confirmText={t('freeze')}
        confirm={async () => {
          await freezePopulation(campaign.campaignId, { revision: campaign.revision, householdNos: numbers })
        }}
      >
        <p>{t('freezeAsk')}</p>
      </ConfirmDialog>
    </Section>
  )
}

function Preview({ preview }: { preview: PopulationPreview }) {
  const t = useT(surveyWords)
  const { behind, households, persons, unknown, unknownCount, twice, townships } = preview
  return (
    <>
      <p role="status">{t('previewText', { behind, households, persons })}</p>
      {unknownCount === 0 ? null : (
        <Notice kind="warning">{t('previewUnknown', { n: unknownCount, list: unknown.slice(0, 10).join('、') })}</Notice>
      )}
      {twice === 0 ? null : <Notice kind="info">{t('previewTwice', { n: twice })}</Notice>}
      <ScrollBox>
        <table className="survey-table">
          <thead>
            <tr>
              <th scope="col">{t('place')}</th>
              <th scope="col" className="bf-figures">
                {t('targets')}
              </th>
              <th scope="col" className="bf-figures">
                {t('persons')}
              </th>
            </tr>
          </thead>
          <tbody>
            {townships.map((one) => (
              <tr key={one.name}>
                <td>{one.name}</td>
                <td className="bf-figures">{one.households.toLocaleString('en')}</td>
                <td className="bf-figures">{one.persons.toLocaleString('en')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  )
}
