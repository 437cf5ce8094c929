import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { inTransaction } from '#kernel/server/database/index.ts'
import { openSurveyWorld } from '../../../../test/survey-world.ts'
import { shippedForms } from '../policy/forms.ts'
import { findForm } from './form-store.ts'
import { givenCampaign } from './given.ts'
import { readForm, saveForm } from './save-form.ts'

const opened = openSurveyWorld()

describe('a form', () => {
  it('gets a new version by every change; a campaign keeps the one it took, and none ever changes', async () => {
    const here = opened()
    const { officer, caller } = here
    const shipped = shippedForms.find((one) => one.key === 'satisfaction')
    if (shipped === undefined) throw new Error('a shipped form')
    const { formId } = await givenCampaign(officer, { formKey: 'satisfaction', isOpen: false })
    const changed = { ...shipped, zh: '满意度（本县）' }
    expect(await saveForm(officer, { ...changed, basedOn: 1 })).toMatchObject({ version: 2 })
    expect(await saveForm(officer, { ...changed, basedOn: 2 })).toMatchObject({ version: 2 })
    await expect(saveForm(officer, { ...shipped, zh: '另一份', basedOn: 1 })).rejects.toMatchObject({ code: 'surveys.changed' })
    const { versions, form, can } = await readForm(officer, 'satisfaction')
    expect(versions.map((one) => [one.version, one.form.zh, one.campaigns])).toEqual([
      [2, changed.zh, 0],
      [1, shipped.zh, 1],
      [0, shipped.zh, 0],
    ])
    expect([form.zh, can.save]).toEqual([changed.zh, true])
    expect((await readForm(here.as(caller), 'satisfaction')).can.save).toBe(false)
    expect((await inTransaction(officer, (db) => findForm(db, officer, formId)))?.form.zh).toBe(shipped.zh)
    await expect(
      inTransaction(officer, (db) => sql`UPDATE surveys.form SET title = '改' WHERE form_id = ${formId}::uuid`.execute(db)),
    ).rejects.toMatchObject({ code: '42501' })
    await expect(readForm(officer, 'no-such-form')).rejects.toMatchObject({ code: 'surveys.unknown-form' })
  })
})
