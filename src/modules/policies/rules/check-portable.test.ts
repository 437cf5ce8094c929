import { expect, it } from 'vitest'
import { linkModels, prepareModel, readDmn, writeDmn } from '#kernel/pure/decisions/index.ts'
import { shippedModel, valuesReadBy } from '../../../../test/shipped-policies.ts'
import { shippedPolicies } from '../server/shipped.ts'
import { checkPortable } from './check-portable.ts'

const policy = shippedPolicies().find(({ entry }) => entry.key === 'screening.leads')
if (policy === undefined) throw new Error('the table of leads is not shipped')
const parameters = [...valuesReadBy(policy).values()]
const text = writeDmn(shippedModel('screening.leads').model.graph.main)
const said = (content: string) =>
  checkPortable(prepareModel(linkModels(readDmn(content))), policy.entry, parameters).map(({ code }) => code)

it('lets the table of leads as it is shipped be judged while lists are compared, and refuses what could not be', () => {
  expect(said(text)).toEqual([])
  expect(said(text.replace('&gt; 贷款逾期线索天数', '? * 2 &gt; 贷款逾期线索天数'))).toEqual(['not-portable'])
  expect(said(text.replaceAll('情形', '重病人数'))).toEqual(['not-portable'])
})

it('asks nothing of tables that are judged here', () => {
  expect(checkPortable(shippedModel('cases.layer').model, { decision: '层次', handedIn: [] }, [])).toEqual([])
})
