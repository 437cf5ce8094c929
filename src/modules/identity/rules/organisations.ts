import * as z from 'zod'
import { isId, type Branded } from '#kernel/pure/ids/index.ts'
import { largestPage } from '#kernel/pure/paging/index.ts'
import { isCreditCode } from './credit-code.ts'

const areaPath = z.string().regex(/^(\d+\.){1,6}$/)
export const OrganisationId = z.custom<Branded<'OrganisationId'>>((value) => typeof value === 'string' && isId(value))
export type OrganisationId = z.infer<typeof OrganisationId>

export const organisationKinds = ['office', 'department', 'firm', 'cooperative', 'workshop', 'other'] as const
export const Organisation = z.object({
  organisationId: OrganisationId,
  kind: z.enum(organisationKinds),
  name: z.string(),
  areaPath: z.string(),
})
export type Organisation = z.infer<typeof Organisation>

/** 统一社会信用代码: 18 characters, the last one a check character (GB 32100). */
const creditCode = z.string().trim().toUpperCase().refine(isCreditCode)
const organisationFacts = {
  creditCode: creditCode.optional(),
  address: z.string().trim().max(200).optional(),
  business: z.string().trim().max(200).optional(),
}
const organisationName = z.string().trim().min(1).max(80)
export const AddOrganisation = z.strictObject({
  kind: z.enum(organisationKinds),
  name: organisationName,
  areaPath: areaPath.optional(),
  ...organisationFacts,
})
export type AddOrganisation = z.infer<typeof AddOrganisation>

const organisationFilters = {
  kinds: z.array(z.enum(organisationKinds)).min(1).max(6).optional(),
  under: areaPath.optional(),
  /** With those that no longer exist. */
  withClosed: z.boolean().optional(),
}
/** POST /identity/organisations/search (a question). `q`: part of today's name, a former name, or the credit code. */
export const SearchOrganisations = z.strictObject({
  ...organisationFilters,
  q: z.string().trim().max(80).optional(),
  after: z.string().max(600).optional(),
  limit: z.int().min(1).max(largestPage).default(50),
})
export type SearchOrganisations = z.infer<typeof SearchOrganisations>
export const ExportOrganisations = z.strictObject({
  kind: z.enum(organisationKinds).optional(),
  under: areaPath.optional(),
  withClosed: z.literal('true').optional(),
})
export type ExportOrganisations = z.infer<typeof ExportOrganisations>

/** PATCH /identity/organisations/:organisationId. '' or null takes a fact away; another name keeps the old one as a former one. */
export const ChangeOrganisation = z.strictObject({
  revision: z.int().min(1),
  name: organisationName.optional(),
  kind: z.enum(organisationKinds).optional(),
  areaPath: areaPath.optional(),
  creditCode: z.union([creditCode, z.literal('')]).optional(),
  address: organisationFacts.address,
  business: organisationFacts.business,
  closedOn: z.iso.date().nullable().optional(),
  reason: z.string().trim().min(2).max(200),
})
export type ChangeOrganisation = z.infer<typeof ChangeOrganisation>
/** POST …/merge: this one was entered twice and becomes a mark that leads to `intoId`. POST …/unmerge takes it back. */
export const MergeOrganisation = z.strictObject({
  revision: z.int().min(1),
  intoId: OrganisationId,
  reason: z.string().trim().min(2).max(200),
})
export type MergeOrganisation = z.infer<typeof MergeOrganisation>
export const UnmergeOrganisation = z.strictObject({ reason: z.string().trim().min(2).max(200) })
export type UnmergeOrganisation = z.infer<typeof UnmergeOrganisation>

/** A row of the register of organisations. */
export interface OrganisationItem extends Organisation {
  areaName: string
  creditCode?: string
  business?: string
  closedOn?: string
  /** The former name by which it was found. */
  formerly?: string
}
/** One organisation whole: facts, former names, what looks like it, what was merged into it, its history. */
export interface OrganisationRecord extends OrganisationItem {
  address?: string
  revision: number
  mergedInto?: Pick<Organisation, 'organisationId' | 'name'>
  formerNames: { name: string; until: string }[]
  alike: OrganisationItem[]
  takenIn: Pick<Organisation, 'organisationId' | 'name'>[]
  history: {
    at: string
    act: 'add' | 'change' | 'merge' | 'take-in' | 'unmerge'
    byName: string
    reason?: string
    other?: string
    changes: Record<string, [string | null, string | null]>
  }[]
  can: Record<string, boolean>
}
