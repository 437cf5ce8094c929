/** Rows of the module as the database holds them. */
export interface ClassificationTable {
  householdId: string
  areaPath: string
  validFrom: string
  validTo: string | null
  layer: string | null
  labourClass: string | null
  kind: string | null
  card: string | null
  advice: string | null
  alert: string | null
  inExport: boolean
  missing: string[] | null
}

/** A row with what it stands on. */
export interface TracedTable extends ClassificationTable {
  ruleRows: string
  facts: (string | number | boolean | null | string[])[]
  factsHash: string
  factNames: string[]
  tables: { column: string; key: string; decision: string; hash: string; versions: { key: string; versionId: string; hash: string }[] }[]
}
