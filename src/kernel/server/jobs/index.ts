export { defineJob, isStopped, type AnyJob, type JobKind, type JobRun } from './job.ts'
export { installQueue } from './install-queue.ts'
export { requestJob } from './job-store.ts'
export { startJobs, type Jobs, type JobsInput } from './start-jobs.ts'
