import { pino } from 'pino'
import type { DestinationStream, Logger } from 'pino'
import type { Config } from './config.ts'

/** Names under which secrets travel. They never reach a log line, wherever they sit in it. */
const SECRET = [
  'password',
  'accessToken',
  'refreshToken',
  'token',
  'authorization',
  'cookie',
  'passwordHash',
  'connectionString',
  'databaseUrl'
]

/** Structured lines on stderr, so that stdout stays for the start message. */
export function serverLog(level: Config['logLevel'], destination: DestinationStream = pino.destination(2)): Logger {
  const paths = SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`])
  return pino(
    {
      level,
      base: { pid: process.pid },
      redact: { paths, censor: '[secret]' },
      serializers: { err: withoutSecrets }
    },
    destination
  )
}

/** Errors quote what they failed on: database addresses with passwords, and tokens. */
function withoutSecrets(error: unknown): object {
  const { message, stack, name, ...rest } = pino.stdSerializers.err(error as Error) as unknown as {
    message?: string
    stack?: string
    name?: string
    code?: unknown
  }
  return { name, message: clean(message), stack: clean(stack), ...('code' in rest ? { code: rest.code } : {}) }
}

function clean(text: string | undefined): string | undefined {
  return text?.replaceAll(/(postgres(?:ql)?:\/\/[^:@/\s]+:)[^@\s]+@/g, '$1[secret]@').replaceAll(/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, '[secret]')
}
