import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import type { Actor } from '../kernel/index.js';
import { newId, scopeOf, spokenReference } from '../kernel/index.js';
import { Database, Secrets } from '../platform/index.js';
import type { RaiseWorry } from './worry.dto.js';

/** Worries about a person's safety, a compartment of its own: anybody may add one, nobody who uses this service reads them. */
@Injectable()
export class Worries {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly audit: Audit,
  ) {}

  /** Keeps a worry, encrypted, and answers a reference to read aloud. Whoever is signed in is named unless they ask not to be.
   *  The audit says that there was one and not about whom: whom it is about might read it. */
  async raise(actor: Actor | undefined, command: RaiseWorry): Promise<{ reference: string }> {
    const id = newId<'worry'>();
    const reference = spokenReference('WOR', id);
    const by = actor && !command.withoutName ? actor.id : null;
    const asking: Actor = actor ?? { kind: 'system', id: 'system:visitor', grants: [], scope: scopeOf({}) };
    await this.database.transaction({ ...asking, scope: scopeOf({}) }, async (tx) => {
      await tx.run('insert into worry (id, reference, raised_by, words, reach, from_path, raised_at) values ($1, $2, $3, $4, $5, $6, $7)', [
        id,
        reference,
        by,
        this.secrets.encrypt(command.words, `worry.words:${id}`),
        command.reach ? this.secrets.encrypt(command.reach, `worry.reach:${id}`) : null,
        command.from ?? '',
        tx.now,
      ]);
      if (by) await this.audit.record(tx, asking, { action: 'worry:raise', noun: 'worry', nounId: id });
    });
    return { reference };
  }
}
