export { DraftCampaign } from './survey-requests.ts'
