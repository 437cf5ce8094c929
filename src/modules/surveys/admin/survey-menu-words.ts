import { defineWords } from '#kernel/pure/words/index.ts'

export const surveyMenuWords = defineWords({
  campaigns: { zh: '调查排查', en: 'Surveys and checks' },
  calls: { zh: '我的调查任务', en: 'My calls' },
  quizzes: { zh: '因户施策会', en: 'Quiz meetings' },
  household: { zh: '调查排查', en: 'Surveys and checks' },
})
