// A child of `runProgram`: answers, refuses, breaks or never ends, as it is asked.
import { documentErrors } from '../../src/kernel/server/documents/errors.ts'
import { answerParent } from '../../src/kernel/server/programs/answer-parent.ts'

export async function begin(asked: string): Promise<void> {
  await answerParent(async () => {
    if (asked === 'refuse') throw documentErrors.hasMacros({ part: 'a' })
    if (asked === 'break') throw new Error('broken')
    if (asked === 'read env') return Object.keys(process.env)
    if (asked === 'write') (await import('node:fs')).writeFileSync('written-by-a-child', '')
    for (let turn = 0; asked === 'never end'; turn += 1) if (turn < 0) return turn
    return { said: asked }
  })
}
