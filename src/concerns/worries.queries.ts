import { Injectable } from '@nestjs/common';
import { People } from '../identity/index.js';
import type { Actor, PersonId } from '../kernel/index.js';
import { newId, notFound } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, Secrets } from '../platform/index.js';
import { openCompartment, requireLead } from './compartment.js';
import { leadScope } from './worry-desk.service.js';
import type { WorryId } from './worry-desk.service.js';
import type { WorryOutcome, WorryStage } from './worry.lifecycle.js';

/** A worry in the list: where it stands and who has it, without a word of what it says. */
export interface WorryRow {
  readonly id: WorryId;
  readonly reference: string;
  readonly raisedAt: Date;
  readonly stage: WorryStage;
  readonly takenBy: string | null;
  readonly isMine: boolean;
  readonly outcome: WorryOutcome | null;
  /** Whoever takes it decides which ICB it is for. */
  readonly isForAnyIcb: boolean;
}

export interface WorryStep {
  readonly at: Date;
  readonly by: string;
  readonly what: 'taken' | 'noted' | 'closed' | 'opened-again';
  readonly words: string | null;
}

/** One worry, all of it. */
export interface WorryRecord extends WorryRow {
  readonly words: string;
  /** How to reach whoever raised it, as they wrote it. */
  readonly reach: string | null;
  /** The page on which it arose. */
  readonly from: string;
  /** Null: nobody was signed in, or they asked not to be named. */
  readonly raisedBy: string | null;
  readonly steps: readonly WorryStep[];
  /** The newest looks, this one not among them. */
  readonly looks: readonly { readonly at: Date; readonly by: string }[];
}

export interface WorryPage {
  readonly items: readonly WorryRow[];
  readonly next: string | null;
}

const PAGE = 30;
const LOOKS = 50;
const ROW = `d.worry_id as id, w.reference, d.raised_at as "raisedAt", d.stage, d.taken_by as "takenId", d.outcome, d.icb_id is null as "isForAnyIcb"`;
type Found = Omit<WorryRow, 'takenBy' | 'isMine'> & { readonly takenId: PersonId | null };

/** What leads read. Every look is written down in the compartment, in the transaction that reads: no record, no answer. */
@Injectable()
export class WorryQueries {
  constructor(
    private readonly database: Database,
    private readonly secrets: Secrets,
    private readonly people: People,
  ) {}

  /** Open worries: unanswered first, then newest. Or the closed ones, newest first. Thirty a page. */
  async list(actor: Actor, page: { which: 'open' | 'closed'; after?: string | undefined }): Promise<WorryPage> {
    return this.inside(actor, async (tx) => {
      const rows = await tx.rows<Found>(
        `select ${ROW} from worry_desk d join worry w on w.id = d.worry_id left join worry_desk a on a.worry_id = $2
         where (d.stage = 'closed') = $1 and ($2::uuid is null or (d.stage <> 'unanswered') > (a.stage <> 'unanswered')
           or ((d.stage <> 'unanswered') = (a.stage <> 'unanswered') and d.worry_id < a.worry_id))
         order by d.stage <> 'unanswered', d.worry_id desc limit ${PAGE + 1}`,
        [page.which === 'closed', page.after ?? null],
      );
      const shown = rows.slice(0, PAGE);
      const names = await this.namesOf(
        tx,
        shown.map((row) => row.takenId),
      );
      await look(tx, actor, null);
      return { items: shown.map((row) => rowOf(actor, row, names)), next: rows.length > PAGE ? shown.at(-1)!.id : null };
    });
  }

  /** One worry with its history. Refuses (not-found) those of other ICBs as if they were not there. */
  async one(actor: Actor, id: WorryId): Promise<WorryRecord> {
    return this.inside(actor, async (tx) => {
      const row = await tx.row<Found & { words: Buffer; reach: Buffer | null; from: string; raisedId: PersonId | null }>(
        `select ${ROW}, w.words, w.reach, w.from_path as "from", w.raised_by as "raisedId" from worry_desk d join worry w on w.id = d.worry_id where d.worry_id = $1`,
        [id],
      );
      if (!row) throw notFound('This worry');
      const steps = await tx.rows<Omit<WorryStep, 'by' | 'words'> & { id: string; by: PersonId; words: Buffer | null }>(
        'select id, at, by_person as by, what, words from worry_step where worry_id = $1 order by id limit 200',
        [id],
      );
      const looks = await tx.rows<{ at: Date; by: PersonId }>(
        `select at, by_person as by from worry_look where worry_id = $1 order by id desc limit ${LOOKS}`,
        [id],
      );
      const names = await this.namesOf(tx, [row.takenId, row.raisedId, ...steps.map((step) => step.by), ...looks.map((each) => each.by)]);
      await look(tx, actor, id);
      return {
        ...rowOf(actor, row, names),
        words: this.secrets.decrypt(row.words, `worry.words:${id}`),
        reach: row.reach && this.secrets.decrypt(row.reach, `worry.reach:${id}`),
        from: row.from,
        raisedBy: row.raisedId && nameIn(names, row.raisedId),
        steps: steps.map((step) => ({
          at: step.at,
          by: nameIn(names, step.by),
          what: step.what,
          words: step.words && this.secrets.decrypt(step.words, `worry_step.words:${step.id}`),
        })),
        looks: looks.map((each) => ({ at: each.at, by: nameIn(names, each.by) })),
      };
    });
  }

  private inside<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    requireLead(actor, 'worry:read');
    return this.database.transaction({ ...actor, scope: leadScope(actor) }, async (tx) => {
      await openCompartment(tx, actor);
      return work(tx);
    });
  }

  /** Names of leads and of whoever raised a worry. The general record of looks says nothing of it: it would tell that there is a worry. */
  private async namesOf(tx: Tx, ids: readonly (PersonId | null)[]): Promise<Map<PersonId, string>> {
    const people = [...new Set(ids.filter((id) => id !== null))];
    await tx.alsoSee({ people });
    return new Map((await this.people.named(tx, people)).map((person) => [person.id, `${person.firstName} ${person.familyName}`]));
  }
}

const nameIn = (names: ReadonlyMap<PersonId, string>, id: PersonId): string => names.get(id) ?? 'Somebody who is not here any more';

function rowOf(actor: Actor, { takenId, ...row }: Found, names: ReadonlyMap<PersonId, string>): WorryRow {
  const { id, reference, raisedAt, stage, outcome, isForAnyIcb } = row;
  return { id, reference, raisedAt, stage, outcome, isForAnyIcb, takenBy: takenId && nameIn(names, takenId), isMine: takenId === actor.id };
}

async function look(tx: Tx, actor: Actor, worry: WorryId | null): Promise<void> {
  tx.write('insert into worry_look (id, worry_id, at, by_person) values ($1, $2, $3, $4)', [newId(), worry, tx.now, actor.id]);
}
