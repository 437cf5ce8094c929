import { parseArgs } from 'node:util'

// npm run bench -- public|compare|import|linkage|quality|decisions|grid|xlsx|export [--rows N] [--persons N]: each prints its budget, its own figures and a peer's of the same run.
const { positionals, values } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: { rows: { type: 'string' }, persons: { type: 'string' } },
})
const [name] = positionals
const sizes = {
  ...(values.rows === undefined ? {} : { rows: Number(values.rows) }),
  ...(values.persons === undefined ? {} : { persons: Number(values.persons) }),
}
if (name === 'compare') {
  const { runCompareBench } = await import('./compare.ts')
  await runCompareBench(sizes)
} else if (name === 'import') {
  const { runImportBench } = await import('./import.ts')
  await runImportBench(sizes)
} else if (name === 'grid') {
  const { runGridBench } = await import('./grid.ts')
  await runGridBench()
} else if (name === 'quality') {
  const { runQualityBench } = await import('./quality.ts')
  await runQualityBench(sizes)
} else if (name === 'xlsx') {
  const { runXlsxBench } = await import('./xlsx.ts')
  await runXlsxBench(sizes)
} else if (name === 'export') {
  const { runExportBench } = await import('./xlsx.ts')
  await runExportBench(sizes)
} else if (name === 'decisions') {
  const { runDecisionsBench } = await import('./decisions.ts')
  await runDecisionsBench(sizes)
} else if (name === 'linkage') {
  const { runLinkageBench } = await import('./linkage.ts')
  await runLinkageBench(sizes)
} else if (name === 'public') {
  const { runPublicBench } = await import('./public.ts')
  await runPublicBench()
} else {
  process.stderr.write('npm run bench -- public|compare|import|linkage|quality|decisions|grid|xlsx|export [--rows N] [--persons N]\n')
  process.exitCode = 2
}
