import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { may } from '#shared/domain/permission/ability.ts'
import { send, signedIn } from '../http.ts'
import type { Desk } from '../http.ts'
import { problem } from '../problem.ts'
import { IMPORT_LIMITS, ImportBatch } from './batch.ts'
import type { ImportDesk } from './import-desk.ts'

/** POST /import/batch, for those who may import cases. Who asks is settled before a byte of the body is read. */
export function importRoute(app: FastifyInstance, desk: () => (Desk & { readonly importBatch: ImportDesk }) | null): void {
  app.post(
    '/import/batch',
    {
      bodyLimit: IMPORT_LIMITS.bytesPerBatch,
      config: { rateLimit: { max: 1_200, timeWindow: 60_000 } },
      onRequest: async (request, reply) => {
        const who = await signedIn(request, desk())
        if ('problem' in who) return send(reply, who)
        if (!may(who.me.role, 'importCases'))
          return send(reply, problem('notPermitted', 'Only an administrator of the desk may import cases.'))
      }
    },
    async (request, reply) => {
      const open = desk()
      const who = await signedIn(request, open)
      if ('problem' in who) return send(reply, who)
      if (!open) return send(reply, problem('unavailable', 'The server is stopping.', 1_000))
      const batch = ImportBatch.safeParse(request.body)
      if (!batch.success)
        return send(reply, problem('badRequest', `These lines cannot be read: ${z.prettifyError(batch.error).slice(0, 500)}`))
      return send(reply, await open.importBatch(batch.data, who.me))
    }
  )
}
