import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { runFolder } from './run.ts'

/** `npm run tck -- DIR`: runs a folder of cases, prints each failure with its reason and at the end `passed/total`. */
function main(folder: string | undefined): number {
  if (folder === undefined || !existsSync(folder)) {
    process.stderr.write('npm run tck -- DIR    DIR is a folder of models (.dmn) and test cases (.xml)\n')
    return 2
  }
  const outcomes = runFolder(resolve(folder))
  const failed = outcomes.filter((one) => one.reasons.length > 0)
  const lines = failed.flatMap((one) => one.reasons.map((reason) => `FAIL ${one.group} ${one.file} ${one.id}: ${reason}\n`))
  const groups = [...new Set(failed.map((one) => one.group))].map((group) => {
    const count = (list: typeof outcomes) => list.filter((one) => one.group === group).length
    return `     ${group} ${count(outcomes) - count(failed)}/${count(outcomes)}\n`
  })
  process.stdout.write(
    [
      ...lines,
      ...(groups.length > 0 ? ['not complete:\n', ...groups] : []),
      `${outcomes.length - failed.length}/${outcomes.length}\n`,
    ].join(''),
  )
  return failed.length > 0 || outcomes.length === 0 ? 1 : 0
}

process.exitCode = main(process.argv[2])
