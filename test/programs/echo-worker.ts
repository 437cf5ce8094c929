// The worker of echo.ts.
import { parentPort } from 'node:worker_threads'
import { louder } from './louder.ts'

parentPort?.on('message', (said: string) => parentPort?.postMessage(louder(said)))
