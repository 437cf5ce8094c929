import { defineWords } from '#kernel/pure/words/index.ts'

export const todayWords = defineWords({
  title: { zh: '今天要办', en: 'To do today' },
  menu: { zh: '今天要办', en: 'To do today' },
  numbers: { zh: '数字一览', en: 'Numbers' },
  listCount: { zh: '先办这 {n} 件', en: 'Begin with these {n}' },
  listKeys: { zh: 'J/K 上下移动，回车办理', en: 'J/K to move, Enter to open' },
  kind: { zh: '事项', en: 'Kind' },
  about: { zh: '对象', en: 'About' },
  ask: { zh: '还差什么', en: 'What is missing' },
  due: { zh: '期限', en: 'Due' },
  from: { zh: '来源', en: 'From' },
  daysLeft: { zh: '剩 {n} 个工作日', en: '{n} working days' },
  dueToday: { zh: '今天到期', en: 'due today' },
  daysLate: { zh: '超期 {n} 个工作日', en: '{n} working days late' },
  overdue: { zh: '已超期', en: 'overdue' },
  doneTitle: { zh: '今天的事都办完了', en: 'All done for today' },
  doneTodo: {
    zh: '没有等您办理的事项。可以从菜单查看数据。',
    en: 'Nothing is waiting for you. The menu leads to the data.',
  },
  nothingYet: {
    zh: '系统里还没有数据。先由县级数据员导入户籍名册，再比对部门数据。',
    en: 'There is no data yet. The county data officer imports the register first, then compares the lists of departments.',
  },
})
