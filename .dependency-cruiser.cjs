// src/modules/may-use.json says which module may use which, parts.json which part of a module; the rest is here.
// See docs/decisions/0002-the-walls.md and 0030-parts-of-a-module.md.
const { existsSync, readFileSync } = require('node:fs')
const mayUse = JSON.parse(readFileSync('src/modules/may-use.json', 'utf8'))
const divided = existsSync('src/modules/parts.json') ? JSON.parse(readFileSync('src/modules/parts.json', 'utf8')) : {}

const module_ = '^src/modules/([^/]+)/'
const pure = '^src/(kernel/pure/|modules/[^/]+/(contract\\.ts|rules/|policy/))'
const pinyin = '^src/kernel/pure/text/pinyin\\.ts$'
const feel = '^src/kernel/pure/expressions/'
const server = '^src/(kernel/server|modules/[^/]+/server|apps/(server|worker))/'
const browser = '^src/(kernel/browser|ui|modules/[^/]+/(admin|field)|apps/(admin|field))/'
const door = '(contract\\.ts|rules/index\\.ts|(server|admin|field)/index\\.ts|server/given\\.ts)$'
const plug = '(server|admin|field)/module\\.tsx?$'
const test = '\\.test\\.tsx?$'
const rooms = '(rules|server|admin|field)'
const forbid = (name, from, to) => ({ name, severity: 'error', from, to })

module.exports = {
  forbidden: [
    forbid('no-cycles', {}, { circular: true }),
    ...Object.entries(mayUse).flatMap(([name, uses]) => {
      const others = (also) => ({ path: module_, pathNot: `^src/modules/(${[name, ...uses, ...also].join('|')})/` })
      return [
        forbid(`${name}-may-not-use`, { path: `^src/modules/${name}/`, pathNot: test }, others([])),
        forbid(`tests-of-${name}-may-not-use`, { path: `^src/modules/${name}/.*${test}` }, others(['demo'])),
      ]
    }),
    ...Object.entries(divided).flatMap(([name, { parts, coreThatKnowsParts }]) => {
      const within = (names) => `^src/modules/${name}/${rooms}/(${names.join('|')})/`
      const core = `^src/modules/${name}/(${coreThatKnowsParts.map((file) => file.replace(/\./g, '\\.')).join('|')})$`
      const all = Object.keys(parts)
      return [
        ...Object.entries(parts).map(([part, uses]) =>
          forbid(
            `${part}-of-${name}-may-not-use`,
            { path: within([part]), pathNot: test },
            { path: within(all), pathNot: within([part, ...uses]) },
          ),
        ),
        forbid(
          `core-of-${name}-knows-no-part`,
          { path: `^src/modules/${name}/`, pathNot: `${within(all)}|${core}|${test}` },
          { path: within(all) },
        ),
      ]
    }),
    forbid('use-the-door', { path: module_ }, { path: module_, pathNot: `^src/modules/($1/|[^/]+/${door})` }),
    forbid('apps-use-the-plug', { path: '^src/apps/' }, { path: module_, pathNot: `(${plug}|contract\\.ts$)` }),
    forbid('only-apps-plug-in', { path: '^src/', pathNot: `^src/apps/|${test}` }, { path: plug }),
    forbid('given-is-for-tests', { path: '^src/', pathNot: `(${test}|/given\\.ts$)` }, { path: '/server/given\\.ts$' }),
    forbid('kernel-knows-no-module', { path: '^src/kernel/' }, { path: '^src/(modules|apps|ui)/' }),
    forbid('ui-knows-no-module', { path: '^src/ui/' }, { path: '^src/(modules|apps)/' }),
    forbid('nobody-imports-apps', { path: '^src/', pathNot: '^src/apps/' }, { path: '^src/apps/' }),
    forbid('pure-stays-pure', { path: pure, pathNot: `${test}|${pinyin}|${feel}` }, { pathNot: `(${pure}|^node_modules/zod/)` }),
    forbid('feel-uses-its-grammar-only', { path: feel, pathNot: test }, { pathNot: `(${pure}|^node_modules/(lezer-feel|@lezer/common)/)` }),
    forbid('pinyin-stays-on-the-server', { pathNot: `${server}|${test}|${pinyin}|^test/` }, { path: pinyin }),
    forbid('pinyin-uses-one-library', { path: pinyin }, { pathNot: `(${pure}|^node_modules/pinyin-pro/)` }),
    forbid(
      'browser-stays-in-the-browser',
      { path: browser, pathNot: test },
      { path: `(${server}|^node_modules/(kysely|pg|pg-boss|fastify)/)` },
    ),
    forbid('browser-has-no-node', { path: browser, pathNot: test }, { dependencyTypes: ['core'] }),
    forbid('server-stays-on-the-server', { path: server }, { path: browser }),
    forbid(
      'admin-and-field-stay-apart',
      { path: '^src/(?:modules/[^/]+|apps)/(admin|field)/' },
      { path: '^src/(modules/[^/]+|apps)/(admin|field)/', pathNot: '^src/(modules/[^/]+|apps)/$1/' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true, // `import type` counts: knowing is depending
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
}
