import { CaseId } from '#shared/domain/identity.ts'

export const id = CaseId
