import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendOnly, inPeople, inPlaces, wall } from './policies.js';

/** The first goal terms: id, words, Care Act area. A copy of the list in src/introductions, since a migration never changes. */
const TERMS = `
speaking-up|speaking up for myself|a
looking-my-best|looking and feeling my best|a
my-culture|keeping up my culture|a
faith|faith and prayer|a
walking|walking|b
swimming|swimming|b
cycling|cycling|b
dancing|dancing|b
yoga|yoga and stretching|b
gym|going to the gym|b
football|football|b
bowls|bowls|b
seated-sport|seated sport|b
sleeping-better|sleeping better|b
calm|feeling calmer|b
eating-well|eating well|b
being-outdoors|being outdoors|b
safe-online|being safe online|c
travel-safely|travelling safely|c
self-defence|feeling strong and safe|c
using-the-bus|using the bus|d
planning-my-week|planning my week|d
phones-and-computers|phones and computers|d
cooking|cooking|d
shopping|shopping|d
choosing-my-support|choosing my own support|d
gardening|gardening|e
art|painting and drawing|e
pottery|pottery|e
singing|singing|e
playing-music|playing music|e
going-to-gigs|going to gigs|e
films|films|e
theatre|theatre|e
reading|reading and books|e
writing|writing|e
history|local history|e
photography|photography|e
knitting|knitting and sewing|e
woodwork|woodwork and mending|e
board-games|board games|e
video-games|video games|e
learning-english|learning English|e
sign-language|sign language|e
a-course|taking a course|e
finding-work|finding work|e
looking-after-money|looking after money|f
coffee-and-a-chat|coffee and a chat|f
lunch-together|lunch together|f
making-friends|making friends|g
dating|meeting somebody special|g
being-a-parent|being a parent|g
family-time|time with family|g
sharing-breaks|sharing a break or holiday|g
a-home-of-my-own|a home of my own|h
sharing-a-home|sharing a home|h
making-home-nice|making my home nice|h
animals|animals|i
volunteering|volunteering|i
helping-neighbours|helping neighbours|i
campaigning|changing things for people like me|i
looking-after-nature|looking after nature|i
`;

/** Cards, suggestions, answers and introductions. Persons' actors have no places in their scope: only the system's matching and
 *  pairing see by place, so nobody can look at another's card, answer or block (truth 11, RULE 19). */
export class Introductions1700000000013 implements MigrationInterface {
  name = 'Introductions1700000000013';

  async up(q: QueryRunner): Promise<void> {
    const theirs = inPeople('person_id');
    const byPlace = (column: string): string => `${column} in (select c.id from card c where c.state = 'open' and ${inPlaces('c.place')})`;
    const ofBoth = `(${inPeople('person_a')} or ${inPeople('person_b')})`;
    await q.query(`
      create table place (
        district text primary key check (district ~ '^[A-Z]{1,2}[0-9][A-Z0-9]?$'),
        name text not null check (length(name) between 1 and 80),
        lat double precision not null check (lat between 49 and 61),
        lon double precision not null check (lon between -9 and 2)
      );
      comment on table place is 'Postcode districts with their middle: as near as anybody is ever placed.';

      create function miles_between(lat_a double precision, lon_a double precision, lat_b double precision, lon_b double precision) returns int language sql immutable parallel safe
        return round(2 * 3958.7613 * asin(least(1, sqrt(sin(radians(lat_b - lat_a) / 2) ^ 2 + cos(radians(lat_a)) * cos(radians(lat_b)) * sin(radians(lon_b - lon_a) / 2) ^ 2))))::int;
      comment on function miles_between is 'Whole miles as the crow flies, between two middles of districts.';

      create table goal_term (
        id text primary key check (id ~ '^[a-z0-9-]{2,40}$'),
        words text not null check (length(words) between 1 and 80),
        area text not null check (area ~ '^[a-i]$'),
        weight int not null default 50 check (weight between 1 and 100)
      );
      comment on column goal_term.weight is 'Points for having it in common: rare goals count more. Worked out anew each night.';

      create table card (
        id uuid primary key,
        person_id uuid not null unique references person,
        state text not null check (state in ('draft', 'open', 'taken-down')),
        goals text[] not null check (cardinality(goals) between 1 and 8),
        words text not null default '' check (length(words) <= 600),
        place text not null references place,
        days text[] not null check (cardinality(days) between 1 and 7 and days <@ array['1','2','3','4','5','6','7']),
        pace text not null check (pace in ('gentle', 'steady', 'lively', 'any')),
        group_size text not null check (group_size in ('one', 'few', 'many', 'any')),
        distance_miles int not null check (distance_miles between 1 and 30),
        needs text[] not null default '{}',
        offers text[] not null default '{}',
        seeks text[] not null default '{}',
        offer_words text not null default '' check (length(offer_words) <= 300),
        adult_from date not null,
        made_at timestamptz not null,
        changed_at timestamptz not null
      );
      create index card_open_by_place on card (place) where state = 'open';
      comment on table card is 'What a person is looking for. No name, no address and no diagnosis. Kept 2 years after it is taken down.';
      comment on column card.adult_from is 'The eighteenth birthday, so that adults and under-18s stay apart.';
      comment on column card.needs is 'Access needs, coded. Used to keep out what would clash; never shown to others.';
      ${wall('card', `(${theirs} or (state = 'open' and ${inPlaces('place')}))`, theirs)}

      create table card_change (
        id uuid primary key,
        card_id uuid not null references card,
        person_id uuid not null,
        from_state text not null,
        to_state text not null,
        changed_by text not null,
        changed_at timestamptz not null
      );
      ${wall('card_change', theirs)}
      ${appendOnly('card_change')}

      create table card_block (
        card_id uuid not null references card,
        other_card_id uuid not null references card check (other_card_id <> card_id),
        person_id uuid not null references person,
        made_at timestamptz not null,
        primary key (card_id, other_card_id)
      );
      comment on table card_block is 'Whoever is blocked sees what they would see had the card been taken down.';
      ${wall('card_block', `(${theirs} or ${byPlace('card_id')})`, theirs)}
      ${appendOnly('card_block')}

      create table suggestion (
        id uuid primary key,
        pair_id uuid not null,
        card_id uuid not null references card,
        other_card_id uuid not null references card check (other_card_id <> card_id),
        person_id uuid not null references person,
        other_place text not null references place,
        score int not null check (score > 0),
        reasons jsonb not null check (jsonb_typeof(reasons) = 'array' and jsonb_array_length(reasons) between 1 and 3),
        shown_from timestamptz not null,
        from_day date not null,
        expires_on date not null check (expires_on > from_day),
        unique (pair_id, card_id),
        constraint one_live_suggestion exclude using gist (card_id with =, other_card_id with =, daterange(from_day, expires_on) with &&)
      );
      create index suggestion_by_card on suggestion (card_id, expires_on);
      comment on table suggestion is 'Made without looking at answers, one row for each side. Ends on its own date whatever is answered.';
      ${wall('suggestion', `(${theirs} or ${byPlace('card_id')})`, byPlace('card_id'))}
      ${appendOnly('suggestion')}

      create table answer (
        id uuid primary key,
        suggestion_id uuid not null references suggestion,
        pair_id uuid not null,
        card_id uuid not null references card,
        other_card_id uuid not null references card,
        person_id uuid not null references person,
        choice text not null check (choice in ('yes', 'no', 'not-now')),
        answered_by uuid not null references person,
        answered_at timestamptz not null,
        foreign key (pair_id, card_id) references suggestion (pair_id, card_id)
      );
      create index answer_by_card on answer (card_id, other_card_id, id desc);
      create index answer_by_pair on answer (pair_id, card_id, id desc);
      comment on table answer is 'The newest of a side is the one in force. Seen by that side alone.';
      ${wall('answer', `(${theirs} or ${byPlace('card_id')})`, theirs)}
      ${appendOnly('answer')}

      create table introduction (
        id uuid primary key,
        pair_id uuid not null unique,
        person_a uuid not null references person,
        person_b uuid not null references person check (person_a < person_b),
        card_a uuid not null references card,
        card_b uuid not null references card,
        reasons jsonb not null,
        state text not null check (state in ('introduced', 'stepped-back', 'became-pool')),
        pool_id uuid check ((state = 'became-pool') = (pool_id is not null)),
        made_at timestamptz not null,
        unique (person_a, person_b),
        unique (id, person_a, person_b)
      );
      create index introduction_by_b on introduction (person_b);
      comment on table introduction is 'Two people who both said yes.';
      ${wall('introduction', ofBoth)}

      create table introduction_change (
        id uuid primary key,
        introduction_id uuid not null,
        person_a uuid not null,
        person_b uuid not null,
        from_state text not null,
        to_state text not null,
        changed_at timestamptz not null,
        foreign key (introduction_id, person_a, person_b) references introduction (id, person_a, person_b)
      );
      ${wall('introduction_change', ofBoth)}
      ${appendOnly('introduction_change')}

      create table introduction_step (
        introduction_id uuid not null,
        person_a uuid not null,
        person_b uuid not null,
        kind text not null check (kind in ('meet', 'trial', 'review')),
        on_day date not null,
        words text not null default '' check (length(words) <= 600),
        set_by uuid not null references person,
        set_at timestamptz not null,
        primary key (introduction_id, kind),
        foreign key (introduction_id, person_a, person_b) references introduction (id, person_a, person_b)
      );
      ${wall('introduction_step', ofBoth)}

      create table message (
        id uuid primary key,
        introduction_id uuid not null,
        person_a uuid not null,
        person_b uuid not null,
        from_person uuid not null check (from_person in (person_a, person_b)),
        words text not null check (length(words) between 1 and 2000),
        sent_at timestamptz not null,
        foreign key (introduction_id, person_a, person_b) references introduction (id, person_a, person_b)
      );
      create index message_by_introduction on message (introduction_id, id desc);
      comment on table message is 'Between two people who were introduced; kept, and read by both.';
      ${wall('message', ofBoth, `(${ofBoth} and ${inPeople('from_person')})`)}
      ${appendOnly('message')}

      grant select, insert on place, goal_term, card, card_change, card_block, suggestion, answer, introduction, introduction_change, introduction_step, message to commonpurse_app;
      grant update (name, lat, lon) on place to commonpurse_app;
      grant update (weight) on goal_term to commonpurse_app;
      grant update (state, goals, words, place, days, pace, group_size, distance_miles, needs, offers, seeks, offer_words, adult_from, changed_at) on card to commonpurse_app;
      grant update (state, pool_id) on introduction to commonpurse_app;
      grant update (on_day, words, set_by, set_at) on introduction_step to commonpurse_app;
    `);
    const terms = TERMS.trim()
      .split('\n')
      .map((line) => line.split('|'));
    await q.query(
      'insert into goal_term (id, words, area) select id, words, area from unnest($1::text[], $2::text[], $3::text[]) as t(id, words, area)',
      [0, 1, 2].map((at) => terms.map((parts) => parts[at])),
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(
      'drop table message, introduction_step, introduction_change, introduction, answer, suggestion, card_block, card_change, card, goal_term, place; drop function miles_between',
    );
  }
}
