// Runs before every test file: fast-check, too, draws from the one seed of the run.
import fc from 'fast-check'
import { seed } from './chance.ts'

fc.configureGlobal({ seed })
