import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { People, requireAccess } from '../identity/index.js';
import type { Actor, BookId, EntryId, Id, LocalDate, Pence, PersonId } from '../kernel/index.js';
import { newId, notFound, penceAsNumber, spokenReference, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { Database, once } from '../platform/index.js';
import { checkSample, SHOWN_HOURS } from './auditor.rules.js';
import type { DrawSample } from './auditors.dto.js';

export type SampleId = Id<'audit-sample'>;

export interface SampleItem {
  readonly n: number;
  readonly transferId: string;
  readonly entryId: EntryId;
  readonly reference: string;
  readonly kind: string;
  readonly effectiveOn: LocalDate;
  readonly amount: Pence;
  /** Whose money, by an opaque reference; null for money nobody owned. */
  readonly owner: string | null;
  readonly openedAt: Date | null;
}

export interface SampleSummary {
  readonly id: SampleId;
  readonly book: BookId;
  readonly seed: string;
  readonly kind: string | null;
  readonly fromDay: LocalDate;
  readonly untilDay: LocalDate;
  readonly size: number;
  /** How many transfers it was drawn from. */
  readonly population: number;
  readonly drawnAt: Date;
}

/** Whose money a sampled transfer is: the one place where an auditor reads names. */
export interface OpenedItem extends SampleItem {
  readonly book: BookId;
  readonly why: string;
  readonly shownUntil: Date;
  readonly personName: string | null;
  readonly payeeName: string | null;
}

const COLUMNS = `id, book_id as book, seed, kind, from_day as "fromDay", until_day as "untilDay", size, population, drawn_at as "drawnAt"`;
/** Drawing looks at every transfer of the days once. */
const DRAWING_TAKES = '60s';

/** Random samples of a book for its auditor. They and what was opened of them are the only rows an auditor makes. */
@Injectable()
export class AuditSamples {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly audit: Audit,
  ) {}

  /** Draws transfers booked in the days: the order is a hash of the seed and the transfer's id, so whoever has the seed draws the same again. */
  async draw(actor: Actor, book: BookId, command: DrawSample, key?: string): Promise<{ sampleId: SampleId; seed: string; size: number; population: number }> {
    requireAccess(actor, 'audit:read', { book });
    checkSample(command);
    const { fromDay, untilDay, kind } = command;
    return this.database.transaction(systemActor('audit-sample', { books: [book], people: [actor.id as PersonId] }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'samples.draw', input: { book, ...command } }, async () => {
        await tx.row(`select set_config('statement_timeout', '${DRAWING_TAKES}', true)`);
        const seed = command.seed ?? randomBytes(6).toString('hex');
        const drawn = await tx.rows<{ id: string; population: number }>(
          `select id, (count(*) over ())::int as population from transfer where book_id = $1 and booked_on >= $2 and booked_on < $3 and ($4::text is null or kind = $4)
           order by sha256(convert_to($5 || ':' || id, 'UTF8')), id limit $6`,
          [book, fromDay, untilDay, kind ?? null, seed, command.size],
        );
        const sample = { id: newId<'audit-sample'>(), population: drawn[0]?.population ?? 0 };
        tx.write(
          'insert into audit_sample (id, book_id, auditor_id, seed, kind, from_day, until_day, size, population, drawn_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
          [sample.id, book, actor.id, seed, kind ?? null, fromDay, untilDay, command.size, sample.population, tx.now],
        );
        tx.write(
          `insert into audit_sample_item (sample_id, n, book_id, transfer_id) select $1, d.n, $2, d.id from unnest($3::uuid[]) with ordinality as d(id, n)`,
          [sample.id, book, drawn.map((row) => row.id)],
        );
        await this.audit.record(tx, actor, {
          action: 'sample:draw',
          noun: 'audit-sample',
          nounId: sample.id,
          book,
          facts: { seed, size: drawn.length, population: sample.population },
        });
        return { sampleId: sample.id, seed, size: drawn.length, population: sample.population };
      }),
    );
  }

  /** The samples of a book, the newest first. */
  async ofBook(actor: Actor, book: BookId): Promise<SampleSummary[]> {
    requireAccess(actor, 'audit:read', { book });
    return this.database.read(actor, (tx) =>
      tx.rows<SampleSummary>(`select ${COLUMNS} from audit_sample where book_id = $1 order by id desc limit 50`, [book]),
    );
  }

  /** A sample with its items in the order drawn; nobody's name is in it. */
  async sample(actor: Actor, id: SampleId): Promise<{ sample: SampleSummary; items: SampleItem[] }> {
    return this.database.read(actor, async (tx) => {
      const sample = await this.find(tx, actor, id);
      return { sample, items: await this.itemsOf(tx, id) };
    });
  }

  /** Opens one item: from now, for some hours, its page says whose money it is. Written down with the reason, and the person sees it. */
  async open(actor: Actor, id: SampleId, n: number, why: string): Promise<{ sampleId: SampleId; n: number }> {
    await this.database.transaction(actor, async (tx) => {
      const sample = await this.find(tx, actor, id);
      const item = await this.itemOf(tx, id, n);
      tx.write(
        `insert into audit_opening (id, sample_id, n, book_id, auditor_id, why, opened_at, shown_until) values ($1, $2, $3, $4, $5, $6, $7, $7::timestamptz + make_interval(hours => ${SHOWN_HOURS}))`,
        [newId(), id, n, sample.book, actor.id, why, tx.now],
      );
      await this.audit.record(tx, actor, {
        action: 'sample:open',
        noun: 'audit-sample',
        nounId: id,
        book: sample.book,
        why,
        facts: { n, transfer: item.transferId },
      });
    });
    return { sampleId: id, n };
  }

  /** An item that this auditor has open now. Each look is written down under the reason given. Refuses what is not open (not-found). */
  async opened(actor: Actor, id: SampleId, n: number): Promise<OpenedItem> {
    const { sample, item, opening, subject, payment } = await this.database.read(actor, async (tx) => {
      const found = await this.find(tx, actor, id);
      const one = await this.itemOf(tx, id, n);
      const last = await tx.row<{ why: string; until: Date }>(
        'select why, shown_until as until from audit_opening where sample_id = $1 and n = $2 and auditor_id = $3 and shown_until > $4 order by id desc limit 1',
        [id, n, actor.id, tx.now],
      );
      if (!last) throw notFound('An opened item');
      const row = await tx.row<{ subject: PersonId | null }>('select subject_id as subject from transfer where id = $1', [one.transferId]);
      const [noun, about] = one.reference.split(':');
      return { sample: found, item: one, opening: last, subject: row?.subject ?? null, payment: noun === 'payment' ? about : undefined };
    });
    const system = systemActor('audit-sample', { books: [sample.book], people: subject ? [subject] : [] });
    return this.database.transaction(system, async (tx) => {
      const person = subject ? await this.people.find(tx, subject) : undefined;
      const payee = payment
        ? await tx.row<{ name: string }>('select y.name from payment p join payee y on y.id = p.payee_id where p.id = $1', [payment])
        : undefined;
      if (person) await this.audit.viewed(tx, actor, { about: person.id, noun: 'audit-sample', nounId: id, why: opening.why });
      return {
        ...item,
        book: sample.book,
        why: opening.why,
        shownUntil: opening.until,
        personName: person ? `${person.firstName} ${person.familyName}` : null,
        payeeName: payee?.name ?? null,
      };
    });
  }

  private async find(tx: Tx, actor: Actor, id: SampleId): Promise<SampleSummary> {
    const sample = await tx.row<SampleSummary>(`select ${COLUMNS} from audit_sample where id = $1`, [id]);
    if (!sample) throw notFound('This sample');
    requireAccess(actor, 'audit:read', { book: sample.book });
    return sample;
  }

  private async itemOf(tx: Tx, id: SampleId, n: number): Promise<SampleItem> {
    const [item] = await this.itemsOf(tx, id, n);
    if (!item) throw notFound('This item');
    return item;
  }

  private async itemsOf(tx: Tx, id: SampleId, n?: number): Promise<SampleItem[]> {
    const rows = await tx.rows<SampleItem & { line: string | null; lineReference: string | null; subject: string | null }>(
      `select i.n, i.transfer_id as "transferId", t.entry_id as "entryId", e.reference, t.kind, t.effective_on as "effectiveOn", t.amount_pence as amount, t.line_id as line,
         t.subject_id as subject, b.reference as "lineReference",
         (select max(o.opened_at) from audit_opening o where o.sample_id = i.sample_id and o.n = i.n) as "openedAt"
       from audit_sample_item i join transfer t on t.id = i.transfer_id and t.book_id = i.book_id
         join audit_sample s on s.id = i.sample_id and t.booked_on >= s.from_day and t.booked_on < s.until_day
         join entry e on e.id = t.entry_id left join (select id, reference from budget_line union all select id, reference from own_line) b on b.id = t.line_id where i.sample_id = $1 and ($2::int is null or i.n = $2) order by i.n`,
      [id, n ?? null],
    );
    return rows.map(({ line, subject, lineReference, ...item }) => ({
      ...item,
      owner: lineReference ?? (line ? spokenReference('LIN', line) : subject ? spokenReference('PER', subject) : null),
    }));
  }
}

/** As JSON: pence as a number, times as text. */
export const sampleItemJson = ({ amount, openedAt, ...item }: SampleItem): object => ({
  ...item,
  amountPence: penceAsNumber(amount),
  openedAt: openedAt?.toISOString() ?? null,
});
