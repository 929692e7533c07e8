import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

export type Metrics = {
  readonly text: () => Promise<string>
  readonly type: string
  readonly batch: (commands: number, milliseconds: number) => void
}

/** What an operator watches, in Prometheus' format. */
export function serverMetrics(connections: () => number, head: () => number): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const commands = new Counter({ name: 'ringdown_commands_total', help: 'Commands answered.', registers: [registry] })
  const batches = new Histogram({
    name: 'ringdown_batch_seconds',
    help: 'Time from the begin of a transaction to its commit.',
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    registers: [registry]
  })
  new Gauge({
    name: 'ringdown_consoles',
    help: 'Consoles connected to this node.',
    registers: [registry],
    collect() {
      this.set(connections())
    }
  })
  new Gauge({
    name: 'ringdown_revision',
    help: 'The newest revision this node has seen.',
    registers: [registry],
    collect() {
      this.set(head())
    }
  })
  return {
    text: () => registry.metrics(),
    type: registry.contentType,
    batch: (count, milliseconds) => {
      commands.inc(count)
      batches.observe(milliseconds / 1_000)
    }
  }
}
