import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { invalid } from '../kernel/index.js';
import { Database } from '../platform/index.js';
import { MUTABLE } from './mute.rules.js';

/** Reasons a person wants no suggestions for. They change what this person is shown, and nothing that anybody else sees. */
@Injectable()
export class CardMutes {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async mutesOf(actor: Actor, person: PersonId): Promise<string[]> {
    requireAccess(actor, 'card:read', { person });
    const rows = await this.database.read(actor, (tx) =>
      tx.rows<{ reason: string }>('select reason from card_mute where person_id = $1 order by reason', [person]),
    );
    return rows.map((row) => row.reason);
  }

  /** From now on nobody is shown for this reason alone. Refuses: reason-not-known. */
  async mute(actor: Actor, person: PersonId, reason: string): Promise<{ reason: string }> {
    requireAccess(actor, 'card:write', { person });
    if (!MUTABLE.test(reason)) throw invalid('reason-not-known', 'Choose a goal, a day or a number of miles.');
    await this.database.transaction(actor, async (tx) => {
      tx.write('insert into card_mute (person_id, reason, made_at) values ($1, $2, $3) on conflict do nothing', [person, reason, tx.now]);
      await this.audit.record(tx, actor, { action: 'card:mute', noun: 'card', about: person });
    });
    return { reason };
  }

  async unmute(actor: Actor, person: PersonId, reason: string): Promise<{ reason: string }> {
    requireAccess(actor, 'card:write', { person });
    await this.database.transaction(actor, (tx) => tx.run('delete from card_mute where person_id = $1 and reason = $2', [person, reason]));
    return { reason };
  }
}
