import { Button } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { Notice } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { ChoiceChips } from '#ui/forms/filter-chips.tsx'
import { PageFrame, Section } from '#ui/layout/page-frame.tsx'
import { useLeaveGuard } from '#ui/plug/leave-guard.ts'
import { PageLink } from '#ui/plug/page-link.tsx'
import { searchOneOf, usePageParam, usePageSearch } from '#ui/plug/page-search.ts'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import type { TemplateProblem, TemplateRecord } from '../rules/template-records.ts'
import { publishDraft, saveDraft, useTemplate } from './designer-calls.ts'
import { judgeDraft } from './designer-check.ts'
import type { Draft } from './designer-draft.ts'
import { FieldsPart } from './designer-fields.tsx'
import { FiguresPart } from './designer-figures.tsx'
import { AccessPart, ListPart } from './designer-list.tsx'
import { partOfProblem, Problems, showPlace } from './designer-problems.tsx'
import { TemplateRefusal } from './designer-refusal.tsx'
import { StatesPart } from './designer-states.tsx'
import { TermsPart } from './designer-terms.tsx'
import { TryPart } from './designer-try.tsx'
import { VersionsPart } from './designer-versions.tsx'
import { designerWords } from './designer-words.ts'
import { useSubmitKey } from './record-change.tsx'
import { pages } from './ledger-calls.ts'
import { LedgerStyles } from './ledger-styles.tsx'
import { versionName } from './version-name.ts'

const parts = ['fields', 'states', 'terms', 'list', 'figures', 'access', 'try', 'versions'] as const
const pageSearch = { part: searchOneOf(parts) }

/** The designer of a ledger: its template as a draft that is tried at once and published when it is right. */
export function DesignerPage() {
  const templateKey = usePageParam('templateKey')
  const record = useTemplate(templateKey)
  return <Loaded query={record}>{(found) => <Designer key={templateKey} record={found} />}</Loaded>
}

function Designer({ record }: { record: TemplateRecord }) {
  const t = useT(designerWords)
  const language = useLanguage()
  const [search, setSearch] = usePageSearch(pageSearch)
  const [draft, setDraft] = useState<Draft>(record.template)
  const standing = useStanding(record, draft)
  const { problems, open } = useMemo(() => judgeDraft(draft), [draft])
  useLeaveGuard(standing.isDirty, { question: t('leave'), same: [] })
  useSubmitKey(() => void standing.save() /* shows its own refusal */)
  const part = search.part ?? 'fields'
  const [place, setPlace] = useState<{ at: string }>()
  // Once its part is drawn.
  useEffect(() => {
    if (place !== undefined) showPlace(place.at)
  }, [place])
  const goTo = (problem: TemplateProblem) => {
    setSearch({ part: partOfProblem(problem) })
    setPlace({ at: problem.at })
  }
  const retired = useMemo(() => Object.keys(record.keys), [record])
  const shared = { draft, problems, retired, change: (change: (before: Draft) => Draft) => setDraft(change) }
  const isBeside = part !== 'try' && part !== 'versions'
  return (
    <PageFrame
      title={t('designTitle', { name: draft.name[language] })}
      note={t('designNote')}
      extra={
        record.versions.some((one) => one.state === 'published') || standing.published > 0 ? (
          <PageLink to={pages.book(draft.key)}>{t('open')}</PageLink>
        ) : null
      }
      actions={
        <>
          <span className="bf-quiet ledger-standing" role="status">
            {standing.isDirty ? t('unsaved') : standing.savedAt === '' ? '' : t('saved', { at: standing.savedAt })}
          </span>
          <Button loading={standing.isBusy} onClick={() => void standing.save()}>
            {t('save')}
          </Button>
          <Button type="primary" loading={standing.isBusy} disabled={problems.length > 0} onClick={() => void standing.publish()}>
            {t('publish')}
          </Button>
        </>
      }
    >
      <LedgerStyles />
      <ChoiceChips
        label={t('parts')}
        chosen={part}
        choose={(next) => setSearch({ part: next })}
        choices={parts.map((key) => ({ key, label: t(`part.${key}`) }))}
      />
      {standing.published > 0 ? (
        <Notice kind="success">
          {t('published', { version: versionName(draft.key, standing.published, language) })}{' '}
          <PageLink to={pages.book(draft.key)}>{t('open')}</PageLink>
        </Notice>
      ) : null}
      <TemplateRefusal error={standing.error} />
      <Problems draft={draft} problems={problems} go={goTo} />
      <div className={isBeside ? 'ledger-side' : 'bf-stack'}>
        <Section>
          {part === 'fields' ? <FieldsPart {...shared} {...(place === undefined ? {} : { place })} /> : null}
          {part === 'states' ? <StatesPart {...shared} /> : null}
          {part === 'terms' ? <TermsPart {...shared} /> : null}
          {part === 'list' ? <ListPart {...shared} /> : null}
          {part === 'figures' ? <FiguresPart {...shared} /> : null}
          {part === 'access' ? <AccessPart {...shared} /> : null}
          {part === 'try' ? <TryPart open={open} withList /> : null}
          {part === 'versions' ? <VersionsPart record={record} put={(template) => setDraft({ ...template, key: draft.key })} /> : null}
        </Section>
        {isBeside ? (
          <div className="ledger-beside ledger-desktop">
            <Section title={t('part.try')}>
              <TryPart open={open} withList={false} />
            </Section>
          </div>
        ) : null}
      </div>
    </PageFrame>
  )
}

/** Where the draft stands with the server: kept, published, refused. */
function useStanding(record: TemplateRecord, draft: Draft) {
  const [revision, setRevision] = useState(record.state === 'draft' ? record.revision : undefined)
  const [kept, setKept] = useState(() => JSON.stringify(record.template))
  const [savedAt, setSavedAt] = useState('')
  const [published, setPublished] = useState(0)
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)
  const text = useMemo(() => JSON.stringify(draft), [draft])
  const run = async (act: () => Promise<void>) => {
    if (isBusy) return
    setBusy(true)
    setError(undefined)
    try {
      await act()
    } catch (fault) {
      setError(fault)
    }
    setBusy(false)
  }
  const keep = async () => {
    const saved = await saveDraft(draft, revision)
    setRevision(saved.revision)
    setKept(text)
    setSavedAt(new Date().toTimeString().slice(0, 5))
    return saved.revision
  }
  return {
    isDirty: kept !== text,
    savedAt,
    published,
    error,
    isBusy,
    save: () =>
      run(async () => {
        await keep()
      }),
    publish: () =>
      run(async () => {
        const { version } = await publishDraft(draft.key, kept === text && revision !== undefined ? revision : await keep())
        setRevision(undefined)
        setPublished(version)
        setSavedAt('')
      }),
  }
}
