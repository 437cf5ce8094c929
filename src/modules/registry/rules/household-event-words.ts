import { defineWords } from '#kernel/pure/words/index.ts'

/** Sentences for refusals of household events; the keys are codes of `registryErrors`. */
export const householdEventErrorWords = defineWords({
  'registry.event-refused': {
    zh: '现在不能这样办，预览里写着原因；请改好再办',
    en: 'This cannot be done as asked; the preview says why',
  },
  'registry.report-only': { zh: '村里上报，由乡镇确认后办理', en: 'The village reports; the township confirms and does it' },
})
