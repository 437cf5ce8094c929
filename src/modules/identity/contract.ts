import * as z from 'zod'
import { isId, type Branded } from '#kernel/pure/ids/index.ts'
import { largestPage } from '#kernel/pure/paging/index.ts'
import { OrganisationId } from './rules/organisations.ts'

export {
  AddOrganisation,
  ChangeOrganisation,
  ExportOrganisations,
  MergeOrganisation,
  Organisation,
  OrganisationId,
  organisationKinds,
  SearchOrganisations,
  UnmergeOrganisation,
  type OrganisationItem,
  type OrganisationRecord,
} from './rules/organisations.ts'

const idOf = <Name extends string>() => z.custom<Branded<Name>>((value) => typeof value === 'string' && isId(value))
const areaPath = z.string().regex(/^(\d+\.){1,6}$/)
const words = z.object({ zh: z.string(), en: z.string() })
const can = z.record(z.string(), z.boolean())
/** Login names are written in lower case: letters, digits, dot, hyphen, underscore. */
export const LoginName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,39}$/)
const personName = z.string().trim().min(1).max(40)

export const UserId = idOf<'UserId'>()
export type UserId = z.infer<typeof UserId>

/** The roles that policy/ gives a name, a level and grants. */
export const RoleKey = z.enum([
  'county-data-officer',
  'county-leader',
  'department-clerk',
  'township-officer',
  'village-cadre',
  'helper',
  'supervisor',
  'system-administrator',
  'security-administrator',
  'audit-administrator',
])
export type RoleKey = z.infer<typeof RoleKey>

/** Six levels; the group (村民小组) is ours, with two digits of its own. */
export const areaLevels = ['province', 'prefecture', 'county', 'township', 'village', 'group'] as const
export const AreaLevel = z.enum(areaLevels)
export type AreaLevel = z.infer<typeof AreaLevel>

/** An area as it is called today. `code` never changes; `officialCode` is today's where a list named one. */
export const Area = z.object({
  path: areaPath,
  parentPath: z.string(),
  level: AreaLevel,
  code: z.string(),
  officialCode: z.string().optional(),
  name: z.string(),
})
export type Area = z.infer<typeof Area>

/** One row of an area list: code, name, level, parent's code. Level and parent follow from the code where they are missing. */
export const AreaRow = z.strictObject({
  code: z.string().max(20),
  name: z.string().max(80),
  level: z.string().max(20).optional(),
  parentCode: z.string().max(20).optional(),
})
export type AreaRow = z.infer<typeof AreaRow>

/** `recoded`: a known area got another official code. `missing`: known here, not in the list; it is shown, never removed. */
export const AreaDifference = z.object({
  kind: z.enum(['new', 'renamed', 'recoded', 'missing', 'refused']),
  level: AreaLevel.optional(),
  code: z.string(),
  name: z.string(),
  before: z.string().optional(),
  /** Row of the list, counted from 1, for refused rows. */
  row: z.number().optional(),
  reason: z.enum(['unknown-level', 'unknown-parent', 'other-county', 'no-name', 'twice', 'too-many-groups', 'bad-code']).optional(),
})
export type AreaDifference = z.infer<typeof AreaDifference>
export const AreaChanges = z.object({
  isDryRun: z.boolean(),
  counts: z.object({
    same: z.number(),
    new: z.number(),
    renamed: z.number(),
    recoded: z.number(),
    missing: z.number(),
    refused: z.number(),
  }),
  /** At most 1,000 are listed; `counts` are of all. */
  differences: z.array(AreaDifference),
})
export type AreaChanges = z.infer<typeof AreaChanges>

/** POST /identity/areas/import */
export const ImportAreas = z.strictObject({ rows: z.array(AreaRow).min(1).max(10_000), isDryRun: z.boolean() })
export type ImportAreas = z.infer<typeof ImportAreas>

/** POST /identity/areas/sheet and /identity/users/sheet: an uploaded file as rows of text, `rows[0]` being row 1 of its first sheet. */
export const SheetRows = z.object({ sheet: z.string(), rows: z.array(z.array(z.string())) })
export type SheetRows = z.infer<typeof SheetRows>

/** A place as a row of an export names it; an empty text is "not written". */
export interface FoundPlace {
  township: string
  village: string
  villageCode?: string | undefined
  group: string
}

export const ListAreas = z.strictObject({
  /** Only this area and what lies below it. */
  under: areaPath.optional(),
  /** The lowest level wanted; `village` by default. */
  level: AreaLevel.optional(),
})
export type ListAreas = z.infer<typeof ListAreas>

export const userStates = ['active', 'disabled', 'left'] as const
/** A user as lists show him: the telephone is masked. */
export const User = z.object({
  userId: UserId,
  name: z.string(),
  loginName: z.string(),
  phoneMasked: z.string().optional(),
  organisationId: OrganisationId.optional(),
  organisationName: z.string().optional(),
  roles: z.array(RoleKey),
  areaPath: z.string().optional(),
  areaName: z.string().optional(),
  state: z.enum(userStates),
  mustChangePassword: z.boolean(),
  isLocked: z.boolean(),
  revision: z.number(),
  can,
})
export type User = z.infer<typeof User>
export const ListUsers = z.strictObject({
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(largestPage).optional(),
  /** Beginning of the name or the login name. */
  startsWith: z.string().trim().max(40).optional(),
  role: RoleKey.optional(),
  state: z.enum(userStates).optional(),
  /** Users whose area is this one or lies below it. */
  under: areaPath.optional(),
})
export type ListUsers = z.infer<typeof ListUsers>

/** All roles of a user hold in one area. */
export const CreateUser = z.strictObject({
  name: personName,
  loginName: LoginName,
  phone: z
    .string()
    .regex(/^\d{11}$/)
    .optional(),
  organisationId: OrganisationId.optional(),
  roles: z.array(RoleKey).min(1).max(5),
  areaPath,
})
export type CreateUser = z.infer<typeof CreateUser>
export const ChangeUser = z.strictObject({
  revision: z.number().int(),
  name: personName.optional(),
  phone: z
    .string()
    .regex(/^\d{11}$/)
    .optional(),
  organisationId: OrganisationId.optional(),
  roles: z.array(RoleKey).min(1).max(5).optional(),
  areaPath: areaPath.optional(),
})
export type ChangeUser = z.infer<typeof ChangeUser>

/** An account that was made or reset; the password is shown this once and must be changed at the first login. */
export const NewAccount = z.object({ userId: UserId, name: z.string(), loginName: z.string(), oneTimePassword: z.string() })
export type NewAccount = z.infer<typeof NewAccount>

/** A row of a sheet of accounts, as written. `area` is a code or names (`镇`, `镇/村`, `村`); `role` a key or its Chinese name. */
export const BulkUserRow = z.strictObject({
  row: z.number().int().min(1),
  name: z.string().max(80),
  loginName: z.string().max(80).optional(),
  phone: z.string().max(40),
  organisation: z.string().max(80),
  role: z.string().max(40),
  area: z.string().max(120),
})
export type BulkUserRow = z.infer<typeof BulkUserRow>
export const CreateUsersInBulk = z.strictObject({ rows: z.array(BulkUserRow).min(1).max(500) })
export type CreateUsersInBulk = z.infer<typeof CreateUsersInBulk>
export const bulkReasons = [
  'no-name',
  'bad-phone',
  'bad-login-name',
  'login-name-taken',
  'unknown-role',
  'unknown-area',
  'ambiguous-area',
  'role-not-at-this-level',
  'unknown-organisation',
  'twice-in-sheet',
  'already-there',
] as const
/** Every row is accounted for: made with its password, or refused with the column and the reason. */
export const BulkUserResult = z.discriminatedUnion('state', [
  z.object({ state: z.literal('made'), row: z.number(), account: NewAccount }),
  z.object({
    state: z.literal('refused'),
    row: z.number(),
    name: z.string(),
    problems: z.array(
      z.object({ field: z.enum(['name', 'loginName', 'phone', 'organisation', 'role', 'area']), reason: z.enum(bulkReasons) }),
    ),
  }),
])
export type BulkUserResult = z.infer<typeof BulkUserResult>

export const HandOver = z.strictObject({ toUserId: UserId, reason: z.string().trim().min(1).max(200) })
export type HandOver = z.infer<typeof HandOver>

export const LogIn = z.strictObject({ loginName: z.string().min(1).max(80), password: z.string().min(1).max(200) })
export type LogIn = z.infer<typeof LogIn>
export const ChangePassword = z.strictObject({ currentPassword: z.string().min(1).max(200), newPassword: z.string().min(1).max(200) })
export type ChangePassword = z.infer<typeof ChangePassword>

/** GET /identity/me. `can` holds `object:action` of everything granted; it is empty until the one-time password is changed. */
export const Me = z.object({
  userId: UserId,
  name: z.string(),
  loginName: z.string(),
  mustChangePassword: z.boolean(),
  roles: z.array(z.object({ key: RoleKey, name: words })),
  area: Area.optional(),
  county: z.object({ code: z.string(), name: z.string(), isDemo: z.boolean() }),
  can,
})
export type Me = z.infer<typeof Me>

/** POST /identity/start-empty, public where the county is the demo: its name is typed to confirm. */
export const StartEmpty = z.strictObject({ countyName: z.string().max(80) })
export type StartEmpty = z.infer<typeof StartEmpty>

/** GET /identity/start, public. */
export const Start = z.object({
  county: z.object({ name: z.string(), isDemo: z.boolean(), filingNumber: z.string().optional() }).optional(),
  /** Whether this request may found a county, or empty the demo to found one: it comes from this machine (or the start allowed others). */
  can: z.object({ found: z.boolean(), startEmpty: z.boolean() }),
})
export type Start = z.infer<typeof Start>

export const firstAdministrators = ['system-administrator', 'security-administrator', 'audit-administrator'] as const
/** POST /identity/found, public while there is no county: the county and its first three administrators. */
export const FoundCounty = z.strictObject({
  countyCode: z.string().regex(/^\d{6}$/),
  name: z.string().trim().min(2).max(40),
  provinceName: z.string().trim().min(2).max(40).optional(),
  prefectureName: z.string().trim().min(2).max(40).optional(),
  administrators: z
    .array(z.strictObject({ role: z.enum(firstAdministrators), name: personName, loginName: LoginName }))
    .length(firstAdministrators.length),
})
export type FoundCounty = z.infer<typeof FoundCounty>
export const Founded = z.object({ countyCode: z.string(), administrators: z.array(NewAccount.extend({ role: RoleKey })) })
export type Founded = z.infer<typeof Founded>

/** Announced when a user leaves and another takes over the work. */
export const userHandedOver = {
  name: 'identity.user-handed-over',
  payload: z.object({ fromUserId: UserId, toUserId: UserId }),
} as const
