import * as z from 'zod'
import { Decides, Gathers } from './template-brought.ts'
import { TemplateIndicator } from './template-indicators.ts'

/** A name on screen and paper. */
export const Words = z.strictObject({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(120) })
export type Words = z.infer<typeof Words>

/** Key of a field, state or move: stable from version to version, never shown. */
const Key = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(40)
/** A FEEL expression over the fields of one record, by their Chinese names; `今天`, `状态` and `登记日` besides. */
const Formula = z.string().trim().min(1).max(2000)

/** `<pack>.<name>`; templates that a county makes have the pack `own`. */
export const TemplateKey = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*\.[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .max(60)
export type TemplateKey = z.infer<typeof TemplateKey>

export const fieldKinds = [
  'text',
  'long-text',
  'number',
  'money',
  'date',
  'month',
  'choice',
  'choices',
  'yes-no',
  'person',
  'household',
  'organisation',
  'area',
  'record',
  'photo',
  'file',
  'signature',
  'place',
  'table',
] as const
export type FieldKind = (typeof fieldKinds)[number]

const Choice = z.strictObject({ key: z.string().trim().min(1).max(60), name: Words })

const Figures = z.array(z.string().regex(/^F-\d{3}$/)).max(20)

const plainField = {
  key: Key,
  /** Shown on screen and paper, the header of Excel and the name in formulas: unique within the template. */
  name: Words,
  help: Words.optional(),
  kind: z.enum(fieldKinds),
  /** Of number: 亩, 人, 千瓦时. Money is in 元, exact to the fen. */
  unit: z.string().max(20).optional(),
  /** Decimal places that a number may have; 0 when absent. */
  places: z.int().min(0).max(6).optional(),
  min: z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .optional(),
  max: z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .optional(),
  choices: z.array(Choice).max(200).optional(),
  /** Of record: which ledger is linked. */
  of: TemplateKey.optional(),
  /** Of area: the level that must be chosen. Of organisation: kinds that may be chosen. */
  level: z.enum(['township', 'village', 'group']).optional(),
  organisationKinds: z.array(z.string()).optional(),
  required: z.boolean().optional(),
  default: Formula.optional(),
  visibleWhen: Formula.optional(),
  /** Computed: never entered; a formula over the other fields. */
  computed: Formula.optional(),
  /**
   * What the register knows of the household or person that the record is about: a formula over the facts of the catalogue by name. It is filled in
   * where nothing was entered, and may be corrected.
   */
  known: Formula.optional(),
  /** Brought from other records, or from a decision table: never entered, named in formulas like any field (decision 0036). */
  gathers: Gathers.optional(),
  decides: Decides.optional(),
  /** What a text must be: a resident identity number, a telephone, a bank account (digits only). */
  format: z.enum(['id-number', 'phone', 'bank-account']).optional(),
  /** Encrypted where it lies, shown masked, never offered to sort or filter, never in an export without reason. */
  sensitive: z.boolean().optional(),
  /** Figures of the requirement that it carries as a limit, a code list or a single case: F-041 … */
  figures: Figures.optional(),
  /** Roles that see the field; all who see the record when absent. */
  readBy: z.array(z.string()).optional(),
  /** Other headers under which lists bring it. */
  headers: z.array(z.string().trim().min(1).max(60)).max(30).optional(),
}

/** A column of a repeating table: everything but links to records, files and a table within a table. */
export const Column = z.strictObject(plainField)
export type Column = z.infer<typeof Column>
export const Field = z.strictObject({ ...plainField, columns: z.array(Column).min(1).max(20).optional() })
export type Field = z.infer<typeof Field>

/** Values by field key as they are entered (a link by its name); `$today` and `$state` say when and in which state. */
const Example = z.record(z.string().regex(/^(\$today|\$state|[a-z][a-z0-9-]*)$/), z.unknown())

export const Check = z.strictObject({
  key: Key,
  /** True when the record is as it should be; null (something is missing) does not refuse. */
  holds: Formula,
  says: z.strictObject({ zh: z.string().max(200), en: z.string().max(300) }),
  level: z.enum(['refuse', 'warn']),
  /** Rules of the requirement that it carries: R07 … */
  rules: z.array(z.string().regex(/^R\d\d$/)).optional(),
  /** Limits of the requirement that it keeps: F-269 … */
  figures: Figures.optional(),
  /** Values by field key that must pass, and that must fail: a test tries them. */
  examples: z.strictObject({ passes: z.array(Example).min(1), fails: z.array(Example).min(1) }).optional(),
})
export type Check = z.infer<typeof Check>

export const State = z.strictObject({
  key: Key,
  name: Words,
  settled: z.boolean().optional(),
  tone: z.enum(['plain', 'busy', 'good', 'bad']).optional(),
})
export type State = z.infer<typeof State>

export const Move = z.strictObject({
  key: Key,
  name: Words,
  from: z.array(Key).min(1),
  into: Key,
  /** Roles that may do it. */
  by: z.array(z.string()).min(1),
  /** Fields that must be filled by then. */
  needs: z.array(Key).optional(),
  /** Photos or files that must be attached by then, over all file fields. */
  evidence: z.int().min(1).max(20).optional(),
  /** Another person than who entered, changed or moved it. */
  byAnother: z.boolean().optional(),
  reason: z.boolean().optional(),
  holds: Formula.optional(),
})
export type Move = z.infer<typeof Move>

export const Deadline = z.strictObject({
  key: Key,
  name: Words,
  /** `made`, `state:<key>` (when that state was reached) or `field:<key>` (a date or month; its last day). */
  from: z.string().regex(/^(made|state:[a-z0-9-]+|field:[a-z0-9-]+)$/),
  days: z.int().min(0).max(3650),
  calendar: z.enum(['working', 'calendar']),
  /** It ends in these states; final states always end it. */
  until: z.array(Key).optional(),
  /** Percent of the days at which whoever is responsible is reminded. */
  remind: z.array(z.int().min(1).max(100)).max(5).optional(),
})
export type Deadline = z.infer<typeof Deadline>

/** A share of the records of a state is drawn by a published seed for a second look. */
export const Sampling = z.strictObject({ state: Key, percent: z.int().min(1).max(100), atLeast: z.int().min(1), move: Key })

export const Numbering = z.strictObject({
  prefix: z.string().max(12),
  /** A series of its own per year or per year and township. */
  per: z.enum(['year', 'township-year']),
  digits: z.int().min(2).max(8),
})

export type Numbering = z.infer<typeof Numbering>

export const ListView = z.strictObject({
  columns: z.array(Key).min(1).max(24),
  /** Offered to sort or filter by; they take the keys of the record (8 texts, 6 numbers, 4 days). */
  offered: z.array(Key).max(18),
  /** A choice field, or `state`, whose values are the columns of the board. */
  board: z.string().optional(),
  calendar: Key.optional(),
  map: Key.optional(),
  /** Groups and sums of the statistics page. */
  groups: z.array(z.string()).max(6).optional(),
  sums: z.array(Key).max(6).optional(),
})

export const Print = z.strictObject({
  title: Words,
  /** Fields of the sheet of one record, in order; two to a line unless long. */
  sheet: z.array(Key).min(1).max(60),
  /** Columns of the printed list in the official look. */
  list: z.array(Key).min(1).max(16),
  signatures: z.array(Words).max(6).optional(),
})

export const Access = z.strictObject({
  read: z.array(z.string()).min(1),
  write: z.array(z.string()).min(1),
  /** Petitions, clues, sanctions, health: rows only for these roles, counts for others. */
  closed: z.boolean().optional(),
})

/** One ledger: everything the engine needs to know of it. Design.md §8. */
export const Template = z.strictObject({
  key: TemplateKey,
  /** Of a shipped file: its number; a file that was released is never changed, the next one has the next number. A county's own begin at 1001. */
  version: z.int().min(1).max(1_000_000).optional(),
  name: Words,
  help: z.strictObject({ zh: z.string().max(400), en: z.string().max(600) }).optional(),
  /** M-ids that it carries. */
  mechanisms: z.array(z.string().regex(/^M-\d{3}$/)).optional(),
  source: z.string().max(200).optional(),
  /** What a record is about; where it belongs follows from the field of that kind, or from who enters it. */
  about: z.enum(['household', 'person', 'organisation', 'area', 'nothing']),
  /** The field that names a record in lists, links and headings. */
  title: Key,
  fields: z.array(Field).min(1).max(80),
  unique: z.array(z.array(Key).min(1).max(6)).max(2).optional(),
  checks: z.array(Check).max(30).optional(),
  states: z.array(State).min(1).max(20),
  moves: z.array(Move).max(60).optional(),
  deadlines: z.array(Deadline).max(6).optional(),
  sampling: Sampling.optional(),
  numbering: Numbering.optional(),
  list: ListView,
  print: Print,
  access: Access,
  /** Figures over this ledger, by its fields. */
  indicators: z.array(TemplateIndicator).max(30).optional(),
})
export type Template = z.infer<typeof Template>
