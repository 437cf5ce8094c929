import { z } from 'zod'
import { Subject, type FactCard } from '../contract.ts'
import givenFile from './facts/given.json' with { type: 'json' }
import incomeFile from './facts/household-income.json' with { type: 'json' }
import householdFile from './facts/household.json' with { type: 'json' }
import personFile from './facts/person.json' with { type: 'json' }
import villageFile from './facts/village.json' with { type: 'json' }

/** A named fact: what a cell of a table may speak of. Numbers say their decimals, texts their words where these are a closed list. */
export const Fact = z
  .strictObject({
    key: z.string().regex(/^(household|person|village|given)\.[a-z][A-Za-z0-9]*$/),
    name: z.string().min(1),
    en: z.string().min(1),
    of: Subject,
    type: z.enum(['number', 'text', 'boolean', 'date']),
    unit: z.string(),
    decimals: z.number().int().min(0).max(6).nullable(),
    words: z.array(z.string().min(1)).nullable(),
    zhMeaning: z.string().min(1),
    enMeaning: z.string().min(1),
    source: z.string().min(1),
    asOf: z.enum(['day', 'export', 'given']),
    suppliedBy: z.string().min(1),
    /** Several values at once: `list contains(村类型, "示范村")`. */
    isList: z.literal(true).optional(),
  })
  .refine((fact) => fact.key.startsWith(`${fact.of}.`), 'the key begins with what the fact speaks of')
  .refine((fact) => (fact.type === 'number') === (fact.decimals !== null), 'a number says its decimals, and nothing else does')
  .refine((fact) => fact.words === null || fact.type === 'text', 'only texts have words')

/** Every fact; checked when the program starts. Of one subject each name stands once. */
export const factCatalogue: readonly FactCard[] = [householdFile, incomeFile, personFile, villageFile, givenFile].flatMap((file) =>
  z
    .array(Fact)
    .parse(file)
    .map(({ isList, ...card }) => (isList === undefined ? card : { ...card, isList })),
)

const byName = new Map(factCatalogue.map((fact) => [`${fact.of} ${fact.name}`, fact]))

/** The fact of a subject by its name. */
export function findFact(of: Subject, name: string): FactCard | undefined {
  return byName.get(`${of} ${name}`)
}

/** All facts of a subject, in the order of the catalogue. */
export function factsAbout(of: Subject): FactCard[] {
  return factCatalogue.filter((fact) => fact.of === of)
}
