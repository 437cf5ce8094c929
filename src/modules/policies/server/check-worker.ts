// The program of the thread in which texts are checked before publication. See check-beside.ts.
import { parentPort } from 'node:worker_threads'
import { factCatalogue } from '../policy/facts.ts'
import { answerCheck, readModel, type CheckQuestion } from '../rules/check-question.ts'

parentPort?.on('message', (question: CheckQuestion) => {
  parentPort?.postMessage(answerCheck(question, { facts: factCatalogue, modelOf: readModel }))
})
