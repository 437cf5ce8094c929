import type { AnyJob } from './job.ts'

/** The jobs and listeners of some plugs, for `startJobs`. */
export function jobsOf(plugs: readonly { readonly jobs?: readonly AnyJob[]; readonly listeners?: readonly AnyJob[] }[]): AnyJob[] {
  return plugs.flatMap(({ jobs = [], listeners = [] }) => [...jobs, ...listeners])
}
