export { attachmentLimits, cleanFile, type CleanFile } from './clean-file.ts'
export { readMetadata, type HiddenText } from './image-metadata.ts'
export { destroySealed, keepSealed, openSealed, type SealedFile, type SealedPlace } from './sealed-file.ts'
export { destroyFile, keepFile, pathOfFile, syncFolder, type StoredFile } from './store-file.ts'
