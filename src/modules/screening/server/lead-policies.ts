import { readFileSync } from 'node:fs'

const directory = new URL('../policy/', import.meta.url)

/**
 * What screening lets an authority change as a table and parameters, for the catalogue of policies: its index (the shape is the catalogue's)
 * and the texts that the index names.
 */
export const leadPolicies = {
  readIndex: (): unknown => JSON.parse(readText('policies.json')),
  readText,
}

function readText(file: string): string {
  return readFileSync(new URL(file, directory), 'utf8')
}
