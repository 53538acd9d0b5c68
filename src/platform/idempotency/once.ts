import { createHash } from 'node:crypto';
import type { Actor } from '../../kernel/index.js';
import { conflict } from '../../kernel/index.js';
import type { Column, Tx } from '../database/index.js';
import { bytesOf, jsons, texts } from '../database/index.js';

export interface Intent {
  /** The `Idempotency-Key` header, or the hidden token of a form: one per intent, chosen by the caller. */
  readonly key: string;
  /** The command's name; the same key may serve one command only. */
  readonly command: string;
  /** All that the command was asked; compared by hash with the first time. */
  readonly input: unknown;
}

/** What came of one of several commands: its answer, or the refusal to throw instead. */
export type Outcome<Answer> = { readonly answer: Answer } | { readonly refusal: unknown };

/** Gives a repeat the first answer and does nothing. Same key with other input is refused (`idempotency-key-reused`).
 *  Two at once: the second waits for the first's commit, on the row's unique key. Answers are stored as JSON.
 *  Without a key (`undefined`) the command simply runs. */
export async function once<Answer>(tx: Tx, actor: Actor, intent: Intent | undefined, work: () => Promise<Answer>): Promise<Answer> {
  const [outcome] = await onceEach(tx, [{ actor, intent }], async () => [{ answer: await work() }]);
  if ('refusal' in outcome!) throw outcome.refusal;
  return outcome!.answer;
}

/** The same for several commands in one transaction, no two with the same key of the same actor. `work` is given the places of those that
 *  are new and answers an outcome for each. A refused one leaves no key behind, so that it can be tried again. */
export async function onceEach<Answer>(
  tx: Tx,
  asked: readonly {
    readonly actor: Actor;
    readonly intent: Intent | undefined;
  }[],
  work: (fresh: readonly number[]) => Promise<readonly Outcome<Answer>[]>,
): Promise<Outcome<Answer>[]> {
  const keyed = asked.flatMap(({ actor, intent }, place) =>
    intent
      ? [
          {
            place,
            actor: actor.id,
            key: intent.key,
            command: intent.command,
            hash: hashOf(intent),
          },
        ]
      : [],
  );
  const claimed = keyed.length === 0 ? new Set<string>() : await claim(tx, keyed);
  const repeats = keyed.filter((each) => !claimed.has(nameOf(each)));
  const outcomes = new Map<number, Outcome<Answer>>(repeats.length === 0 ? [] : await firstAnswers<Answer>(tx, repeats));
  const fresh = asked.map((_, place) => place).filter((place) => !outcomes.has(place));
  const made = fresh.length === 0 ? [] : await work(fresh);
  fresh.forEach((place, n) => outcomes.set(place, made[n]!));
  await keep(
    tx,
    keyed.filter((each) => claimed.has(nameOf(each))).map((each) => ({ ...each, outcome: outcomes.get(each.place)! })),
  );
  return asked.map((_, place) => outcomes.get(place)!);
}

interface Keyed {
  readonly place: number;
  readonly actor: string;
  readonly key: string;
  readonly command: string;
  readonly hash: Buffer;
}

const nameOf = ({ actor, key }: Pick<Keyed, 'actor' | 'key'>): string => `${actor} ${key}`;
const actorsOf = (keyed: readonly Keyed[]): Column => texts(keyed.map(({ actor }) => actor));
const keysOf = (keyed: readonly Keyed[]): Column => texts(keyed.map(({ key }) => key));

async function claim(tx: Tx, keyed: readonly Keyed[]): Promise<Set<string>> {
  const mine = await tx.rows<{ actor: string; key: string }>(
    `insert into idempotency_key (actor, key, command, input_hash, created_at)
     select actor, key, command, hash, $5::timestamptz from unnest($1::text[], $2::text[], $3::text[], $4::bytea[]) as k(actor, key, command, hash) order by actor, key
     on conflict (actor, key) do nothing returning actor, key`,
    [actorsOf(keyed), keysOf(keyed), texts(keyed.map(({ command }) => command)), bytesOf(keyed.map(({ hash }) => hash)), tx.now],
  );
  return new Set(mine.map(nameOf));
}

async function firstAnswers<Answer>(tx: Tx, repeats: readonly Keyed[]): Promise<[number, Outcome<Answer>][]> {
  const rows = await tx.rows<{
    actor: string;
    key: string;
    hash: Buffer;
    answer: Answer;
  }>(`select actor, key, input_hash as hash, answer from idempotency_key join unnest($1::text[], $2::text[]) as k(actor, key) using (actor, key)`, [
    actorsOf(repeats),
    keysOf(repeats),
  ]);
  const first = new Map(rows.map((row) => [nameOf(row), row]));
  return repeats.map((each) => {
    const found = first.get(nameOf(each));
    if (found && each.hash.equals(found.hash)) return [each.place, { answer: found.answer }];
    return [
      each.place,
      {
        refusal: conflict('idempotency-key-reused', 'This key was already used for something else. Use a new key for a new request.'),
      },
    ];
  });
}

async function keep(tx: Tx, claimed: readonly (Keyed & { outcome: Outcome<unknown> })[]): Promise<void> {
  const answered = claimed.filter(({ outcome }) => 'answer' in outcome);
  const refused = claimed.filter(({ outcome }) => 'refusal' in outcome);
  await Promise.all([
    answered.length > 0 &&
      tx.run(
        `update idempotency_key i set answer = k.answer from unnest($1::text[], $2::text[], $3::jsonb[]) as k(actor, key, answer) where i.actor = k.actor and i.key = k.key`,
        [actorsOf(answered), keysOf(answered), jsons(answered.map(({ outcome }) => ('answer' in outcome ? outcome.answer : null)))],
      ),
    refused.length > 0 &&
      tx.run(`delete from idempotency_key i using unnest($1::text[], $2::text[]) as k(actor, key) where i.actor = k.actor and i.key = k.key`, [
        actorsOf(refused),
        keysOf(refused),
      ]),
  ]);
}

const hashOf = ({ command, input }: Intent): Buffer => createHash('sha256').update(command).update('\0').update(canonical(input)).digest();

/** JSON with sorted keys and BigInt as text, so that equal inputs hash alike. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner === 'bigint') return `${inner}n`;
    if (inner && typeof inner === 'object' && !Array.isArray(inner)) return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
    return inner;
  });
}
