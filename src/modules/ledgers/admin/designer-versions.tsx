import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { dayOf } from '#kernel/pure/time/index.ts'
import { ask, download, read, write } from '#kernel/browser/api/index.ts'
import { StatusTag } from '#ui/data/status-tag.tsx'
import { Notice, Problem } from '#ui/feedback/faces.tsx'
import { Loaded } from '#ui/feedback/loaded.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { FileDrop } from '#ui/forms/file-drop.tsx'
import { useLanguage, useT } from '#ui/words/use-t.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { MigrationPreview, MigrationRecord, TemplateRecord } from '../rules/template-records.ts'
import { Template } from '../rules/template.ts'
import { moreWords } from './designer-more-words.ts'
import { designerWords } from './designer-words.ts'
import { FormDrop, FormExport, FormNotes, withForm, type TakenForm } from './designer-xlsform.tsx'
import { versionName } from './version-name.ts'

/** The versions of a template, the way of its records to the newest, and the template as a file. */
export function VersionsPart({ record, put }: { record: TemplateRecord; put: (template: Template) => void }) {
  const t = useT(designerWords)
  const language = useLanguage()
  const [isBad, setBad] = useState(false)
  const newest = Math.max(0, ...record.versions.filter((one) => one.state === 'published').map((one) => one.version))
  const older = record.versions.filter((one) => one.version < newest).reduce((sum, one) => sum + one.records, 0)
  const take = async ([file]: File[]) => {
    try {
      const read = Template.safeParse(JSON.parse((await file?.text()) ?? ''))
      setBad(!read.success)
      if (read.success) put(read.data)
    } catch {
      setBad(true) // no JSON at all
    }
  }
  return (
    <>
      <h2>{t('versions')}</h2>
      <ul className="ledger-lines">
        {[...record.versions].reverse().map((one) => (
          <li key={one.version} className="bf-row">
            <strong>{versionName(record.template.key, one.version, language)}</strong>
            <StatusTag
              level={one.state === 'published' ? (one.version === newest ? 'green' : 'grey') : one.state === 'draft' ? 'amber' : 'grey'}
              text={t(`state.${one.state}`)}
            />
            <span className="bf-quiet">
              {[
                one.publishedAt === undefined ? '' : t('publishedAt', { day: dayOf(Date.parse(one.publishedAt)) }),
                one.publishedName ?? '',
                one.state === 'draft' ? '' : t('versionRecords', { n: one.records }),
              ]
                .filter((part) => part !== '')
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {newest === 0 ? null : older === 0 ? (
        <p className="bf-quiet">{t('migrateNone')}</p>
      ) : (
        <Migration templateKey={record.template.key} version={newest} />
      )}
      <div className="bf-row">
        <Button onClick={() => void download(`${ledgerPaths.template(record.template.key)}/file`) /* a refusal leaves the page as it is */}>
          {t('exportJson')}
        </Button>
      </div>
      <h3>{t('importJson')}</h3>
      <FileDrop label={t('importJson')} accept=".json" onFiles={(files) => void take(files)} />
      {isBad ? <Notice kind="error">{t('badFile')}</Notice> : null}
      <FormExport template={record.template} />
      <FormImport record={record} put={put} />
    </>
  )
}

/** A form of XLSForm takes the place of the draft's fields. */
function FormImport({ record, put }: { record: TemplateRecord; put: (template: Template) => void }) {
  const m = useT(moreWords)
  const [form, setForm] = useState<TakenForm>()
  const take = (taken: TakenForm) => {
    setForm(taken)
    put(withForm(record.template, taken))
  }
  return (
    <div className="bf-stack">
      <h3>{m('formImport')}</h3>
      <p className="bf-quiet">{m('formReplaces')}</p>
      {form === undefined ? null : <FormNotes form={form} />}
      <FormDrop take={take} />
    </div>
  )
}

/** What would become of the records of older versions, shown before it is done. */
function Migration({ templateKey, version }: { templateKey: string; version: number }) {
  const t = useT(designerWords)
  const [isShown, setShown] = useState(false)
  const path = `${ledgerPaths.template(templateKey)}/migration`
  const preview = useQuery({
    queryKey: ['ledgers', 'migration', templateKey, version],
    queryFn: () => ask<MigrationPreview>(`${path}/preview`, { version }),
    enabled: isShown,
  })
  const runs = useQuery({
    queryKey: ['ledgers', 'migrations', templateKey],
    queryFn: () => read<{ items: MigrationRecord[] }>(`${ledgerPaths.template(templateKey)}/migrations`),
    refetchInterval: ({ state }) =>
      state.data?.items.some((one) => one.state === 'waiting' || one.state === 'running') === true ? 1000 : false,
  })
  const run = useMutation({ mutationFn: () => write<MigrationRecord>('POST', path, { version }) })
  const current = runs.data?.items.find((one) => one.version === version)
  return (
    <section className="bf-stack">
      <h3>{t('migrate')}</h3>
      <p className="bf-quiet">{t('migrateNote')}</p>
      {current === undefined || current.state === 'done' || current.state === 'failed' ? null : (
        <ProgressLine
          label={t('migrate')}
          share={current.records === 0 ? undefined : current.done / current.records}
          note={`${current.done} / ${current.records}`}
        />
      )}
      {current?.state === 'done' ? <Notice kind="success">{t('migrated', { n: current.done })}</Notice> : null}
      {isShown ? (
        <Loaded query={preview}>
          {(found) => (
            <>
              <PreviewText preview={found} />
              <Problem error={run.error} />
              <div>
                <Button type="primary" disabled={found.records === 0} loading={run.isPending} onClick={() => run.mutate()}>
                  {t('migrateRun', { n: found.records })}
                </Button>
              </div>
            </>
          )}
        </Loaded>
      ) : (
        <div>
          <Button onClick={() => setShown(true)}>{t('migratePreview')}</Button>
        </div>
      )}
    </section>
  )
}

function PreviewText({ preview }: { preview: MigrationPreview }) {
  const t = useT(designerWords)
  const language = useLanguage()
  const { records, dropped, incomplete, samples } = preview
  const failing = samples.filter(({ problems }) => problems.length > 0)
  return (
    <div className="bf-stack">
      <p>{t('migrateCounts', { n: records, incomplete })}</p>
      {dropped.length === 0 ? null : (
        <Notice kind="warning">
          <p>{t('migrateDrops')}</p>
          <ul className="bf-lines">
            {dropped.map((one) => (
              <li key={`${one.field} ${one.why}`}>
                {one.name[language]}（{t(`dropped.${one.why}`)}）：{t('versionRecords', { n: one.records })}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {failing.length === 0 ? null : (
        <ul className="bf-lines">
          {failing.map(({ recordId, title, problems }) => (
            <li key={recordId}>
              {title}：{problems.map(({ said }) => said[language]).join('；')}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
