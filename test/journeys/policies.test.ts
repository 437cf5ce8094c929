import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { GivenUser } from '../../src/modules/identity/server/given.ts'
import type { PolicyCard } from '../../src/modules/policies/contract.ts'
import { expectSound, keepPicture } from './browser.ts'
import { openPoliciesWorld } from './policies-world.ts'

const world = openPoliciesWorld()
let people: Awaited<ReturnType<typeof world.people>>

beforeAll(async () => {
  people = await world.people()
}, 240_000)

describe('政策规则', () => {
  it('shows every policy by topic, and finds one by its name', async () => {
    const page = await world.enter(people.writer, '/policies')
    await page.getByRole('heading', { name: '分层分类' }).waitFor()
    await expectSound(page)
    await keepPicture(page, 'policies-catalogue')
    await page.getByLabel('找政策：名称、文号、编号').fill('收入线')
    await page.getByRole('heading', { name: '分层分类' }).waitFor({ state: 'detached' })
    await expectSound(page)
  })

  it('opens each policy, read-only, without a fault', async () => {
    const { items } = await world.ask<{ items: PolicyCard[] }>(people.writer, '/policies')
    const page = await world.enter(people.writer, '/policies')
    for (const one of items) {
      await page.goto(`/policies/${one.key}`)
      await page.getByRole('heading', { level: 1, name: one.zh }).waitFor()
      if (one.form === 'table') await page.getByRole('grid').waitFor()
      await keepPicture(page, `policies-one-${one.key}`)
    }
    await expectSound(page)
  })
})
