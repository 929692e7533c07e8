import type { Problem, Reply } from '#shared/protocol/problem.ts'

export type ProblemReply = { readonly ok: false; readonly problem: Problem }

export function served<T>(value: T): Reply<T> {
  return { ok: true, value }
}

export function problem(code: Problem['code'], message: string, retryAfter: number | null = null): ProblemReply {
  return { ok: false, problem: { code, message, retryAfter } }
}
