import { linkModels, prepareModel, readDmn, type PreparedModel } from '#kernel/pure/decisions/index.ts'
import { hashOf } from '#kernel/server/policies/index.ts'

/** Remembers what was made for a key, the last used last forgotten. */
export function rememberUpTo<Made>(most: number): (key: string, make: () => Made) => Made {
  const remembered = new Map<string, Made>()
  return (key, make) => {
    const made = remembered.get(key) ?? make()
    remembered.delete(key)
    remembered.set(key, made)
    const [oldest] = remembered.keys()
    if (remembered.size > most && oldest !== undefined) remembered.delete(oldest)
    return made
  }
}

const models = rememberUpTo<PreparedModel>(100)

/** The model of a text, read once per text. Throws `decisions.*` for a text that is none. */
export function modelOf(content: string): PreparedModel {
  return models(hashOf(content), () => prepareModel(linkModels(readDmn(content))))
}
