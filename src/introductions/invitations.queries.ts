import { Injectable } from '@nestjs/common';
import { requireAccess } from '../identity/index.js';
import type { Actor, LocalDate, PersonId } from '../kernel/index.js';
import { dayOf, systemActor } from '../kernel/index.js';
import { Database } from '../platform/index.js';
import { FriendCodes } from './friend-codes.service.js';
import type { Invitation, InvitationId } from './invitations.service.js';

/** An invitation as the one who asked sees it: a no and no answer look the same. */
export interface SentInvitation {
  readonly id: InvitationId;
  readonly way: Invitation['way'];
  /** First name of who was asked; null for one on paper. */
  readonly toName: string | null;
  readonly state: 'waiting' | 'ended';
  readonly expiresOn: LocalDate;
  /** Of one on paper that waits: to print, and to print again. */
  readonly code: string | null;
}

/** An invitation as the one who is asked sees it, while it waits for them. */
export interface ReceivedInvitation {
  readonly id: InvitationId;
  readonly fromName: string;
  /** One broker acts for both. */
  readonly sameBroker: boolean;
  readonly expiresOn: LocalDate;
}

interface SentRow extends Invitation {
  readonly salt: Buffer | null;
}

@Injectable()
export class InvitationQueries {
  constructor(
    private readonly database: Database,
    private readonly codes: FriendCodes,
  ) {}

  /** Those a person sent and that wait or have ended, newest first; accepted ones are introductions now. */
  async sentBy(actor: Actor, person: PersonId): Promise<SentInvitation[]> {
    requireAccess(actor, 'introduction:answer', { person });
    const { rows, today } = await this.database.read(actor, async (tx) => ({
      rows: await tx.rows<SentRow>(
        `select id, from_person as "fromPerson", to_person as "toPerson", way, state, expires_on as "expiresOn", salt from invitation
         where from_person = $1 and state in ('waiting', 'ended') order by id desc limit 50`,
        [person],
      ),
      today: dayOf(tx.now),
    }));
    const names = await this.firstNames(rows.flatMap((row) => row.toPerson ?? []));
    return rows.map((row) => {
      const state = row.state === 'waiting' && row.expiresOn > today ? 'waiting' : 'ended';
      return {
        id: row.id,
        way: row.way,
        toName: row.toPerson ? (names.get(row.toPerson) ?? null) : null,
        state,
        expiresOn: row.expiresOn,
        code: row.salt && state === 'waiting' ? this.codes.worked('paper', row.id, row.salt) : null,
      };
    });
  }

  /** Those that wait for a person's answer, the oldest first. */
  async receivedBy(actor: Actor, person: PersonId): Promise<ReceivedInvitation[]> {
    requireAccess(actor, 'introduction:answer', { person });
    const rows = await this.database.read(actor, (tx) =>
      tx.rows<Invitation>(
        `select i.id, i.from_person as "fromPerson", i.way, i.expires_on as "expiresOn" from invitation i
         where i.to_person = $1 and i.state = 'waiting' and i.expires_on > $2
           and not exists (select 1 from invitation_no n where n.invitation_id = i.id)
           and not exists (select 1 from person_block b where b.person_id = $1 and b.other_person_id = i.from_person and b.seen_as = 'name')
         order by i.id limit 50`,
        [person, dayOf(tx.now)],
      ),
    );
    const names = await this.firstNames(rows.map((row) => row.fromPerson));
    return rows.map((row) => ({ id: row.id, fromName: names.get(row.fromPerson) ?? '', sameBroker: row.way === 'broker', expiresOn: row.expiresOn }));
  }

  /** First names of exactly the people whom invitations of the actor's own side name. */
  private async firstNames(people: readonly PersonId[]): Promise<Map<PersonId, string>> {
    if (people.length === 0) return new Map();
    const rows = await this.database.read(systemActor('introductions.invited', { people: [...new Set(people)] }), (tx) =>
      tx.rows<{ id: PersonId; name: string }>('select id, first_name as name from person where id = any($1)', [people]),
    );
    return new Map(rows.map((row) => [row.id, row.name]));
  }
}
