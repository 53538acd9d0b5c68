import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { requireAccess } from '../../identity/index.js';
import type { Actor, LocalDate, PersonId } from '../../kernel/index.js';
import { dayOf, notFound } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { Database } from '../../platform/index.js';
import { readsAs } from '../reader.js';
import type { WaitsOn } from './case.dto.js';
import type { FollowUpState, PackState } from './case.lifecycle.js';
import type { CaseFacts, CaseStanding } from './caseload.rules.js';
import { standingOf } from './caseload.rules.js';
import type { FollowUpId, PhoneCallId } from './cases.service.js';
import type { PaperPackId } from './packs.service.js';

export interface CallView {
  readonly id: PhoneCallId;
  readonly onDay: LocalDate;
  readonly brokerName: string;
  readonly withWhom: string;
  readonly agreed: string;
}

export interface FollowUpView {
  readonly id: FollowUpId;
  readonly personId: PersonId;
  readonly brokerName: string;
  readonly isMine: boolean;
  readonly what: string;
  readonly waitsOn: WaitsOn;
  readonly byDay: LocalDate;
  readonly state: FollowUpState;
  readonly isLate: boolean;
}

export interface PackView {
  readonly id: PaperPackId;
  readonly personId: PersonId;
  readonly reference: string;
  readonly state: PackState;
  readonly madeOn: LocalDate;
  readonly noteId: string | null;
}

/** What waits, of all the people a broker works for: what is to be done, papers that are out, options that nobody chose from, notes to settle. */
export interface Chasing {
  readonly followUps: readonly FollowUpView[];
  readonly packs: readonly PackView[];
  readonly advice: readonly { readonly id: string; readonly personId: PersonId; readonly about: string; readonly since: LocalDate }[];
  readonly notes: readonly { readonly id: string; readonly personId: PersonId; readonly onDay: LocalDate }[];
}

const FOLLOW_UP = `f.id, f.person_id as "personId", b.shown_name as "brokerName", f.what, f.waits_on as "waitsOn", f.by_day as "byDay", f.state`;
const PACK = `id, person_id as "personId", reference, state, made_on as "madeOn", note_id as "noteId"`;
const MOST = 100;

/** Where each person stands, and what was said on the phone. */
@Injectable()
export class CaseQueries {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Where each of these people stands with the actor, who works for them today; others are left out. */
  async standingsOf(actor: Actor, people: readonly PersonId[]): Promise<Map<PersonId, CaseStanding & { facts: CaseFacts }>> {
    requireAccess(actor, 'caseload:read', { site: true });
    return this.database.read(actor, async (tx) => {
      const today = dayOf(tx.now);
      const facts = await this.facts(tx, actor, people);
      return new Map(facts.map((each) => [each.personId, { ...standingOf(each, today), facts: each }]));
    });
  }

  /** What waits, the first to be due before others; 100 of each at most. */
  async chasing(actor: Actor): Promise<Chasing> {
    requireAccess(actor, 'caseload:read', { site: true });
    return this.database.read(actor, async (tx) => ({
      followUps: await tx.rows<FollowUpView>(
        `select ${FOLLOW_UP}, true as "isMine", f.by_day < $2 as "isLate" from follow_up f join broker b on b.person_id = f.broker_id
         where f.broker_id = $1 and f.state = 'open' order by f.by_day, f.id limit ${MOST}`,
        [actor.id, dayOf(tx.now)],
      ),
      packs: await tx.rows<PackView>(`select ${PACK} from paper_pack where broker_id = $1 and state = 'out' order by id limit ${MOST}`, [actor.id]),
      advice: await tx.rows(
        `select id, person_id as "personId", about, (recorded_at at time zone 'Europe/London')::date as since from advice where broker_id = $1 and state = 'open' order by id limit ${MOST}`,
        [actor.id],
      ),
      notes: await tx.rows(
        `select id, person_id as "personId", on_day as "onDay" from visit_note where broker_id = $1 and state = 'to-settle' order by id limit ${MOST}`,
        [actor.id],
      ),
    }));
  }

  /** Calls about a person, newest first, and what is to be done for them: the person sees both, late things too. */
  async logOf(actor: Actor, person: PersonId): Promise<{ calls: CallView[]; followUps: FollowUpView[] }> {
    const as = readsAs(actor, person);
    return this.database.transaction(actor, async (tx) => {
      await this.audit.viewed(tx, actor, { about: person, noun: 'phone-call', why: 'to see calls and what is to be done' });
      return {
        calls: await tx.rows<CallView>(
          `select c.id, c.on_day as "onDay", b.shown_name as "brokerName", c.with_whom as "withWhom", c.agreed from phone_call c join broker b on b.person_id = c.broker_id
           where c.person_id = $1 and ($2 = 'person' or c.broker_id::text = $3) order by c.on_day desc, c.id desc limit ${MOST}`,
          [person, as, actor.id],
        ),
        followUps: await tx.rows<FollowUpView>(
          `select ${FOLLOW_UP}, f.broker_id::text = $3 as "isMine", f.state = 'open' and f.by_day < $4 as "isLate" from follow_up f join broker b on b.person_id = f.broker_id
           where f.person_id = $1 and ($2 = 'person' or f.broker_id::text = $3) order by (f.state = 'open') desc, f.by_day, f.id limit ${MOST}`,
          [person, as, actor.id, dayOf(tx.now)],
        ),
      };
    });
  }

  /** Packs the actor made for a person, newest first. */
  async packsOf(actor: Actor, person: PersonId): Promise<PackView[]> {
    requireAccess(actor, 'case:keep', { person });
    return this.database.read(actor, (tx) =>
      tx.rows<PackView>(`select ${PACK} from paper_pack where person_id = $1 and broker_id::text = $2 order by id desc limit ${MOST}`, [person, actor.id]),
    );
  }

  async pack(actor: Actor, person: PersonId, id: PaperPackId): Promise<PackView> {
    const found = (await this.packsOf(actor, person)).find((each) => each.id === id);
    if (!found) throw notFound('The pack');
    return found;
  }

  private facts(tx: Tx, actor: Actor, people: readonly PersonId[]): Promise<(CaseFacts & { personId: PersonId })[]> {
    const day = (moment: string): string => `(${moment} at time zone 'Europe/London')::date`;
    const mine = (table: string): string => `from ${table} x where x.person_id = a.person_id and x.broker_id = a.broker_id`;
    return tx.rows(
      `select a.person_id as "personId", a.signed_on as "signedOn", a.until_day as "untilDay", s.last as "lastAnswer", s.settle as "toSettle",
         case when o.n > 0 then jsonb_build_object('count', o.n, 'since', o.since, 'byDay', o.by_day) end as "onBroker",
         case when w.n > 0 then jsonb_build_object('count', w.n, 'since', w.since) end as "onOthers"
       from appointment a
       cross join lateral (select greatest((select max(on_day) ${mine('phone_call')}), (select max(on_day) ${mine('visit_note')}),
           (select max(${day('recorded_at')}) ${mine('advice')})) as last, (select count(*)::int ${mine('visit_note')} and x.state = 'to-settle') as settle) s
       cross join lateral (select count(*)::int as n, min(${day('made_at')}) as since, min(by_day) as by_day ${mine('follow_up')} and x.state = 'open' and x.waits_on = 'broker') o
       cross join lateral (select count(*)::int as n, min(since) as since from (
           select ${day('made_at')} as since ${mine('follow_up')} and x.state = 'open' and x.waits_on <> 'broker'
           union all select made_on ${mine('paper_pack')} and x.state = 'out'
           union all select ${day('recorded_at')} ${mine('advice')} and x.state = 'open') y) w
       where a.broker_id = $1 and a.state = 'in-force' and (a.until_day is null or a.until_day >= $2) and a.person_id = any($3)`,
      [actor.id, dayOf(tx.now), people],
    );
  }
}
