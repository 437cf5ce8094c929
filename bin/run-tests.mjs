// Runs vitest and says what came of it; also what could not be loaded counts as failed.
import { existsSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { checkout, runNode } from './prepare.mjs'

/**
 * Runs test files (all without `files`), keeps vitest's report in `folder`, and returns how many passed, what failed, in words, and by file the
 * name and status of every test.
 */
export async function runTests({ folder, name, files = [], environment = {} }) {
  const report = join(folder, `${name}.json`)
  const vitest = join(checkout, 'node_modules/vitest/vitest.mjs')
  // Programs that tests start share what was compiled: half a second of each.
  const shared = { NODE_COMPILE_CACHE: join(folder, 'compiled'), ...environment }
  await runNode([vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...files], shared)
  if (!existsSync(report)) return { passed: 0, failures: ['the test run ended before its end'], tests: {} }
  const result = JSON.parse(readFileSync(report, 'utf8'))
  const failures = []
  const tests = {}
  for (const file of result.testResults) {
    const path = relative(checkout, file.name).split(sep).join('/')
    tests[path] = [...(tests[path] ?? []), ...file.assertionResults.map((one) => [one.fullName, one.status])]
    const failed = file.assertionResults.filter((one) => one.status === 'failed')
    for (const one of failed) failures.push(`${file.name}: ${one.fullName}\n${firstLines(one.failureMessages.join('\n'))}`)
    // A file that could not be loaded is a failure too.
    if (file.status === 'failed' && failed.length === 0) failures.push(`${file.name}\n${firstLines(file.message ?? '')}`)
  }
  if (result.numPassedTests + result.numFailedTests === 0) failures.push('no test ran')
  return { passed: result.numPassedTests, failures, tests }
}

function firstLines(text) {
  return text.split('\n').slice(0, 12).join('\n').slice(0, 2_000)
}
