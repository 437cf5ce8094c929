import { Form } from '../rules/form.ts'
import householdCheck from './forms/household-check.json' with { type: 'json' }
import phoneSurvey from './forms/phone-survey.json' with { type: 'json' }
import satisfaction from './forms/satisfaction.json' with { type: 'json' }
import villageCheck from './forms/village-check.json' with { type: 'json' }

/** Forms that are shipped; a county saves its own beside them, or newer versions of these. */
export const shippedForms: readonly Form[] = [phoneSurvey, satisfaction, householdCheck, villageCheck].map((form) => Form.parse(form))
