import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { grantArea, grantCounty } from '#kernel/server/caller/index.ts'
import { inTransaction } from '#kernel/server/database/index.ts'
import { makeId } from '#kernel/pure/ids/index.ts'
import { givenCounty, type GivenCounty } from '#modules/identity/server/given.ts'
import { openTestWorld, testNowMs } from '../../../../test/database.ts'
import { openLedger } from './open-ledger.ts'
import { exportDue, readDue } from './read-due.ts'
import { makeRecord } from './write-record.ts'

const world = openTestWorld()
let county: GivenCounty
beforeAll(async () => {
  county = await givenCounty(world.database, { clock: () => testNowMs })
})
const deps = () => ({ vault: world.vault, filesDirectory: world.directory })
const officer = () => world.as(grantCounty(county.countyCode), { roles: ['county-data-officer'] })
const cadre = (at: number) => world.as(grantArea(county.countyCode, county.villages[at]?.path ?? ''), { roles: ['village-cadre'] })

describe('what is due in ledgers', () => {
  it('is told over all ledgers that the caller reads, in his area, the earliest first, and goes out as a list', async () => {
    const inspection = (at: number, dueOn: string, subject: string) => ({
      templateKey: 'generic.inspection',
      values: {
        subject,
        area: { id: county.villages[at]?.path ?? '' },
        category: 'funds',
        'inspected-on': '2023-12-01',
        inspectors: '测试员',
        result: '不合格',
        problem: '台账不全',
        'due-on': dueOn,
        responsible: '某',
      },
    })
    await makeRecord(officer(), deps(), inspection(0, '2023-12-10', '晚了的'))
    await makeRecord(officer(), deps(), inspection(0, '2023-12-20', '快到的'))
    await makeRecord(officer(), deps(), inspection(1, '2023-12-21', '别村的'))
    await makeRecord(officer(), deps(), inspection(0, '2024-02-01', '还早的'))
    const petition = { recordId: makeId() }
    await inTransaction(officer(), async (db) => {
      await openLedger({ ...officer(), db }, 'integrity.petition')
      await sql`
        INSERT INTO ledgers.record (county_code, record_id, template_key, version, area_path, title, state, closed, due_at, made_by, made_name, made_at, changed_at)
        VALUES (${county.countyCode}, ${petition.recordId}, 'integrity.petition', 1, ${county.villages[0]?.path}, '信访', 'received', true,
          '2023-12-06T00:00:00+08:00', 'test:a', '某', now(), now())`.execute(db)
    })
    const all = await readDue(officer())
    expect(all.ledgers).toMatchObject([
      { templateKey: 'generic.inspection', overdue: 1, soon: 2 },
      { templateKey: 'integrity.petition', overdue: 1, soon: 0 },
    ])
    expect(all.items.map((item) => [item.title, item.dueOn, item.isOverdue])).toEqual([
      ['信访', '2023-12-05', true],
      ['晚了的', '2023-12-10', true],
      ['快到的', '2023-12-20', false],
      ['别村的', '2023-12-21', false],
    ])
    const own = await readDue(cadre(0))
    expect(own.items.map((item) => item.title)).toEqual(['晚了的', '快到的'])
    expect(own.ledgers.some((ledger) => ledger.templateKey === 'integrity.petition')).toBe(false)
    expect(JSON.stringify(own)).not.toContain(petition.recordId)
    const file = await exportDue(officer(), deps(), { purpose: '核对期限', format: 'csv' })
    const lines = (file.body instanceof Readable ? await text(file.body) : file.body.toString()).split('\r\n')
    expect(lines.filter((line) => /2023-12-(05|10|20|21)/.test(line)).length).toBe(4)
    expect(lines.find((line) => line.includes('晚了的'))).toMatch(/检查清单,JC.*,晚了的,.*,2023-12-10,逾期/)
  })
})
