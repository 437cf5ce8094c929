import { defineWords } from '#kernel/pure/words/index.ts'

export const organisationWords = defineWords({
  title: { zh: '单位', en: 'Organisations' },
  empty: { zh: '还没有单位。建立账号时可以不选单位。', en: 'There are no organisations yet; an account can be made without one.' },
  name: { zh: '单位名称', en: 'Name' },
  newName: { zh: '新增单位', en: 'New organisation' },
  kind: { zh: '类别', en: 'Kind' },
  add: { zh: '添加', en: 'Add' },
  'kind.office': { zh: '机关', en: 'Office' },
  'kind.department': { zh: '部门', en: 'Department' },
  'kind.firm': { zh: '企业', en: 'Firm' },
  'kind.cooperative': { zh: '合作社', en: 'Co-operative' },
  'kind.workshop': { zh: '帮扶车间', en: 'Workshop' },
  'kind.other': { zh: '其他', en: 'Other' },
})
