import { z } from 'zod'
import { Latitude, PolicyExample, PolicyForm, PolicyKey, Subject } from '../contract.ts'
import indexFile from './index.json' with { type: 'json' }

const DayText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** A text that is shipped with the program: a version of the authority that decided it. */
export const ShippedText = z.strictObject({
  /** Code of the area whose authority decided it: '' nation (the default set), '43' a province, '430525' a county. */
  area: z.string().regex(/^(\d{2}|\d{4}|\d{6})?$/),
  effectiveFrom: DayText,
  /** Last day on which it holds; null: until another one follows. */
  effectiveTo: DayText.nullable(),
  /** Below `policy/`: `tables/….dmn` or `parameters/….json`. */
  file: z.string().regex(/^(tables|parameters)\/[a-z0-9.-]+\.(dmn|json)$/),
  /** 文号; '' where the source names none. */
  documentNo: z.string(),
  documentTitle: z.string(),
  clause: z.string(),
  note: z.string().default(''),
})
export type ShippedText = z.infer<typeof ShippedText>

/** What is known of a policy besides its texts. */
export const PolicyEntry = z.strictObject({
  key: PolicyKey,
  zh: z.string(),
  en: z.string(),
  form: PolicyForm,
  subject: Subject,
  topic: z.enum(['identification', 'classification', 'assistance', 'money', 'teams', 'targets', 'screening', 'income']),
  /** M- and R-numbers of the requirement. */
  answers: z.array(z.string().regex(/^[MRA]-?\d+|§[\d.]+$/)),
  /** Of a table: what an area below may do with its text. Parameters say it value by value; theirs is `free` here. */
  latitude: Latitude,
  /** Name of the decision that is asked; '' for parameters. */
  decision: z.string(),
  /** The parameters policies whose values its cells name. */
  reads: z.array(PolicyKey).default([]),
  /** Outputs that are money in yuan: their sums are shown when a change is simulated. */
  money: z.array(z.string()).default([]),
  /** Not empty: the table is judged as plain masks in another process, with these facts and no others. */
  handedIn: z.array(z.string()).default([]),
  /** Person-days that deciding one subject anew costs, for the workload of a simulation. */
  personDays: z.number().min(0).default(0),
  /** Below `policy/`; '' where there are none. */
  examples: z.string().default(''),
  shipped: z.array(ShippedText).min(1),
})
export type PolicyEntry = z.infer<typeof PolicyEntry>

export const PolicyIndex = z.strictObject({ policies: z.array(PolicyEntry).min(1) })

/** Examples as their file holds them. */
export const ExamplesFile = z.array(PolicyExample)

/** All policies of the third thread, in the order of the catalogue. */
export const policyIndex: readonly PolicyEntry[] = PolicyIndex.parse(indexFile).policies
