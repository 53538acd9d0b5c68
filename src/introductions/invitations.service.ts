import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Audit } from '../audit/index.js';
import { can, People, requireAccess } from '../identity/index.js';
import type { Actor, Id, LocalDate, PersonId } from '../kernel/index.js';
import { addDays, conflict, dayOf, edgeOf, newId, notFound, refused, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once } from '../platform/index.js';
import { INVITATION_DAYS, isSameFirstName } from './acquaintance-code.rules.js';
import { Blocks } from './blocks.service.js';
import type { FoundCode } from './friend-codes.service.js';
import { FriendCodes } from './friend-codes.service.js';
import type { AnswerInvitation, UseCode } from './invitation.dto.js';
import type { InvitationAction, InvitationState } from './invitation.lifecycle.js';
import { invitationLifecycle } from './invitation.lifecycle.js';
import type { InvitedFacts } from './invitation.rules.js';
import { notOurCode, requireMayMeet, requireSameAge } from './invitation.rules.js';
import type { IntroductionId } from './introductions.service.js';
import { Introductions } from './introductions.service.js';

export type InvitationId = Id<'invitation'>;

export interface Invitation {
  readonly id: InvitationId;
  readonly fromPerson: PersonId;
  readonly toPerson: PersonId | null;
  readonly way: 'name' | 'paper' | 'broker';
  readonly state: InvitationState;
  readonly expiresOn: LocalDate;
}

/** `asked`: the other is asked first. `met`: the two are introduced. */
export type CodeUsed = { readonly outcome: 'asked' } | { readonly outcome: 'met'; readonly introductionId: IntroductionId };

const SYSTEM = 'introductions.invitations';
const COLUMNS = 'id, from_person as "fromPerson", to_person as "toPerson", way, state, expires_on as "expiresOn"';
/** Our judgement, November 2026: enough for a group of friends, too few to hand out in the street. */
const MOST_ON_PAPER = 10;

/** People who already know each other come first (domain 2.5): one asks, the other says yes, and they are introduced as by a suggestion. */
@Injectable()
export class Invitations {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly codes: FriendCodes,
    private readonly introductions: Introductions,
    private readonly blocks: Blocks,
    private readonly audit: Audit,
  ) {}

  /** A first name with the code that this person gave. With the person's own code they are asked; with the code of an invitation on paper
   *  they have asked already, so the two are introduced. Refuses: code-not-known (wrong name, wrong code, out of date: told apart by nobody),
   *  too-many-tries, and see requireMayMeet. */
  async useCode(actor: Actor, person: PersonId, command: UseCode): Promise<CodeUsed> {
    requireAccess(actor, 'introduction:answer', { person });
    const found = await this.codes.find(actor, command.code);
    if (!(await this.isNamed(found, command.firstName))) throw notOurCode();
    await this.codes.forgive(actor, found.triedAt);
    if (found.kind === 'invitation') return this.meetByPaper(actor, person, found);
    await this.ask(actor, person, found.personId, 'name');
    return { outcome: 'asked' };
  }

  /** An invitation to print: whoever has the paper, or a broker for them, types in its code. Its code is shown by the queries. Refuses:
   *  too-many-papers. */
  async onPaper(actor: Actor, person: PersonId, key?: string): Promise<{ id: InvitationId }> {
    requireAccess(actor, 'introduction:answer', { person });
    return this.database.transaction(actor, (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'invitations.on-paper', input: { person } }, async () => {
        const waiting = await tx.row<{ count: number }>(
          `select count(*)::int as count from invitation where from_person = $1 and way = 'paper' and state = 'waiting'`,
          [person],
        );
        if (waiting!.count >= MOST_ON_PAPER) throw refused('too-many-papers', `You have ${MOST_ON_PAPER} invitations on paper already. Take one back first.`);
        const [id, salt] = [newId<'invitation'>() as InvitationId, randomBytes(16)];
        await this.insert(tx, actor, { id, from: person, to: null, way: 'paper', salt, code: this.codes.worked('paper', id, salt) });
        return { id };
      }),
    );
  }

  /** A broker who looks after the cards of two people asks the one for the other; both are told that it is the same broker. */
  async throughBroker(actor: Actor, person: PersonId, to: PersonId): Promise<CodeUsed> {
    requireAccess(actor, 'introduction:answer', { person });
    if (actor.id === person || !can(actor, 'introduction:answer', { person: to })) throw notFound('The person');
    await this.ask(actor, person, to, 'broker');
    return { outcome: 'asked' };
  }

  /** Yes introduces the two at once. No is written where only this side sees it, once. Refuses what is not, or no longer, asked (not-found). */
  async answer(actor: Actor, id: InvitationId, command: AnswerInvitation): Promise<{ id: InvitationId; introductionId: IntroductionId | null }> {
    const invitation = await this.database.transaction(actor, async (tx) => {
      const row = await this.lock(tx, id);
      const isMine = row.toPerson !== null && can(actor, 'introduction:answer', { person: row.toPerson });
      const said = await tx.row('select 1 from invitation_no where invitation_id = $1', [id]);
      if (!isMine || row.state !== 'waiting' || row.expiresOn <= dayOf(tx.now) || said) throw notFound('The invitation');
      if (command.answer === 'no') await this.sayNo(tx, actor, row, command.block ?? false);
      return row;
    });
    if (command.answer === 'no') return { id, introductionId: null };
    return { id, introductionId: await this.accept(actor, invitation, invitation.toPerson!) };
  }

  /** Takes an invitation back; the other no longer sees it. */
  async withdraw(actor: Actor, id: InvitationId): Promise<{ id: InvitationId; state: InvitationState }> {
    return this.database.transaction(actor, async (tx) => {
      const row = await this.lock(tx, id);
      if (!can(actor, 'introduction:answer', { person: row.fromPerson })) throw notFound('The invitation');
      await this.move(tx, row, 'withdraw');
      await this.audit.record(tx, actor, { action: 'invitation:withdraw', noun: 'invitation', nounId: id, about: row.fromPerson });
      return { id, state: 'withdrawn' };
    });
  }

  /** Ends those whose six weeks are over by a day, answered with a no or not at all: the one who asked is told the same. Safe to repeat. */
  async endDue(day: LocalDate): Promise<void> {
    for (;;) {
      const due = await this.database.read(systemActor(SYSTEM, {}), (tx) =>
        tx.rows<{ id: InvitationId; kind: string; person: PersonId }>(
          'select id, kind, person_id as person from invitation_key where until_day <= $1 order by until_day limit 200',
          [day],
        ),
      );
      if (due.length === 0) return;
      for (const key of due)
        await this.database.transaction(systemActor(SYSTEM, { people: [key.person] }), async (tx) => {
          const row = key.kind === 'invitation' ? await tx.row<Invitation>(`select ${COLUMNS} from invitation where id = $1 for update`, [key.id]) : undefined;
          if (row?.state === 'waiting') {
            await this.move(tx, row, 'end');
            await announce(tx, { name: 'invitationEnded', about: { people: [row.fromPerson] }, payload: { invitationId: row.id, personId: row.fromPerson } });
          }
          tx.write('delete from invitation_key where id = $1', [key.id]);
        });
    }
  }

  private async ask(actor: Actor, from: PersonId, to: PersonId, way: 'name' | 'broker'): Promise<void> {
    const waiting = await this.asWho(from, to, async (tx) => {
      const { asked, other } = await this.requireMayMeet(tx, from, to);
      if (other && !asked) return other;
      const id = newId<'invitation'>() as InvitationId;
      await this.insert(tx, actor, { id, from, to, way, salt: null, code: null });
      const isBlocked = await tx.row(`select 1 from person_block where person_id = $1 and other_person_id = $2 and seen_as = 'name'`, [to, from]);
      if (!isBlocked) await announce(tx, { name: 'invitationMade', about: { people: [to] }, payload: { invitationId: id, toPersonId: to } });
      return undefined;
    });
    // Each has asked the other: that is two yeses.
    if (waiting) await this.accept(actor, waiting, from);
  }

  private async meetByPaper(actor: Actor, person: PersonId, found: FoundCode): Promise<CodeUsed> {
    const invitation = await this.asWho(found.personId, person, async (tx) => {
      const row = await tx.row<Invitation>(`select ${COLUMNS} from invitation where id = $1`, [found.id]);
      if (!row || row.state !== 'waiting') throw notOurCode();
      await this.requireMayMeet(tx, row.fromPerson, person, row.id);
      return row;
    });
    return { outcome: 'met', introductionId: await this.accept(actor, invitation, person) };
  }

  /** Introduces the two, whoever of them was asked; the transaction serves exactly them. */
  private accept(actor: Actor, invitation: Invitation, to: PersonId): Promise<IntroductionId> {
    return this.asWho(invitation.fromPerson, to, async (tx) => {
      const row = await this.lock(tx, invitation.id);
      if (row.state !== 'waiting') throw conflict('invitation-over', 'This invitation is over.');
      // One of them may have turned 18 since it was made.
      requireSameAge(await this.bornOf(tx, invitation.fromPerson, to), dayOf(tx.now));
      const introductionId = await this.introductions.meetKnown(tx, { from: row.fromPerson, to, invitation: row.id });
      await this.move(tx, row, 'accept', { to, introductionId });
      tx.write(
        `with ended as (
           update invitation set state = 'ended' where state = 'waiting' and id <> $3 and ((from_person = $1 and to_person = $2) or (from_person = $2 and to_person = $1))
           returning id)
         delete from invitation_key where id in (select id from ended)`,
        [row.fromPerson, to, row.id],
      );
      // Of the other's record it is the service's own doing: who looked at it must not tell the name of who said yes.
      await this.audit.recordDeeds(tx, [
        { actor, fact: { action: 'invitation:accept', noun: 'invitation', nounId: row.id, about: to } },
        { actor: systemActor(SYSTEM, {}), fact: { action: 'invitation:accept', noun: 'invitation', nounId: row.id, about: row.fromPerson } },
      ]);
      return introductionId;
    });
  }

  private async requireMayMeet(tx: Tx, from: PersonId, to: PersonId, but?: InvitationId): Promise<{ asked: boolean; other: Invitation | undefined }> {
    await tx.rows('select 1 from person where id = any($1) order by id for update', [[from, to]]);
    const bornOn = await this.bornOf(tx, from, to);
    const met = await tx.row<{ state: 'introduced' | 'stepped-back' | 'became-pool' }>(
      'select state from introduction where person_a = least($1::uuid, $2::uuid) and person_b = greatest($1::uuid, $2::uuid)',
      [from, to],
    );
    const today = dayOf(tx.now);
    const waiting = await tx.rows<Invitation & { isNo: boolean }>(
      `select ${COLUMNS}, exists (select 1 from invitation_no n where n.invitation_id = i.id) as "isNo" from invitation i
       where state = 'waiting' and expires_on > $3 and id is distinct from $4::uuid and ((from_person = $1 and to_person = $2) or (from_person = $2 and to_person = $1))`,
      [from, to, today, but ?? null],
    );
    const asked = but === undefined && waiting.some((row) => row.fromPerson === from);
    requireMayMeet({ from, to, bornOn, today, introduction: met?.state, isAsked: asked });
    return { asked, other: waiting.find((row) => row.fromPerson === to && !row.isNo) };
  }

  private async bornOf(tx: Tx, from: PersonId, to: PersonId): Promise<InvitedFacts['bornOn']> {
    const both = await this.people.named(tx, [from, to]);
    const bornOn = (id: PersonId): LocalDate | null => both.find((each) => each.id === id)?.bornOn ?? null;
    return { from: bornOn(from), to: bornOn(to) };
  }

  private async insert(
    tx: Tx,
    actor: Actor,
    row: { id: InvitationId; from: PersonId; to: PersonId | null; way: string; salt: Buffer | null; code: string | null },
  ): Promise<void> {
    const untilDay = addDays(dayOf(tx.now), INVITATION_DAYS);
    tx.write(
      `insert into invitation (id, from_person, to_person, way, salt, state, made_by, made_at, expires_on) values ($1, $2, $3, $4, $5, 'waiting', $6, $7, $8)`,
      [row.id, row.from, row.to, row.way, row.salt, actor.id, tx.now, untilDay],
    );
    await this.codes.keep(tx, { id: row.id, kind: 'invitation', person: row.from, code: row.code, untilDay });
    await this.audit.record(tx, actor, { action: 'invitation:make', noun: 'invitation', nounId: row.id, about: row.from, facts: { way: row.way } });
  }

  private async sayNo(tx: Tx, actor: Actor, row: Invitation, block: boolean): Promise<void> {
    tx.write('insert into invitation_no (invitation_id, person_id, said_by, said_at) values ($1, $2, $3, $4)', [row.id, row.toPerson, actor.id, tx.now]);
    if (block) await this.blocks.put(tx, actor, row.toPerson!, row.fromPerson, 'name');
    await this.audit.record(tx, actor, { action: 'invitation:answer', noun: 'invitation', nounId: row.id, about: row.toPerson! });
  }

  private async move(tx: Tx, row: Invitation, action: InvitationAction, met?: { to: PersonId; introductionId: IntroductionId }): Promise<void> {
    const { to } = edgeOf('invitation', invitationLifecycle, row.state, action);
    const moved = await tx.run('update invitation set state = $2, to_person = coalesce($3, to_person), introduction_id = $4 where id = $1 and state = $5', [
      row.id,
      to,
      met?.to ?? null,
      met?.introductionId ?? null,
      row.state,
    ]);
    if (moved === 0) throw conflict('invitation-over', 'This invitation is over.');
    tx.write('delete from invitation_key where id = $1', [row.id]);
  }

  private async lock(tx: Tx, id: InvitationId): Promise<Invitation> {
    const row = await tx.row<Invitation>(`select ${COLUMNS} from invitation where id = $1 for update`, [id]);
    if (!row) throw notFound('The invitation');
    return row;
  }

  private async isNamed({ personId }: FoundCode, firstName: string): Promise<boolean> {
    const known = await this.database.read(systemActor(SYSTEM, { people: [personId] }), (tx) => this.people.find(tx, personId));
    return known !== undefined && known.diedOn === null && isSameFirstName(firstName, known.firstName);
  }

  /** Two people's rows at once, after the one at the door was authorised. */
  private asWho<Answer>(from: PersonId, to: PersonId, work: (tx: Tx) => Promise<Answer>): Promise<Answer> {
    return this.database.transaction(systemActor(SYSTEM, { people: [...new Set([from, to])] }), work);
  }
}
