import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/index.js';
import { can } from '../../identity/index.js';
import type { Actor, BookId, Id, OrganisationId, PersonId, PoolId } from '../../kernel/index.js';
import { canonicalJson, newId, notFound, systemActor } from '../../kernel/index.js';
import type { Tx } from '../../platform/index.js';
import { announce, Database, once } from '../../platform/index.js';
import { funderShareRows } from '../funder-share.rows.js';
import type { ExitJson } from '../pool-exit.views.js';
import { findMember, findPool, lockPool, shareRows, writeHistory } from '../pool.rows.js';
import type { Side, StatementContent } from './statement.rules.js';
import { hashOfText } from './statement.hash.js';
import { checkMark, STATEMENT_FORMAT } from './statement.rules.js';

export type PaperId = Id<'statement-paper'>;

export interface PaperRow {
  readonly id: PaperId;
  readonly poolId: PoolId;
  readonly subjectId: string;
  readonly subjectKind: 'member' | 'funder';
  readonly kind: 'exit' | 'final';
  readonly books: readonly BookId[];
  readonly content: string;
  readonly contentHash: string;
  readonly madeAt: Date;
}

export const PAPER = `id, pool_id as "poolId", subject_id as "subjectId", subject_kind as "subjectKind", kind, books, content, encode(content_hash, 'hex') as "contentHash", made_at as "madeAt"`;

/** The role of a mark of who read a paper for whose it is. */
export const READ_FOR_THEM = 'for its reader';

export interface Marked {
  readonly paperId: PaperId;
  readonly side: Side;
}

/** The sides from which somebody may mark a paper; none: it does not exist for them. */
export function sidesOf(actor: Actor, paper: Pick<PaperRow, 'poolId' | 'subjectId' | 'subjectKind' | 'books'>): Side[] {
  const isReader =
    paper.subjectKind === 'member'
      ? paper.subjectId === actor.id || can(actor, 'pool:leave', { person: paper.subjectId })
      : can(actor, 'funder-share:read', { icb: paper.subjectId });
  return [
    ...(paper.books.some((book) => can(actor, 'payment:prepare', { book })) ? (['money-holder'] as const) : []),
    ...(can(actor, 'pool:set-up', { pool: paper.poolId }) ? (['broker'] as const) : []),
    ...(isReader ? (['reader'] as const) : []),
  ];
}

/** Statements as papers (RULE 15, domain 2.3): kept word for word with their hash when somebody leaves and when a pool is closed, then signed. */
@Injectable()
export class StatementPapers {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** Keeps one, in the transaction that leaves or closes. The transaction sees the pool and the subject. A final one is kept once. */
  async keep(
    tx: Tx,
    poolId: PoolId,
    subject: PersonId | OrganisationId,
    as: { kind: 'exit' | 'final'; of: 'member' | 'funder' },
    statement: ExitJson,
  ): Promise<void> {
    const content = await this.contentOf(tx, poolId, subject, as, statement);
    const text = canonicalJson(content);
    tx.write(
      `insert into statement_paper (id, pool_id, subject_id, subject_kind, kind, books, content, content_hash, made_at)
       values ($1, $2, $3, $4, $5, $6::uuid[], $7, decode($8, 'hex'), $9) on conflict (pool_id, subject_id) where kind = 'final' do nothing`,
      [newId(), poolId, subject, as.of, as.kind, [...new Set(content.shares.map((share) => share.book))], text, hashOfText(text), tx.now],
    );
  }

  /** Signs a paper for the money-holder or as the broker, or says as its reader that one has read it; `hash` is of what was read.
   *  Refuses: see checkMark. */
  async mark(actor: Actor, id: PaperId, command: { side: Side; contentHash: string }, key?: string): Promise<Marked> {
    const paper = await this.database.read(actor, (tx) => tx.row<PaperRow>(`select ${PAPER} from statement_paper where id = $1`, [id]));
    const mayBe = paper ? sidesOf(actor, paper) : [];
    if (!paper || mayBe.length === 0) throw notFound('The statement');
    const people = paper.subjectKind === 'member' ? [paper.subjectId as PersonId] : [];
    return this.database.transaction(systemActor('pools', { pools: [paper.poolId], people }), (tx) =>
      once(tx, actor, key === undefined ? undefined : { key, command: 'statements.mark', input: { id, ...command } }, async () => {
        await lockPool(tx, paper.poolId);
        const marks = await tx.rows<{ side: Side }>('select side from statement_mark where paper_id = $1', [id]);
        checkMark({ contentHash: paper.contentHash, mayBe, marked: marks.map((mark) => mark.side) }, command.side, command.contentHash);
        tx.write(
          `insert into statement_mark (paper_id, side, pool_id, subject_id, books, content_hash, by, role, at) values ($1, $2, $3, $4, $5::uuid[], decode($6, 'hex'), $7, $8, $9)`,
          [id, command.side, paper.poolId, paper.subjectId, paper.books, paper.contentHash, actor.id, roleOf(actor, paper, command.side), tx.now],
        );
        const action = command.side === 'reader' ? 'read' : 'sign';
        await writeHistory(tx, actor, [{ poolId: paper.poolId, noun: 'statement', nounId: id, personId: people[0] ?? null, action, to: action }]);
        if (action === 'sign' && people.length > 0)
          await announce(tx, {
            name: 'statementSigned',
            about: { pools: [paper.poolId], people },
            payload: { poolId: paper.poolId, personId: people[0]!, paperId: id },
          });
        await this.audit.record(tx, actor, {
          action: `statement:${action}`,
          noun: 'statement-paper',
          nounId: id,
          pool: paper.poolId,
          ...(people[0] ? { about: people[0] } : {}),
          facts: { side: command.side },
        });
        return { paperId: id, side: command.side };
      }),
    );
  }

  private async contentOf(
    tx: Tx,
    poolId: PoolId,
    subject: string,
    as: { kind: 'exit' | 'final'; of: 'member' | 'funder' },
    statement: ExitJson,
  ): Promise<StatementContent> {
    const { name } = await findPool(tx, poolId);
    const head = { format: STATEMENT_FORMAT, kind: as.kind, pool: { id: poolId, name }, statement } as const;
    if (as.of === 'member') {
      const shares = await shareRows(tx, poolId, subject as PersonId);
      const who = await findMember(tx, poolId, subject as PersonId);
      return {
        ...head,
        of: { kind: 'member', id: subject, name: who?.firstName ?? '' },
        shares: await held(
          tx,
          shares.map((share) => ({ book: share.bookId, line: share.lineId, service: share.planLineId })),
        ),
      };
    }
    const shares = (await funderShareRows(tx, poolId)).filter((share) => share.funderId === subject);
    return {
      ...head,
      of: { kind: 'funder', id: subject, name: shares[0]?.funderName ?? '' },
      shares: await held(
        tx,
        shares.map((share) => ({ book: share.bookId, line: null, service: null })),
      ),
    };
  }
}

const ROLE_WORDS: Readonly<Record<Side, string>> = { 'money-holder': 'for the money-holder', broker: 'as the broker', reader: 'as its reader' };

/** As what somebody marks a paper; who acts for a member has read it for them, and not as the member. */
const roleOf = (actor: Actor, paper: PaperRow, side: Side): string =>
  side === 'reader' && paper.subjectKind === 'member' && paper.subjectId !== actor.id ? READ_FOR_THEM : ROLE_WORDS[side];

/** The names of books that are people's own accounts are not told: they are seen by themselves alone. */
async function held(tx: Tx, shares: readonly { book: BookId; line: string | null; service: string | null }[]): Promise<StatementContent['shares']> {
  const names = new Map(
    (
      await tx.rows<{ id: BookId; name: string }>('select id, name from book where organisation_id is not null and id = any($1)', [
        shares.map((share) => share.book),
      ])
    ).map(({ id, name }) => [id, name] as const),
  );
  return shares.map((share) => ({ book: share.book, holder: names.get(share.book) ?? 'Their own account', line: share.line, service: share.service }));
}
