export { getRegisterRevision, readRegister, type ReadRegisterInput } from './read-register.ts'
export { registryErrors } from './errors.ts'
