import { parseArgs } from 'node:util'

// npm run bench -- api|public|pages|ledgers|surveys|compare|import|linkage|quality|decisions|grid|xlsx|export [--rows N] [--persons N] [--events N] [--only writes]: each prints its budget, its own figures and a peer's of the same run.
const { positionals, values } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: { rows: { type: 'string' }, persons: { type: 'string' }, events: { type: 'string' }, only: { type: 'string' } },
})
const [name] = positionals
const sizes = {
  ...(values.rows === undefined ? {} : { rows: Number(values.rows) }),
  ...(values.persons === undefined ? {} : { persons: Number(values.persons) }),
  ...(values.events === undefined ? {} : { events: Number(values.events) }),
}
if (name === 'api') {
  const { runApiBench } = await import('./api.ts')
  await runApiBench({ ...sizes, writesOnly: values.only === 'writes' })
} else if (name === 'compare') {
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
} else if (name === 'ledgers') {
  const { runLedgersBench } = await import('./ledgers.ts')
  await runLedgersBench(sizes)
} else if (name === 'surveys') {
  const { runSurveysBench } = await import('./surveys.ts')
  await runSurveysBench(sizes)
} else if (name === 'pages') {
  const { runPagesBench } = await import('./pages.ts')
  await runPagesBench(sizes)
} else if (name === 'rectification') {
  const { runRectificationBench } = await import('./rectification.ts')
  await runRectificationBench(sizes)
} else if (name === 'public') {
  const { runPublicBench } = await import('./public.ts')
  await runPublicBench()
} else {
  process.stderr.write(
    'npm run bench -- api|public|pages|ledgers|surveys|compare|import|linkage|quality|decisions|grid|xlsx|export [--rows N] [--persons N] [--events N] [--only writes]\n',
  )
  process.exitCode = 2
}
