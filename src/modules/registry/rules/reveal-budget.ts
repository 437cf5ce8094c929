/** How many people a user has seen in full, and whether the person asked for is among them. */
export interface Revealed {
  hour: number
  day: number
  knowsPerson: { hour: boolean; day: boolean }
}
export type BudgetVerdict = { ok: true } | { ok: false; limit: number; hours: 1 | 24 }

/** Judges whether one more person may be seen; a person seen already within the span costs nothing more. Source: trust.md §5.2. */
export function judgeBudget(revealed: Revealed, limits: { peoplePerHour: number; peoplePerDay: number }): BudgetVerdict {
  if (!revealed.knowsPerson.hour && revealed.hour >= limits.peoplePerHour) return { ok: false, limit: limits.peoplePerHour, hours: 1 }
  if (!revealed.knowsPerson.day && revealed.day >= limits.peoplePerDay) return { ok: false, limit: limits.peoplePerDay, hours: 24 }
  return { ok: true }
}

/** Judges whether `people` more, none of whom is counted in `revealed`, may be seen at once, as a short list with whole numbers. */
export function judgeManyBudget(
  revealed: { hour: number; day: number },
  people: number,
  limits: { peoplePerHour: number; peoplePerDay: number },
): BudgetVerdict {
  if (revealed.hour + people > limits.peoplePerHour) return { ok: false, limit: limits.peoplePerHour, hours: 1 }
  if (revealed.day + people > limits.peoplePerDay) return { ok: false, limit: limits.peoplePerDay, hours: 24 }
  return { ok: true }
}
