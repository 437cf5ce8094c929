// A child with a worker, for the test of compiled programs.
import { startWorker } from '../../src/kernel/server/programs/index.ts'
import { louder } from './louder.ts'

const worker = startWorker(new URL('./echo-worker.ts', import.meta.url))
worker.once('message', (said: string) => {
  process.stdout.write(louder(said))
  void worker.terminate()
})
worker.postMessage('hello')
