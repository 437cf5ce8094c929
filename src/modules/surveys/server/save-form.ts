import { createHash } from 'node:crypto'
import { makeId } from '#kernel/pure/ids/index.ts'
import { audit } from '#kernel/server/audit/index.ts'
import type { Context } from '#kernel/server/caller/index.ts'
import { inTransaction, type Db } from '#kernel/server/database/index.ts'
import { mayDo } from '#modules/identity/server/index.ts'
import { findCorrectableField, listCorrectableFields } from '#modules/registry/server/index.ts'
import { shippedForms } from '../policy/forms.ts'
import { checkForm } from '../rules/check-form.ts'
import type { Form } from '../rules/form.ts'
import type { FormDetails, FormRecord } from '../rules/survey-records.ts'
import type { SaveForm } from '../rules/survey-requests.ts'
import { surveysErrors } from './errors.ts'
import { insertForm, listForms, listVersions, type FormRow } from './form-store.ts'
import { surveyTerms } from './survey-terms.ts'
import { countyPath } from './reach.ts'

/** The forms that a campaign may take: the county's own, and the shipped ones that it has not changed. */
export async function readForms(ctx: Context): Promise<{ items: (FormRecord & { form: Form })[] }> {
  return inTransaction(ctx, async (db) => {
    const own = await listForms(db, ctx)
    const shipped = shippedForms.filter((form) => !own.some((one) => one.key === form.key))
    const record = (form: Form, row?: FormRow): FormRecord & { form: Form } => ({
      formId: row?.formId,
      key: form.key,
      version: row?.version ?? 0,
      title: { zh: form.zh, en: form.en },
      questions: form.questions.length,
      isShipped: shippedForms.some((one) => hashOf(one) === hashOf(form)),
      form,
    })
    return { items: [...shipped.map((form) => record(form)), ...own.map((row) => record(row.form, row))] }
  })
}

/** A form with all its versions, and what it is checked against; the shipped text is version 0. Throws `surveys.unknown-form`. */
export async function readForm(ctx: Context, key: string): Promise<FormDetails> {
  return inTransaction(ctx, async (db) => {
    const versions = await listVersions(db, ctx, key)
    const shipped = shippedForms.find((one) => one.key === key)
    const form = versions[0]?.form ?? shipped
    if (form === undefined) throw surveysErrors.unknownForm({ key })
    return {
      form,
      versions: [
        ...versions.map(({ version, form: one, madeName, madeAt, campaigns }) => ({ version, form: one, madeName, madeAt, campaigns })),
        ...(shipped === undefined ? [] : [{ version: 0, form: shipped, madeName: '', madeAt: undefined, campaigns: 0 }]),
      ],
      ...(await readFormGround({ ...ctx, db })),
    }
  })
}

/** The classes of problems that policy knows today, and the fields of the register that may be asked about. */
export async function readFormGround(ctx: Context): Promise<Pick<FormDetails, 'classes' | 'fields' | 'can'>> {
  return inTransaction(ctx, async (db) => {
    const { classes } = await surveyTerms({ ...ctx, db }, { areaPath: countyPath(ctx), asOf: ctx.today })
    return { classes, fields: listCorrectableFields(), can: { save: mayDo(ctx, 'surveys.form', 'edit') } }
  })
}

/** Saves a form as the next version of its key; the same text again is the version that stands. Throws `surveys.form-refused` with what is wrong, `changed`. */
export async function saveForm(ctx: Context, { basedOn, ...form }: SaveForm): Promise<{ formId: string; version: number }> {
  return inTransaction(ctx, async (db) => {
    const newest = (await listForms(db, ctx)).find((row) => row.key === form.key)?.version ?? 0
    if (basedOn !== undefined && basedOn !== newest) throw surveysErrors.changed()
    await refuseFaults(ctx, form)
    const saved = await keepForm(ctx, db, form)
    await audit(db, ctx, {
      did: 'surveys.save-form',
      objectKind: 'surveys.form',
      objectId: saved.formId,
      details: { key: form.key, version: saved.version, questions: form.questions.length },
    })
    return { formId: saved.formId, version: saved.version }
  })
}

/** The version of a form that a campaign takes: the county's newest, else the shipped one, which is kept with it. Throws `surveys.unknown-form`, `form-refused`. */
export async function takeForm(ctx: Context, db: Db, key: string): Promise<FormRow> {
  const own = (await listForms(db, ctx)).find((row) => row.key === key)
  const form = own?.form ?? shippedForms.find((one) => one.key === key)
  if (form === undefined) throw surveysErrors.unknownForm({ key })
  await refuseFaults(ctx, form)
  return own ?? keepForm(ctx, db, form)
}

async function refuseFaults(ctx: Context, form: Form): Promise<void> {
  const { classes } = await surveyTerms(ctx, { areaPath: countyPath(ctx), asOf: ctx.today })
  const faults = checkForm(form, { classes, knowsField: (key, of) => findCorrectableField(key, of) !== undefined })
  if (faults.length > 0) throw surveysErrors.formRefused({ faults })
}

async function keepForm(ctx: Context, db: Db, form: Form): Promise<FormRow> {
  const newest = (await listForms(db, ctx)).find((row) => row.key === form.key)
  const hash = hashOf(form)
  if (newest?.hash === hash) return newest
  const row: FormRow = { formId: makeId(), key: form.key, version: (newest?.version ?? 0) + 1, form, hash }
  if (!(await insertForm(db, ctx, row))) throw surveysErrors.changed()
  return row
}

function hashOf(form: Form): string {
  return createHash('sha256').update(JSON.stringify(form)).digest('hex')
}
