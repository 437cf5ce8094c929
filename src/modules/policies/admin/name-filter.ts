/** Which of those that change in a simulation are listed. */
export interface NameFilter {
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Of those who keep their outcome only the ones who get another amount. */
  readonly changedOnly?: boolean | undefined
  readonly areaPath?: string | undefined
  readonly areaName?: string | undefined
}
