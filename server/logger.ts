import type { BaseLogger } from 'pino'

/** Structured log lines; one of pino's, narrowed to what the desk uses. */
export type Logger = Pick<BaseLogger, 'debug' | 'info' | 'warn' | 'error'>
