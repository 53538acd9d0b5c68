import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import type { LocalDate, PersonId } from '../../kernel/index.js';
import { edgeOf, systemActor } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { announce, Database } from '../../platform/index.js';
import { groupLifecycle } from './group.lifecycle.js';
import type { Asked } from './group.rules.js';
import { revealedOf } from './group.rules.js';
import type { GroupId } from './groups.service.js';

interface Due {
  readonly id: GroupId;
  readonly people: PersonId[];
  readonly place: string;
}

const SYSTEM = 'introductions.groups';
const PAGE = 200;

/** Reveals groups on their day, to those who said yes and to nobody else. */
@Injectable()
export class GroupReveal {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Reveals, or ends, every group whose day has come. Safe to repeat. */
  async revealDue(day: LocalDate): Promise<void> {
    const places = await this.database.read(systemActor(SYSTEM, {}), (tx) => tx.rows<{ district: string }>('select district from place'));
    const everywhere = systemActor(SYSTEM, { places: places.map((place) => place.district) });
    for (;;) {
      const due = await this.database.read(everywhere, (tx) =>
        tx.rows<Due>(`select id, people, place from group_proposal where state = 'asked' and reveal_on <= $1 order by id limit ${PAGE}`, [day]),
      );
      for (const group of due) await this.reveal(group);
      if (due.length < PAGE) return;
    }
  }

  /** Under the locks of all cards, so that a change of mind, a block or a card taken down until now counts. */
  private async reveal({ id, people, place }: Due): Promise<void> {
    const system = systemActor(SYSTEM, { people, places: [place] });
    await this.database.transaction(system, async (tx) => {
      await tx.rows('select 1 from card where person_id = any($1) order by id for update', [people]);
      const group = await tx.row<{ state: 'asked' | 'revealed' | 'ended' }>('select state from group_proposal where id = $1 for update', [id]);
      if (group?.state !== 'asked') return;
      const together = revealedOf(await this.asked(tx, id));
      const edge = edgeOf('group', groupLifecycle, group.state, together.length > 0 ? 'reveal' : 'end');
      tx.write(`update group_proposal set state = $2 where id = $1 and state = 'asked'`, [id, edge.to]);
      tx.write(`update group_ask set state = case when person_id = any($2) then 'revealed' else 'ended' end where group_id = $1 and state = 'asked'`, [
        id,
        together,
      ]);
      if (together.length === 0) return;
      tx.write(
        'insert into found_group (id, people, place, goals, days, revealed_at) select id, $2, place, goals, days, $3 from group_proposal where id = $1',
        [id, together, tx.now],
      );
      await announce(tx, { name: edge.event!, about: { people: together }, payload: { groupId: id, personIds: together } });
      await this.audit.recordAll(
        tx,
        system,
        together.map((about) => ({ action: 'group:reveal', noun: 'group', nounId: id, about })),
      );
    });
  }

  private asked(tx: Tx, id: GroupId): Promise<Asked[]> {
    return tx.rows<Asked>(
      `select k.person_id as person, a.choice, c.state as card, 'groups' = any(c.agrees) as agrees,
         array(select b.other_person_id from person_block b where b.person_id = k.person_id) as blocked
       from group_ask k join card c on c.id = k.card_id
       left join lateral (select choice from group_answer g where g.ask_id = k.id order by g.id desc limit 1) a on true where k.group_id = $1`,
      [id],
    );
  }
}
