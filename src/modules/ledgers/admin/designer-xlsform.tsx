import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { download, upload } from '#kernel/browser/api/index.ts'
import { Notice } from '#ui/feedback/faces.tsx'
import { FileDrop } from '#ui/forms/file-drop.tsx'
import { useT } from '#ui/words/use-t.ts'
import { ledgerPaths } from '../rules/paths.ts'
import type { TemplateProblem } from '../rules/template-records.ts'
import type { Template } from '../rules/template.ts'
import { writeForm } from '../rules/xlsform-write.ts'
import type { Draft } from './designer-draft.ts'
import { moreWords } from './designer-more-words.ts'
import { ProblemLines, TemplateRefusal } from './designer-refusal.tsx'

/** What came out of a form. */
export interface TakenForm {
  readonly template: Template
  readonly notes: readonly TemplateProblem[]
}

/** A form is dropped here; what stands against it is listed, and nothing is made. */
export function FormDrop({ take }: { take: (form: TakenForm) => void }) {
  const t = useT(moreWords)
  const [error, setError] = useState<unknown>()
  const read = ([file]: File[]) => {
    if (file === undefined) return
    setError(undefined)
    upload<TakenForm>(`${ledgerPaths.templates}/xlsform`, file).then(take, setError)
  }
  return (
    <div className="bf-stack">
      <p className="bf-quiet">{t('formImportNote')}</p>
      <FileDrop label={t('formImport')} accept=".xlsx,.xls" onFiles={read} />
      <TemplateRefusal error={error} />
    </div>
  )
}

/** What was read of a form, and what was left out. */
export function FormNotes({ form: { template, notes } }: { form: TakenForm }) {
  const t = useT(moreWords)
  const n = template.fields.length
  return notes.length === 0 ? (
    <Notice kind="success">{t('formTaken', { n })}</Notice>
  ) : (
    <Notice kind="info">
      <p>{t('formNotes', { n })}</p>
      <ProblemLines problems={notes} />
    </Notice>
  )
}

/** The template as a form; what a form cannot hold is said before it is downloaded. */
export function FormExport({ template }: { template: Template }) {
  const t = useT(moreWords)
  const [isShown, setShown] = useState(false)
  const left = useMemo(() => (isShown ? writeForm(template).left : []), [isShown, template])
  const fetch = () => void download(`${ledgerPaths.template(template.key)}/xlsform`) /* a refusal leaves the page as it is */
  return (
    <div className="bf-stack">
      <h3>{t('formExport')}</h3>
      <p className="bf-quiet">{t('formExportNote')}</p>
      {isShown ? (
        <>
          {left.length === 0 ? null : (
            <Notice kind="warning">
              <p>{t('formLeft', { n: left.length })}</p>
              <ProblemLines problems={left} />
            </Notice>
          )}
          <div>
            <Button onClick={fetch}>{left.length === 0 ? t('formDownload') : t('formDownloadLess')}</Button>
          </div>
        </>
      ) : (
        <div>
          <Button onClick={() => setShown(true)}>{t('formExport')}</Button>
        </div>
      )}
    </div>
  )
}

/** A draft with the questions of a form: states, terms and access stay; what named the old fields goes. */
export function withForm(draft: Draft, { template }: TakenForm): Draft {
  const { checks: _checks, unique: _unique, sampling: _sampling, indicators: _indicators, deadlines, ...rest } = draft
  const { about, title, fields, checks, list, print } = template
  const clocks = (deadlines ?? []).filter((one) => !one.from.startsWith('field:'))
  return {
    ...rest,
    about,
    title,
    fields,
    list,
    print: { ...print, title: draft.print.title },
    ...(checks === undefined ? {} : { checks }),
    ...(clocks.length === 0 ? {} : { deadlines: clocks }),
    ...(rest.moves === undefined
      ? {}
      : { moves: rest.moves.map(({ needs: _needs, holds: _holds, evidence: _evidence, ...move }) => move) }),
  }
}
