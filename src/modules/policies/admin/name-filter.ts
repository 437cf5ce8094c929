/** Which of those that change in a simulation are listed. */
export interface NameFilter {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly areaPath?: string | undefined
  readonly areaName?: string | undefined
}
