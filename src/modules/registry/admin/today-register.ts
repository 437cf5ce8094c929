import { defineWords } from '#kernel/pure/words/index.ts'
import type { TodaySection } from '#ui/plug/today.ts'

const words = defineWords({ section: { zh: '台账', en: 'Register' } })

/** The register's part of 工作台; the field names it needs are read when it is first shown, not with the first page. */
export const todayRegister: TodaySection = {
  key: 'register',
  words: words.section,
  needs: 'registry.correction:decide',
  load: () => import('./today-work.ts').then((work) => work.readTodayWork()),
}
