import { backupCommand, restoreCommand } from './backup.ts'
import { checkCommand } from './check.ts'
import { classifyCommand } from './classify.ts'
import type { Command } from './command.ts'
import { compareCommand } from './compare.ts'
import { decideCommand } from './decide.ts'
import { demoCommand } from './demo.ts'
import { doctorCommand } from './doctor.ts'
import { generateCommand } from './generate.ts'
import { importCommand } from './import.ts'
import { indicatorsCommand } from './indicators.ts'
import { ledgersCommand } from './ledgers.ts'
import { serveCommand } from './serve.ts'
import { usersCommand } from './users.ts'

export type { Command } from './command.ts'

/** Every command of the command line, in the order of the help. */
export const commands: readonly Command[] = [
  serveCommand,
  importCommand,
  compareCommand,
  checkCommand,
  classifyCommand,
  indicatorsCommand,
  decideCommand,
  ledgersCommand,
  generateCommand,
  doctorCommand,
  usersCommand,
  backupCommand,
  restoreCommand,
  demoCommand,
]
