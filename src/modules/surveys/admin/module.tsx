import { householdSlot } from '#modules/registry/admin/index.ts'
import type { AdminPlug } from '#ui/plug/plug.ts'
import { fillSlot } from '#ui/plug/slots.ts'
import { todaySlot } from '#ui/plug/today.ts'
import { surveysErrorWords } from '../rules/survey-words.ts'
import { HouseholdSurveyPanel } from './household-panel.tsx'
import { surveyMenuWords } from './survey-menu-words.ts'
import { todaySurveys } from './today-surveys.ts'

/** Campaigns and calls in the office app. */
export const surveysAdmin: AdminPlug = {
  name: 'surveys',
  menu: [
    { key: 'surveys', words: surveyMenuWords.campaigns, path: '/surveys/campaigns', group: 'leads', needs: 'surveys.campaign:read' },
    { key: 'survey-calls', words: surveyMenuWords.calls, path: '/surveys/calls', group: 'leads', needs: 'surveys.call:make' },
    { key: 'quizzes', words: surveyMenuWords.quizzes, path: '/surveys/quizzes', group: 'leads', needs: 'surveys.quiz:read' },
  ],
  routes: [
    { path: '/surveys/campaigns', page: () => import('./campaigns-page.tsx').then((page) => page.CampaignsPage) },
    { path: '/surveys/campaigns/new', page: () => import('./draft-page.tsx').then((page) => page.DraftPage) },
    { path: '/surveys/forms', page: () => import('./forms-page.tsx').then((page) => page.FormsPage) },
    { path: '/surveys/forms/new', page: () => import('./form-page.tsx').then((page) => page.NewFormPage) },
    { path: '/surveys/forms/$formKey', page: () => import('./form-page.tsx').then((page) => page.FormPage) },
    { path: '/surveys/campaigns/$campaignId', page: () => import('./campaign-page.tsx').then((page) => page.CampaignPage) },
    { path: '/surveys/quizzes', page: () => import('./quiz-list-page.tsx').then((page) => page.QuizListPage) },
    { path: '/surveys/quizzes/$quizId', page: () => import('./quiz-page.tsx').then((page) => page.QuizPage) },
    { path: '/surveys/calls', page: () => import('./calls-page.tsx').then((page) => page.CallsPage) },
    { path: '/surveys/calls/$targetId', page: () => import('./call-page.tsx').then((page) => page.CallPage) },
  ],
  slots: [
    fillSlot(todaySlot, todaySurveys),
    fillSlot(householdSlot, {
      key: 'surveys',
      words: surveyMenuWords.household,
      needs: 'surveys.campaign:read',
      place: 'more',
      panel: HouseholdSurveyPanel,
    }),
  ],
  errorWords: surveysErrorWords,
}
