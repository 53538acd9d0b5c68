import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** One reading of a gauge, with the labels it is for. */
export interface Reading {
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Never counted, not even by route: how often these are asked for would tell that there are worries (truth 11). */
const UNCOUNTED = /^\/(api\/v1\/)?worr(ied|ies)(\/|$)/;

/** Counts and durations for Prometheus. Labels are names of ours (routes, queues, states), never ids or people.
 *  A room adds its own gauges: outbox lag in seconds, jobs by state, days since the last statement. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();

  private readonly durations = new Histogram({
    name: 'commonpurse_http_request_duration_seconds',
    help: 'Time to answer a request, by route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** One answered request. `route` is its pattern (`/api/v1/pools/:id`), so that the number of series stays small. */
  answered(method: string, route: string, status: number, ms: number): void {
    if (UNCOUNTED.test(route)) return;
    this.durations.labels(method, route, String(status)).observe(ms / 1000);
  }

  /** A gauge whose readings are taken each time someone asks. A reading that fails leaves the gauge empty for that time. */
  gauge(name: string, help: string, read: () => Promise<readonly Reading[]> | readonly Reading[], labelNames: readonly string[] = []): void {
    new Gauge({
      name: `commonpurse_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
      async collect() {
        this.reset();
        try {
          for (const { value, labels = {} } of await read()) this.set(labels, value);
        } catch {
          this.reset();
        }
      },
    });
  }

  /** A counter; call what it answers to count. */
  counter(name: string, help: string, labelNames: readonly string[] = []): (labels?: Readonly<Record<string, string>>, by?: number) => void {
    const counter = new Counter({ name: `commonpurse_${name}`, help, labelNames: [...labelNames], registers: [this.registry] });
    return (labels = {}, by = 1) => counter.inc(labels, by);
  }

  /** Everything, in Prometheus' text form. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }
}
