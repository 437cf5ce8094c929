export { beginClassification, followClassification, type Classified } from './classify-register.ts'
export { countJudged, judgeRegister, type AskJudging, type JudgedRegister } from './judge-register.ts'
export { judgeAll } from '../rules/verdicts.ts'
export { readClassificationHistory } from './read-classification.ts'
