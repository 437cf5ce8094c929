export { actOnProblems } from './act-on-problems.ts'
export { addCampaign } from './campaigns.ts'
export { recordProblems, type ProblemToRecord, type RecordedProblems } from './record-problems.ts'
export { reopenFailed, type FailedAgain } from './reopen-failed.ts'
