export { identityErrorWords } from '../policy/error-words.ts'
