import { z } from 'zod'
import { CaseId } from '#shared/domain/identity.ts'

export const ids = z.array(CaseId)
