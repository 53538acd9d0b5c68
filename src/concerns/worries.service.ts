import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { Grants } from '../identity/index.js';
import type { Actor, OrganisationId, PersonId } from '../kernel/index.js';
import { dayOf, newId, scopeOf, spokenReference, systemActor } from '../kernel/index.js';
import { Organisations } from '../organisations/index.js';
import type { Tx } from '../platform/index.js';
import { Database, Secrets } from '../platform/index.js';
import type { RaiseWorry } from './worry.dto.js';

/** Worries about a person's safety, a compartment of its own: anybody may add one, and only the safeguarding leads of the ICB read them. */
@Injectable()
export class Worries {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly audit: Audit,
    private readonly organisations: Organisations,
    private readonly grants: Grants,
  ) {}

  /** Keeps a worry, encrypted, and answers a reference to read aloud. Whoever is signed in is named unless they ask not to be.
   *  The audit says that there was one and not about whom: whom it is about might read it. Nothing is announced. */
  async raise(actor: Actor | undefined, command: RaiseWorry): Promise<{ reference: string }> {
    const id = newId<'worry'>();
    const reference = spokenReference('WOR', id);
    const by = actor && !command.withoutName ? actor.id : null;
    const asking = whoAsks(actor);
    await this.database.transaction(asking, async (tx) => {
      tx.write('insert into worry (id, reference, raised_by, words, reach, from_path, raised_at) values ($1, $2, $3, $4, $5, $6, $7)', [
        id,
        reference,
        by,
        this.secrets.encrypt(command.words, `worry.words:${id}`),
        command.reach ? this.secrets.encrypt(command.reach, `worry.reach:${id}`) : null,
        command.from ?? '',
        tx.now,
      ]);
      tx.write('insert into worry_desk (worry_id, icb_id, raised_at) values ($1, $2, $3)', [id, await this.icbFor(tx, asking), tx.now]);
      if (by) await this.audit.record(tx, asking, { action: 'worry:raise', noun: 'worry', nounId: id });
    });
    return { reference };
  }

  /** True when a safeguarding lead is named who would read a worry of this person. The page on which it is raised says what is true. */
  async hasReader(actor: Actor | undefined): Promise<boolean> {
    const asking = whoAsks(actor);
    const icbs = await this.database.read(asking, async (tx) => {
      const open = (await this.openIcbs(tx)).map((icb) => icb.id);
      const icb = await this.icbFor(tx, asking);
      return icb && open.includes(icb) ? [icb] : open;
    });
    return this.database.read(systemActor('concerns', { icbs }), (tx) => this.grants.isHeld(tx, 'safeguarding-lead', icbs));
  }

  /** Whose lead answers: the ICB responsible for whoever raised it, else the one they work for, else the only one there is. Also for those
   *  who asked not to be named: an ICB names nobody. Undecided, every lead sees it. */
  private async icbFor(tx: Tx, asking: Actor): Promise<OrganisationId | null> {
    const today = dayOf(tx.now);
    const own = await tx.row<{ icb: OrganisationId }>(
      'select icb_id as icb from responsibility where person_id::text = $1 and from_day <= $2 and (until_day is null or until_day > $2)',
      [asking.id, today],
    );
    const work = asking.grants.find((grant) => grant.on === 'icb')?.id as OrganisationId | undefined;
    if (own ?? work) return own?.icb ?? work!;
    const open = await this.openIcbs(tx);
    return open.length === 1 ? open[0]!.id : null;
  }

  private async openIcbs(tx: Tx): Promise<{ readonly id: OrganisationId }[]> {
    const today = dayOf(tx.now);
    return (await this.organisations.ofKind(tx, 'icb')).filter((icb) => icb.validUntil === null || icb.validUntil > today);
  }
}

/** Whoever raises a worry works with nothing but themselves in scope; a visitor with nothing at all. */
function whoAsks(actor: Actor | undefined): Actor {
  const scope = scopeOf(actor?.kind === 'person' ? { people: [actor.id as PersonId] } : {});
  return { ...(actor ?? { kind: 'system', id: 'system:visitor', grants: [] }), scope };
}
