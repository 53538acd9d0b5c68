import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/index.js';
import { requireAccess } from '../identity/index.js';
import type { Actor, LocalDate, Pence } from '../kernel/index.js';
import { newId, notFound, penceAsNumber, refused, systemActor } from '../kernel/index.js';
import type { Tx } from '../platform/index.js';
import { announce, Database, once, Uploads } from '../platform/index.js';
import type { BankAccountId } from './bank-accounts.service.js';
import { BankAccounts } from './bank-accounts.service.js';
import { readStatementFile } from './formats/read-statement-file.js';
import type { ReadStatement } from './formats/statement-file.js';
import type { SterlingLine, SterlingStatement } from './formats/sterling.js';
import { lineKeys, sterlingEntries } from './formats/sterling.js';
import type { AccountState, FileState } from './statement.rules.js';
import { checkAccount, daysOf, decideImport } from './statement.rules.js';
import type { StatementId } from './statement.store.js';
import { insertStatement, knownKeys, linesFrom } from './statement.store.js';

export interface ImportStatement {
  readonly accountId: BankAccountId;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** What an import did: plain JSON. */
export interface ImportAnswer {
  readonly uploadId: string;
  /** The file's bytes, in hexadecimal. */
  readonly sha256: string;
  /** True when every line was here already, and nothing was added. */
  readonly again: boolean;
  readonly statements: readonly {
    readonly id: StatementId;
    readonly number: number;
    readonly newLines: number;
    readonly knownLines: number;
    readonly openingPence: number;
    readonly closingPence: number;
    readonly until: LocalDate;
  }[];
  /** In a sentence for the person who sent it. */
  readonly words: string;
}

type LockedAccount = Awaited<ReturnType<BankAccounts['lock']>>;

interface FileFacts {
  readonly upload: string;
  readonly isSameFile: boolean;
  readonly format: string;
}

type Imported = ImportAnswer['statements'][number];

/** Taking bank statements in: whole or not at all, and never twice (truth 9, RULE 24). */
@Injectable()
export class StatementImports {
  constructor(
    private readonly database: Database,
    private readonly accounts: BankAccounts,
    private readonly uploads: Uploads,
    private readonly audit: Audit,
  ) {}

  /** Imports every statement of a file into an account, in one transaction, and keeps the file as it came. The same lines again change nothing.
   *  Refuses what the readers refuse, another account's statement, other currencies, statements that do not add up or do not follow the last
   *  one; then nothing is kept. */
  async import(actor: Actor, command: ImportStatement, key?: string): Promise<ImportAnswer> {
    const seen = await this.database.read(actor, (tx) => this.accounts.find(tx, command.accountId));
    if (!seen) throw notFound('The bank account');
    requireAccess(actor, 'statement:import', { book: seen.bookId });
    const file = readStatementFile(command.bytes);
    return this.database.transaction(systemActor('reconciliation', { books: [seen.bookId] }), async (tx) => {
      const account = await this.accounts.lock(tx, command.accountId);
      const kept = await this.uploads.keep(tx, actor, { bytes: command.bytes, name: command.fileName, book: account.bookId });
      return once(
        tx,
        actor,
        key === undefined ? undefined : { key, command: 'statements.import', input: { account: account.id, sha256: kept.sha256 } },
        async () => {
          const imported = await this.importAll(tx, actor, account, {
            upload: kept.id,
            isSameFile: kept.known,
            format: file.format,
            statements: inOrder(file.statements),
          });
          if (imported.length > 0) {
            await announce(tx, {
              name: 'statementImported',
              about: { books: [account.bookId] },
              payload: { bankAccountId: account.id, bookId: account.bookId, lines: imported.reduce((sum, each) => sum + each.newLines, 0) },
            });
            await this.audit.record(tx, actor, {
              action: 'statement:import',
              noun: 'bank-account',
              nounId: account.id,
              book: account.bookId,
              facts: { uploadId: kept.id, statements: imported.length },
            });
          }
          return { uploadId: kept.id, sha256: kept.sha256, again: imported.length === 0, statements: imported, words: wordsOf(imported) };
        },
      );
    });
  }

  private async importAll(tx: Tx, actor: Actor, account: LockedAccount, file: FileFacts & { statements: readonly ReadStatement[] }): Promise<Imported[]> {
    const mine = file.statements.filter((statement) => isFor(statement, account, file.statements.length));
    if (mine.length === 0) throw refused('statement-of-another-account', 'No statement in this file belongs to the account. Choose the account it is for.');
    let state: AccountState = { closing: account.closing, closingOn: account.closingOn, statements: account.statements };
    const imported: Imported[] = [];
    for (const read of mine) {
      const done = await this.importOne(tx, actor, account, state, file, read);
      if (!done) continue;
      imported.push(done);
      state = { closing: BigInt(done.closingPence) as Pence, closingOn: done.until > state.closingOn ? done.until : state.closingOn, statements: done.number };
    }
    if (imported.length > 0)
      tx.write('update bank_account set closing_pence = $2, closing_on = $3, statement_count = $4 where id = $1', [
        account.id,
        state.closing,
        state.closingOn,
        state.statements,
      ]);
    return imported;
  }

  /** One statement of the file; undefined when all of it is here already. */
  private async importOne(
    tx: Tx,
    actor: Actor,
    account: LockedAccount,
    state: AccountState,
    file: FileFacts,
    read: ReadStatement,
  ): Promise<Imported | undefined> {
    const sterling = sterlingEntries(read);
    let keys = lineKeys(account.key, sterling.lines);
    const known = await knownKeys(tx, account.id, keys);
    const facts = {
      ...fileState(
        read,
        sterling,
        keys.map((key) => known.has(key)),
      ),
      isSameFile: file.isSameFile,
    };
    const decision = decideImport(state, facts);
    if (decision.is === 'again') return undefined;
    const days = daysOf(facts);
    if (decision.is === 'continues') keys = await this.keysAfter(tx, account, days.from, sterling.lines);
    const places = decision.is === 'fresh' ? decision.places : sterling.lines.map((_, place) => place);
    const id = newId<'statement'>();
    const number = state.statements + 1;
    await insertStatement(
      tx,
      {
        id,
        book: account.bookId,
        account: account.id,
        upload: file.upload,
        number,
        format: file.format,
        bankNumber: read.id,
        ...days,
        opening: state.closing,
        closing: sterling.closingPence,
        knownCount: sterling.lines.length - places.length,
        importedBy: actor.id,
      },
      places.map((place) => ({ key: keys[place]!, line: sterling.lines[place]! })),
    );
    return {
      id,
      number,
      newLines: places.length,
      knownLines: sterling.lines.length - places.length,
      openingPence: penceAsNumber(state.closing),
      closingPence: penceAsNumber(sterling.closingPence),
      until: days.until,
    };
  }

  /** Keys that count on from the lines of the same days, so that a genuine twin in a later file is a line of its own. */
  private async keysAfter(tx: Tx, account: LockedAccount, from: LocalDate, lines: readonly SterlingLine[]): Promise<string[]> {
    const before = await linesFrom(tx, account.id, from);
    return lineKeys(account.key, [...before, ...lines]).slice(before.length);
  }
}

/** A file may hold statements of several accounts: those of others are left out, unless it holds no other; then it is refused. */
function isFor(statement: ReadStatement, account: LockedAccount, count: number): boolean {
  try {
    checkAccount(statement.account, account);
    return true;
  } catch (error) {
    if (count === 1) throw error;
    return false;
  }
}

/** Banks put statements in any order: the oldest first. */
const inOrder = (statements: readonly ReadStatement[]): ReadStatement[] => [...statements].sort((a, b) => dayOfStatement(a).localeCompare(dayOfStatement(b)));

const dayOfStatement = (statement: ReadStatement): string => statement.openedOn ?? statement.entries.map((entry) => entry.bookedOn ?? '').sort()[0] ?? '';

const fileState = (read: ReadStatement, sterling: SterlingStatement, known: readonly boolean[]): Omit<FileState, 'isSameFile'> => ({
  opening: sterling.openingPence,
  closing: sterling.closingPence,
  fromDay: read.openedOn,
  untilDay: read.closedOn,
  lines: sterling.lines.map((line, place) => ({ direction: line.direction, amountPence: line.amountPence, bookedOn: line.bookedOn, isKnown: known[place]! })),
});

function wordsOf(imported: readonly Imported[]): string {
  if (imported.length === 0) return 'Every line of this statement was here already. Nothing was added.';
  const lines = imported.reduce((sum, each) => sum + each.newLines, 0);
  const known = imported.reduce((sum, each) => sum + each.knownLines, 0);
  return `${lines} ${lines === 1 ? 'line was' : 'lines were'} added.${known > 0 ? ` ${known} ${known === 1 ? 'was' : 'were'} here already.` : ''}`;
}
