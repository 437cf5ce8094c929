import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { asLogin, readMigrations, withClient } from '../src/kernel/server/database/index.ts'
import ts from 'typescript'
import exceptions from './county-code-exceptions.json' with { type: 'json' }
import words from './house-words.json' with { type: 'json' }

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .filter((path) => statSync(path).isFile())
const source = filesBelow('src')
const code = source.filter((path) => /\.tsx?$/.test(path))
const production = code.filter((path) => !/\.test\.tsx?$/.test(path))
const read = (path: string) => readFileSync(path, 'utf8')
const linesOf = (path: string) => read(path).split('\n').length - 1
const modules = readdirSync('src/modules', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
// Safe: the plan is a file of this shape; the tests below would fail on another.
const plan = JSON.parse(read('src/modules/may-use.json')) as Record<string, string[]>
// Safe: as above.
const divided = JSON.parse(read('src/modules/parts.json')) as Record<
  string,
  { parts: Record<string, string[]>; coreThatKnowsParts: string[] }
>

describe('the walls', () => {
  it('hold for every import, and the checker saw the files', () => {
    const summary = cruise('.')
    expect(summary.violations.map((one) => `${one.rule.name}: ${one.from} → ${one.to}`)).toEqual([])
    expect(summary.totalCruised).toBeGreaterThan(production.length / 2)
  })

  it('catch planted violations', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bangfu-walls-'))
    const plant = (path: string, text: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    plant('src/modules/may-use.json', '{"high": ["low"], "low": []}')
    plant('tsconfig.base.json', '{}')
    plant('src/modules/parts.json', '{"low": {"parts": {"one": [], "two": ["one"]}, "coreThatKnowsParts": ["server/index.ts"]}}')
    plant('src/modules/low/server/one/first.ts', "import '../two/second.ts'")
    plant('src/modules/low/server/two/second.ts', "import '../secret.ts'")
    plant('src/modules/low/rules/core.ts', "import './two/of-two.ts'")
    plant('src/modules/low/rules/two/of-two.ts', 'export const second = 2')
    for (const name of ['high', 'low']) plant(`src/modules/${name}/server/index.ts`, 'export const door = 1')
    plant('src/modules/low/server/secret.ts', 'export const secret = 1')
    plant('src/modules/low/server/upwards.ts', "import '../../high/server/index.ts'")
    plant('src/modules/high/server/window.ts', "import '../../low/server/secret.ts'")
    plant('src/modules/high/rules/judge.ts', "import { readFileSync } from 'node:fs'\nexport const judge = readFileSync")
    plant('src/modules/high/admin/page.ts', "import '../server/index.ts'")
    plant('src/kernel/server/low.ts', "import '../../modules/low/server/index.ts'")
    plant('src/ui/knows.ts', "import type { door } from '../modules/low/server/index.ts'\nexport type Door = typeof door")
    plant('src/kernel/pure/expressions/shell.ts', "import 'node:child_process'")
    plant('src/kernel/pure/a.ts', "import './b.ts'")
    plant('src/kernel/pure/b.ts', "import './a.ts'")
    const found = new Set(cruise(folder).violations.map((one) => one.rule.name))
    rmSync(folder, { recursive: true, force: true })
    const wanted = [
      'low-may-not-use',
      'one-of-low-may-not-use',
      'core-of-low-knows-no-part',
      'use-the-door',
      'pure-stays-pure',
      'feel-uses-its-grammar-only',
      'browser-stays-in-the-browser',
      'kernel-knows-no-module',
      'ui-knows-no-module',
      'no-cycles',
    ]
    expect([...found].sort()).toEqual(expect.arrayContaining(wanted.sort()))
    expect([...found]).not.toContain('two-of-low-may-not-use')
  })

  it('know every module, and the plan has no ring', () => {
    expect(Object.keys(plan).sort()).toEqual([...modules].sort())
    expectNoRing(plan)
  })

  it('know every part of a divided module, and the plan of parts has no ring', () => {
    for (const [name, { parts, coreThatKnowsParts }] of Object.entries(divided)) {
      const folders = words.rooms.map((room) => join('src/modules', name, room)).filter((path) => existsSync(path))
      const missing = Object.keys(parts).filter((part) => !folders.some((folder) => existsSync(join(folder, part))))
      expect(missing, `parts of ${name} that are not there`).toEqual([])
      expect(
        Object.values(parts)
          .flat()
          .filter((part) => !(part in parts)),
      ).toEqual([])
      expect(coreThatKnowsParts.filter((file) => !existsSync(join('src/modules', name, file)))).toEqual([])
      expectNoRing(parts)
    }
  })
})

describe('the rooms', () => {
  it('have only names of the plan', () => {
    const wrong = modules.flatMap((name) =>
      readdirSync(join('src/modules', name), { withFileTypes: true })
        .filter((entry) => !(entry.isDirectory() ? words.rooms : words.filesInModule).includes(entry.name))
        .map((entry) => `${name}/${entry.name}`),
    )
    expect(wrong).toEqual([])
    for (const name of modules) expect(existsSync(`src/modules/${name}/README.md`), `${name} has no README.md`).toBe(true)
  })

  it('have no folders but the parts of the plan, jobs, import and golden, and no crowd of files', () => {
    const wrong = modules.flatMap((name) => {
      const parts = Object.keys(divided[name]?.parts ?? {})
      const folders = ['rules', 'server', 'admin', 'field']
        .map((room) => join('src/modules', name, room))
        .filter((path) => existsSync(path))
      return folders.flatMap((folder) => [
        ...foldersIn(folder).filter((one) => ![...words.foldersInRoom, ...parts].includes(one)),
        ...foldersIn(folder).flatMap((part) => (parts.includes(part) ? foldersIn(join(folder, part)).filter((one) => one !== 'jobs') : [])),
        ...[folder, ...parts.map((part) => join(folder, part))]
          .filter(
            (path) =>
              existsSync(path) && readdirSync(path).filter((one) => production.includes(join(path, one))).length > words.filesInRoom,
          )
          .map((path) => `${path} has too many files`),
      ])
    })
    expect(wrong).toEqual([])
  })

  it('are never called utils, helpers, common, shared, misc or lib', () => {
    expect(source.filter((path) => path.split('/').some((part) => words.foldersForbidden.includes(part.replace(/\.\w+$/, ''))))).toEqual([])
  })

  it('keep files under 300 lines', () => {
    expect(code.filter((path) => linesOf(path) > 300).map((path) => `${path} ${linesOf(path)}`)).toEqual([])
  })

  it('keep functions under 50 lines, components under 120', () => {
    expect(production.flatMap(longFunctions)).toEqual([])
  })

  it('keep the kernel small: no room over its limit', () => {
    const limits: Readonly<Record<string, number>> = words.roomLimits
    const rooms = ['pure', 'server', 'browser'].flatMap((side) =>
      readdirSync(`src/kernel/${side}`).map((room) => `src/kernel/${side}/${room}`),
    )
    const sizes = rooms.map((room) => {
      const lines = production.filter((path) => path.startsWith(`${room}/`)).reduce((sum, path) => sum + linesOf(path), 0)
      return { room, lines, limit: limits[room.split('/').at(-1) ?? ''] ?? limits['default'] ?? 0 }
    })
    expect(sizes.filter((one) => one.lines > one.limit)).toEqual([])
  })

  it('keep words of the trade out of the kernel', () => {
    const found = production
      .filter((path) => path.startsWith('src/kernel/'))
      .flatMap((path) =>
        words.kernelForbids
          // Latin words begin at a word boundary; Chinese has none.
          .filter((word) => new RegExp(/^[a-z]/.test(word) ? `\\b${word}` : word, 'i').test(withoutComments(path)))
          .map((word) => `${path}: ${word}`),
      )
      .filter((line) => !(line.endsWith('household') && /kernel\/server\/(caller|database)\//.test(line)))
    expect(found).toEqual([])
  })

  it('draw the chance of tests from one seed', () => {
    const tests = [...code.filter((path) => /\.test\.tsx?$/.test(path)), ...filesBelow('test').filter((path) => path.endsWith('.ts'))]
    const others = tests.filter((path) => !path.startsWith('test/bench/') && path !== 'test/house.test.ts')
    expect(others.filter((path) => /\brandomInt\b|\brandomBytes\b|Math\.random\b|Date\.now\(\) %/.test(read(path)))).toEqual([])
    expect(read('vitest.config.ts')).toContain('test/one-seed.ts')
  })

  it('keep clocks, chance and the outside out of rules', () => {
    const forbidden = /\bDate\.now\b|new Date\(\)|\bMath\.random\b|\bfetch\(|process\.|globalThis/
    expect(production.filter((path) => /modules\/[^/]+\/rules\//.test(path) && forbidden.test(withoutComments(path)))).toEqual([])
  })

  it('keep SQL in stores, migrations and the database room', () => {
    const statement = /\b(SELECT\s+[\w*(].*\bFROM|INSERT INTO|DELETE FROM|UPDATE\s+\w+\.\w+\s+SET)\b/
    const allowed = /-store\.ts$|kernel\/server\/(database|audit|events|http)\/|\/given\.ts$/
    expect(production.filter((path) => !allowed.test(path) && statement.test(withoutComments(path)))).toEqual([])
  })

  it('let only authentication, the command line and jobs grant a scope', () => {
    const allowed = /^src\/(kernel\/server\/(caller|jobs)\/|modules\/identity\/server\/|apps\/server\/)/
    const granting = /\bgrant(Area|County|Households|System)\b/
    const jobs = /^src\/modules\/[^/]+\/server\/([^/]+\/)?jobs\//
    expect(
      production.filter((path) => granting.test(read(path)) && !allowed.test(path) && !jobs.test(path) && !path.endsWith('/given.ts')),
    ).toEqual([])
  })

  it('have no doors that export everything, and no more than ten lines of them', () => {
    const doors = production.filter((path) => /src\/modules\/[^/]+\/(rules|server|admin|field)\/index\.ts$/.test(path))
    expect(doors.filter((path) => /export \*/.test(read(path)))).toEqual([])
  })

  it('have words in both languages and a glossary', () => {
    expect(
      read('GLOSSARY.md')
        .split('\n')
        .filter((line) => line.startsWith('| ')).length,
    ).toBeGreaterThan(30)
  })
})

describe('the tables', () => {
  const onTemplate = <Row extends object>(query: string) =>
    withClient(
      { ...asLogin(inject('serverAccess'), 'bangfu_migrator', 'bangfu_template') },
      async (client) => (await client.query<Row>(query)).rows,
    )
  const withoutCountyCode: Readonly<Record<string, string>> = exceptions.withoutCountyCode
  const withoutRowSecurity: Readonly<Record<string, string>> = exceptions.withoutRowSecurity

  // Schemas of a library that own no data of a county; the app's logins may not even use them.
  const outside: Readonly<Record<string, string>> = exceptions.schemasOutside
  const others = ['pg_catalog', 'information_schema', 'pg_toast', ...Object.keys(outside)].map((name) => `'${name}'`).join(', ')

  it('have county_code first in every primary, unique and foreign key', async () => {
    const keys = await onTemplate<{ table: string; key: string; kind: string; first: string }>(`
      SELECT n.nspname || '.' || c.relname AS "table", k.conname AS key, k.contype AS kind, a.attname AS first
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
      WHERE k.contype IN ('p', 'u', 'f') AND n.nspname NOT IN (${others}) AND c.relispartition IS FALSE`)
    expect(keys.length).toBeGreaterThan(3)
    expect(keys.filter((key) => key.first !== 'county_code' && withoutCountyCode[key.table] === undefined)).toEqual([])
    const unique = await onTemplate<{ table: string; index: string; first: string }>(`
      SELECT n.nspname || '.' || c.relname AS "table", x.relname AS index, a.attname AS first
      FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
      WHERE i.indisunique AND n.nspname NOT IN (${others})`)
    expect(unique.filter((one) => one.first !== 'county_code' && withoutCountyCode[one.table] === undefined)).toEqual([])
  })

  // A restrictive policy is one more lock and opens nothing; each policy that opens rows compares the county.
  it('have a primary key, row security that is forced, and policies that compare the county', async () => {
    const tables = await onTemplate<{ name: string; secured: boolean; forced: boolean; keyed: boolean; policies: string[] }>(`
      SELECT n.nspname || '.' || c.relname AS name, c.relrowsecurity AS secured, c.relforcerowsecurity AS forced,
        EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p') AS keyed,
        ARRAY(SELECT coalesce(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid), '') FROM pg_policy p
          WHERE p.polrelid = c.oid AND p.polpermissive) AS policies
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN (${others})`)
    const bound = tables.filter((table) => withoutRowSecurity[table.name] === undefined)
    expect(bound.length).toBeGreaterThan(3)
    expect(bound.filter((table) => !table.secured || !table.forced || table.policies.length === 0).map((table) => table.name)).toEqual([])
    expect(
      bound.flatMap((table) =>
        table.policies.filter((policy) => !/app\.county|setting\('reason'/.test(policy)).map((policy) => `${table.name}: ${policy}`),
      ),
    ).toEqual([])
    expect(
      tables.filter((table) => !table.keyed && withoutCountyCode[table.name] === undefined && withoutRowSecurity[table.name] === undefined),
    ).toEqual([])
  })

  it('let no login of the app into the schemas of libraries', async () => {
    const open = await onTemplate<{ role: string; schema: string }>(`
      SELECT r.rolname AS role, n.nspname AS schema FROM pg_roles r CROSS JOIN pg_namespace n
      WHERE n.nspname = ANY (ARRAY[${Object.keys(outside)
        .map((name) => `'${name}'`)
        .join(', ')}]) AND (r.rolname LIKE 'app_%' OR r.rolname = 'bangfu_app') AND has_schema_privilege(r.oid, n.oid, 'USAGE')`)
    expect(open).toEqual([])
  })

  it('have no exception that names a table which is not there', async () => {
    const names = (await onTemplate<{ name: string }>("SELECT schemaname || '.' || tablename AS name FROM pg_tables")).map(
      (row) => row.name,
    )
    expect([...Object.keys(withoutCountyCode), ...Object.keys(withoutRowSecurity)].filter((name) => !names.includes(name))).toEqual([])
  })

  it('are migrated by their owner only', () => {
    const wrong = readMigrations().flatMap(({ name, sql: text }) => {
      const owner = /^\d{8}-\d{4}-([a-z]+)-[a-z0-9-]+\.sql$/.exec(name)?.[1]
      if (owner === undefined || ![...modules, 'kernel'].includes(owner)) return [`${name}: the name does not say time, owner and what`]
      const touched = [
        ...text.matchAll(
          /\b(?:CREATE|ALTER|DROP)\s+(?:TABLE|SCHEMA|INDEX|VIEW|FUNCTION|SEQUENCE)\s+(?:IF (?:NOT )?EXISTS\s+)?(?:\w+\s+ON\s+)?([a-z_]+)\b/gi,
        ),
      ]
      return touched
        .map((match) => match[1] ?? '')
        .filter((schema) => [...modules, 'kernel'].includes(schema) && schema !== owner)
        .map((schema) => `${name} touches ${schema}`)
    })
    expect(wrong).toEqual([])
  })

  it('compare text by code point', async () => {
    const rows = await withClient(asLogin(inject('serverAccess'), 'bangfu_migrator', 'bangfu_template'), async (client) => {
      const found = await client.query<{ datcollate: string }>('SELECT datcollate FROM pg_database WHERE datname = current_database()')
      return found.rows
    })
    expect(rows[0]?.datcollate).toBe('C')
  })
})

function foldersIn(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
}

function expectNoRing(uses: Readonly<Record<string, readonly string[]>>): void {
  const visit = (name: string, path: string[]): void => {
    expect(path, `ring: ${[...path, name].join(' → ')}`).not.toContain(name)
    for (const next of uses[name] ?? []) visit(next, [...path, name])
  }
  for (const name of Object.keys(uses)) visit(name, [])
}

function cruise(folder: string): { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] } {
  const script = resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const args = [script, 'src', '--config', resolve('.dependency-cruiser.cjs'), '--output-type', 'json']
  const run = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 })
  // Safe: the checker's own JSON output.
  return (JSON.parse(run.stdout) as { summary: ReturnType<typeof cruise> }).summary
}

function withoutComments(path: string): string {
  return read(path)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '')
}

function longFunctions(path: string): string[] {
  const file = ts.createSourceFile(
    path,
    read(path),
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const first = file.getLineAndCharacterOfPosition(node.getStart()).line
      const length = file.getLineAndCharacterOfPosition(node.getEnd()).line - first + 1
      const limit = path.endsWith('.tsx') ? 120 : 50
      if (length > limit) found.push(`${path}:${first + 1} has ${length} lines`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}
