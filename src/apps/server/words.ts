import { defineWords } from '#kernel/pure/words/index.ts'

/** What the command line says of faults of the machine: what happened, what to do. */
export const machineWords = defineWords({
  'start.already-serving': {
    zh: '这个数据目录（{dataDirectory}）正由另一个程序（进程 {pid}）提供服务。请先停掉它，或换一个 --data。',
    en: 'Another program (process {pid}) serves {dataDirectory}. Stop it first, or name another --data.',
  },
  'start.port-taken': {
    zh: '端口 {port} 已被占用。请停掉占用它的程序，或用 --port 换一个。',
    en: 'Port {port} is taken. Stop the program that uses it, or choose another with --port.',
  },
  'start.no-county': {
    zh: '还没有建县。请先运行 npm start -- --no-demo 建县，或在导入时写 --county 代码 --name 名称。',
    en: 'No county has been founded. Run npm start -- --no-demo, or import with --county CODE --name NAME.',
  },
  'start.no-files': { zh: '没有找到可读的文件：{paths}。', en: 'No readable file at {paths}.' },
  'start.not-demo': {
    zh: '这不是示范县，数据不会被整体删除。',
    en: 'This is not the demo county; its data are never removed as a whole.',
  },
  'backup.stop-first': {
    zh: '服务正在运行（{dataDirectory}）。请先停止服务（Ctrl-C），再备份。',
    en: 'The service runs on {dataDirectory}. Stop it (Ctrl-C), then back up.',
  },
  'backup.in-use': {
    zh: '数据库仍被其他程序使用（{dataDirectory}）。请等它结束后再备份。',
    en: 'Another program still uses the database in {dataDirectory}. Wait for it to end.',
  },
  'backup.own-server': {
    zh: '数据在 DATABASE_URL 指定的服务器上，请用该服务器自己的备份工具，并另行保管 keys 目录。',
    en: 'The data are on the server of DATABASE_URL: back it up with its own tools, and keep the keys folder besides.',
  },
  'backup.nothing-there': { zh: '{dataDirectory} 里没有数据库，无可备份。', en: 'There is no database in {dataDirectory}.' },
  'backup.not-a-backup': {
    zh: '{folder} 不是备份（缺 bangfu-backup.json）。请指向 bangfu backup 生成的文件夹。',
    en: '{folder} is no backup (bangfu-backup.json is missing).',
  },
  'backup.damaged': {
    zh: '备份已损坏：{path} 与备份时不一致。未恢复任何内容，请换一份备份。',
    en: 'The backup is damaged: {path} is not what was backed up. Nothing was restored; use another backup.',
  },
  'backup.not-empty': { zh: '{folder} 已有内容，不会覆盖。请换一个空目录。', en: '{folder} is not empty and is never overwritten.' },
  'database.no-binaries': {
    zh: '本机（{platform}）没有内置的 PostgreSQL。请重新安装依赖，或用 DATABASE_URL 指定服务器。',
    en: 'There is no embedded PostgreSQL for {platform}. Install the dependencies again, or name a server with DATABASE_URL.',
  },
  'database.cannot-enter': {
    zh: '数据库用户进不去文件夹 {folder}。请对它执行 chmod o+x，或换一个 --data。',
    en: 'The database user may not enter {folder}. Run chmod o+x on it, or choose another --data.',
  },
  'database.init-failed': { zh: '数据库未能建立：{output}', en: 'The database could not be made: {output}' },
  'database.start-failed': { zh: '数据库未能启动，详见 {log}：{output}', en: 'The database did not start, see {log}: {output}' },
  'database.unsafe-settings': {
    zh: '数据库设置 {name}={value} 可能丢失已确认的数据，已拒绝启动。',
    en: 'The database runs with {name}={value} and could lose acknowledged writes; the start is refused.',
  },
  'database.scopes-not-held': {
    zh: '行级权限自检未通过（{role}），已拒绝启动。请联系系统管理员。',
    en: 'The self-test of row security failed for {role}; the start is refused. Call the system administrator.',
  },
  'database.migration-changed': {
    zh: '数据库里已执行的 {name} 与程序不一致。请换回原来的程序版本。',
    en: 'The database was migrated with another {name}. Use the program that made it.',
  },
  'database.newer-than-program': {
    zh: '数据库比程序新（{name}）。请升级程序。',
    en: 'The database is newer than the program ({name}). Update the program.',
  },
  'vault.keys-missing': {
    zh: '密钥文件不见了：{path}。没有它，证件号和电话无法读出。请从备份恢复 keys 目录，切勿新建。',
    en: 'The key file {path} is gone. Without it ID numbers cannot be read: restore the keys folder from a backup.',
  },
  'vault.not-readable': {
    zh: '{table}.{column} 有一格无法解密：数据或密钥被换过。请联系系统管理员核对备份。',
    en: 'A cell of {table}.{column} cannot be decrypted: data or keys were changed. Call the system administrator.',
  },
  'files.too-large': {
    zh: '文件超过 {limitMegabytes} MB 的上限。请拆分后再试。',
    en: 'The file is larger than {limitMegabytes} MB. Split it and try again.',
  },
  'files.empty': { zh: '文件是空的，请重新导出。', en: 'The file is empty; export it again.' },
})
