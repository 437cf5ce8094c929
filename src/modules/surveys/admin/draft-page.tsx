import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { AreaSelect } from '#modules/identity/admin/index.ts'
import { Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { Field } from '#ui/forms/field.tsx'
import { useSending } from '#ui/forms/use-sending.ts'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useGo } from '#ui/plug/page-search.ts'
import { useSay, useT } from '#ui/words/use-t.ts'
import type { CampaignRecord, FormRecord, TableKind } from '../rules/survey-records.ts'
import { DraftCampaign } from '../rules/survey-requests.ts'
import { campaignKindWords, wayWords } from '../rules/survey-words.ts'
import { PopulationFields, type Population } from './population-fields.tsx'
import { draftCampaign, loadCampaigns, loadForms } from './survey-queries.ts'
import { surveyWords } from './survey-screen-words.ts'

const kinds: readonly TableKind[] = ['phone', 'look-back', 'three-checks', 'screening-round', 'census', 'satisfaction']
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)

/** Drafts a campaign: what kind, by which form, who is asked, all or drawn. */
export function DraftPage() {
  const t = useT(surveyWords)
  const forms = useQuery({ queryKey: ['surveys', 'forms'], queryFn: loadForms })
  const earlier = useQuery({ queryKey: ['surveys', 'earlier'], queryFn: () => loadCampaigns({}, '', 200) })
  return (
    <PageFrame title={t('draft')} note={t('draftNote')}>
      <Loaded query={forms}>
        {({ items }) => (
          <DraftForm
            forms={items}
            earlier={(earlier.data?.items ?? []).filter((one) => one.frozenOn !== undefined && one.state !== 'cancelled')}
          />
        )}
      </Loaded>
    </PageFrame>
  )
}

function DraftForm({ forms, earlier }: { forms: readonly FormRecord[]; earlier: readonly CampaignRecord[] }) {
  const t = useT(surveyWords)
  const go = useGo()
  const [about, setAbout] = useState<About>({
    kind: 'phone',
    name: '',
    formKey: forms[0]?.key ?? '',
    startsOn: today(),
    endsOn: today(),
  })
  const [way, setWay] = useState<'phone' | 'visit'>('phone')
  const [subject, setSubject] = useState<'household' | 'village'>('household')
  const [again, setAgain] = useState('')
  const [population, setPopulation] = useState<Population>({
    area: '',
    types: [],
    registered: true,
    monitored: false,
    tags: [],
    by: {},
    sampleSize: '',
    seed: '',
  })
  const change = (more: Partial<About>) => setAbout({ ...about, ...more })
  const sending = useSending(async () => {
    const { area, types, registered, monitored, tags, by, sampleSize, seed } = population
    const isOwn = again === ''
    const drafted = await draftCampaign(
      DraftCampaign.parse({
        ...about,
        way,
        subject,
        ...(isOwn ? {} : { againOf: again }),
        ...(isOwn && sampleSize !== '' ? { sampleSize: Number(sampleSize), ...(seed.trim() === '' ? {} : { seed: seed.trim() }) } : {}),
        filter:
          isOwn && subject === 'household'
            ? {
                areas: area === '' ? [] : [area],
                types,
                tags,
                by: Object.entries(by).flatMap(([key, values]) => (values.length === 0 ? [] : [{ key, values }])),
                ...(registered ? { registered } : {}),
                ...(monitored ? { monitored } : {}),
              }
            : { areas: area === '' ? [] : [area] },
      }),
    )
    go(`/surveys/campaigns/${drafted.campaignId}`)
  })
  const isReady = about.name.trim().length > 1 && about.formKey !== '' && about.endsOn >= about.startsOn
  return (
    <form className="bf-stack" onSubmit={sending.onSubmit}>
      <AboutSection about={about} change={change} way={way} setWay={setWay} forms={forms} />
      <Section title={t('population')}>
        {earlier.length === 0 ? null : (
          <Field label={t('again')}>
            {(control) => (
              <Select
                {...control}
                value={again}
                onChange={(next: string) => setAgain(next)}
                options={[
                  { value: '', label: t('noAgain') },
                  ...earlier.map((one) => ({ value: one.campaignId, label: `${one.campaignNo} ${one.name}` })),
                ]}
              />
            )}
          </Field>
        )}
        {again === '' ? (
          <>
            <ChoiceChips
              label={t('subject')}
              chosen={subject}
              choose={setSubject}
              choices={(['household', 'village'] as const).map((key) => ({ key, label: t(`subject.${key}`) }))}
            />
            <Field label={t('area')}>
              {(control) => <AreaSelect {...control} value={population.area} onChange={(area) => setPopulation({ ...population, area })} />}
            </Field>
            <PopulationFields population={population} change={setPopulation} isVillages={subject === 'village'} />
          </>
        ) : null}
      </Section>
      <Problem error={sending.error} />
      <div className="bf-page-actions">
        <Button onClick={() => go('/surveys/campaigns')}>{t('back')}</Button>
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={sending.isBusy}>
          {t('save')}
        </Button>
      </div>
    </form>
  )
}

interface About {
  readonly kind: TableKind
  readonly name: string
  readonly formKey: string
  readonly startsOn: string
  readonly endsOn: string
}

/** What kind of campaign, by which form, when and how. */
function AboutSection(props: {
  about: About
  change: (more: Partial<About>) => void
  way: 'phone' | 'visit'
  setWay: (way: 'phone' | 'visit') => void
  forms: readonly FormRecord[]
}) {
  const { about, change, way, setWay, forms } = props
  const t = useT(surveyWords)
  const say = useSay()
  return (
    <Section title={t('form')}>
      <ChoiceChips
        label={t('kind')}
        chosen={about.kind}
        choose={(kind) => change({ kind })}
        choices={kinds.map((key) => ({ key, label: say(campaignKindWords[key]) }))}
      />
      <div className="bf-form-grid">
        <Field label={t('name')} isRequired>
          {(control) => (
            <input
              {...control}
              className="bf-input"
              maxLength={60}
              value={about.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('form')} isRequired>
          {(control) => (
            <Select
              {...control}
              value={about.formKey}
              onChange={(formKey: string) => change({ formKey })}
              options={forms.map((form) => ({ value: form.key, label: say(form.title) }))}
            />
          )}
        </Field>
        <Field label={t('startsOn')} isRequired>
          {(control) => (
            <input
              {...control}
              type="date"
              className="bf-input"
              value={about.startsOn}
              onChange={(event) => change({ startsOn: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('endsOn')} isRequired>
          {(control) => (
            <input
              {...control}
              type="date"
              className="bf-input"
              value={about.endsOn}
              onChange={(event) => change({ endsOn: event.target.value })}
            />
          )}
        </Field>
      </div>
      <ChoiceChips
        label={t('way')}
        chosen={way}
        choose={setWay}
        choices={(['phone', 'visit'] as const).map((key) => ({ key, label: say(wayWords[key]) }))}
      />
    </Section>
  )
}
