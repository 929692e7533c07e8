import { resolve } from 'node:path'
import { z } from 'zod'
import { StartProblem } from './start-problem.ts'

const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true')

/** Everything the server reads from its environment: name, meaning, default. */
const Environment = z.object({
  RINGDOWN_DATA: z.string().min(1).default('.ringdown'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(3).max(200).default(12),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4_310),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  RINGDOWN_ORIGINS: z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/).filter(Boolean)),
  RINGDOWN_DESK_NAME: z.string().trim().min(1).max(120).optional(),
  RINGDOWN_METRICS_TOKEN: z.string().min(16).optional(),
  RINGDOWN_SAMPLE: flag.default(false),
  RINGDOWN_TRUST_PROXY: flag.default(false)
})

export type Config = {
  readonly dataFolder: string
  /** Null: an embedded database in the data folder. */
  readonly databaseUrl: string | null
  readonly databaseConnections: number
  readonly host: string
  readonly port: number
  readonly logLevel: z.infer<typeof Environment>['LOG_LEVEL']
  readonly origins: readonly string[]
  readonly deskName: string | null
  readonly metricsToken: string | null
  readonly sample: boolean
  readonly trustProxy: boolean
}

export const ENVIRONMENT_HELP = `  RINGDOWN_DATA           folder for everything the server keeps (default ./.ringdown)
  DATABASE_URL            postgres://… of a PostgreSQL 15 or newer; without it an embedded one runs in the data folder
  DATABASE_CONNECTIONS    connections to the database at most (default 12)
  HOST, PORT              where to listen (default 127.0.0.1:4310; port 0 takes a free one)
  LOG_LEVEL               fatal, error, warn, info, debug, trace or silent (default info)
  RINGDOWN_ORIGINS        web origins beside app://ringdown that may call the server, separated by commas
  RINGDOWN_DESK_NAME      name of the desk, shown at sign-in
  RINGDOWN_METRICS_TOKEN  lets other machines read /metrics with "Authorization: Bearer …"
  RINGDOWN_SAMPLE         1 loads the sample desk into an empty database
  RINGDOWN_TRUST_PROXY    1 behind a reverse proxy that sets X-Forwarded-For`

/** Reads the environment once. Throws StartProblem naming every variable that cannot be used. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = Environment.safeParse(environment)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new StartProblem(`The environment cannot be used. ${wrong.join('; ')}. See --help.`)
  }
  const value = parsed.data
  return {
    dataFolder: resolve(value.RINGDOWN_DATA),
    databaseUrl: value.DATABASE_URL ?? null,
    databaseConnections: value.DATABASE_CONNECTIONS,
    host: value.HOST,
    port: value.PORT,
    logLevel: value.LOG_LEVEL,
    origins: value.RINGDOWN_ORIGINS,
    deskName: value.RINGDOWN_DESK_NAME ?? null,
    metricsToken: value.RINGDOWN_METRICS_TOKEN ?? null,
    sample: value.RINGDOWN_SAMPLE,
    trustProxy: value.RINGDOWN_TRUST_PROXY
  }
}
