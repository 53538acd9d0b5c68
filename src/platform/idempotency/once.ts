import type { Actor } from '../../kernel/index.js';
import { canonicalJson, conflict } from '../../kernel/index.js';
import { sha256 } from '../crypto/index.js';
import type { Column, Tx } from '../database/index.js';
import { bytesOf, texts, writtenJsons } from '../database/index.js';

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

/** Sets our advisory locks on intents apart from others. */
const LOCKS = 8;

/** Gives a repeat the first answer and does nothing. Same key with other input is refused (`idempotency-key-reused`).
 *  Two at once: the second waits for the first's end, on a lock of that name. Answers are stored as JSON.
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
  const outcomes = keyed.length === 0 ? new Map<number, Outcome<Answer>>() : await firstAnswers<Answer>(tx, keyed);
  const fresh = asked.map((_, place) => place).filter((place) => !outcomes.has(place));
  const made = fresh.length === 0 ? [] : await work(fresh);
  const news = new Map(fresh.map((place, n) => [place, made[n]!]));
  const answered = keyed.flatMap((each) => {
    const outcome = news.get(each.place);
    return outcome && 'answer' in outcome ? [{ ...each, answer: outcome.answer }] : [];
  });
  if (answered.length > 0) tx.withCommit(keep(tx, answered));
  for (const [place, outcome] of news) outcomes.set(place, outcome);
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

/** Waits for whoever works on the same intents, in one order for all, and finds those that were answered before. */
async function firstAnswers<Answer>(tx: Tx, keyed: readonly Keyed[]): Promise<Map<number, Outcome<Answer>>> {
  const [, rows] = await Promise.all([
    tx.rows(
      `select pg_advisory_xact_lock(name) from (select distinct hashtextextended(actor || ' ' || key, ${LOCKS}) as name from unnest($1::text[], $2::text[]) as k(actor, key) order by 1) names`,
      [actorsOf(keyed), keysOf(keyed)],
    ),
    tx.rows<{
      actor: string;
      key: string;
      hash: Buffer;
      answer: Answer;
    }>(
      // Looked for one by one on purpose: as a plain join, PostgreSQL reads the whole table when it was planned while that was small.
      `select found.* from unnest($1::text[], $2::text[]) as k(actor, key),
         lateral (select i.actor, i.key, i.input_hash as hash, i.answer from idempotency_key i where i.actor = k.actor and i.key = k.key offset 0) found`,
      [actorsOf(keyed), keysOf(keyed)],
    ),
  ]);
  const first = new Map(rows.map((row) => [nameOf(row), row]));
  return new Map(
    keyed.flatMap((each): [number, Outcome<Answer>][] => {
      const found = first.get(nameOf(each));
      if (!found) return [];
      if (each.hash.equals(found.hash)) return [[each.place, { answer: found.answer }]];
      return [
        [
          each.place,
          {
            refusal: conflict('idempotency-key-reused', 'This key was already used for something else. Use a new key for a new request.'),
          },
        ],
      ];
    }),
  );
}

/** Writes down what was answered; what was refused may be tried again. */
async function keep(tx: Tx, answered: readonly (Keyed & { answer: unknown })[]): Promise<void> {
  tx.write(
    `insert into idempotency_key (actor, key, command, input_hash, answer, created_at)
     select actor, key, command, hash, answer, $6::timestamptz from unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::json[]) as k(actor, key, command, hash, answer)`,
    [
      actorsOf(answered),
      keysOf(answered),
      texts(answered.map(({ command }) => command)),
      bytesOf(answered.map(({ hash }) => hash)),
      writtenJsons(answered.map(({ answer }) => answer ?? null)),
      tx.now,
    ],
  );
}

const hashOf = ({ command, input }: Intent): Buffer => sha256(`${command}\0${canonicalJson(input)}`);
