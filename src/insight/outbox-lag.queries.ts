import { Injectable } from '@nestjs/common';
import { requireAccess } from '../identity/index.js';
import type { Actor } from '../kernel/index.js';
import { NO_SCOPE, systemActor } from '../kernel/index.js';
import { Database } from '../platform/index.js';

export interface OutboxLag {
  /** Events that no worker has taken yet. */
  readonly waiting: number;
  readonly oldestAt: Date | null;
}

/** How far the background work is behind. */
@Injectable()
export class OutboxLags {
  constructor(private readonly database: Database) {}

  async now(actor: Actor): Promise<OutboxLag> {
    requireAccess(actor, 'outbox:read', { site: true });
    const row = await this.database.read(systemActor('insight', NO_SCOPE), (tx) =>
      tx.row<OutboxLag>('select count(*)::int as waiting, min(occurred_at) as "oldestAt" from outbox_event where relayed_at is null'),
    );
    return row!;
  }
}
