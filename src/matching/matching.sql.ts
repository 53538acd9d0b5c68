import { BEST, CLASHES, POINTS } from './matching.rules.js';

/** Text of our own constants alone; nothing from outside is put into a statement. */
const clashRows = CLASHES.flatMap(([x, y]) => [`('${x}', '${y}')`, `('${y}', '${x}')`]).join(', ');

/** Codes as the bits of one number: comparing numbers is many times as fast as comparing lists. */
const mask = (column: string, at: string): string => `(select coalesce(bit_or(1 << (${at})), 0) from unnest(c.${column}) as codes(code))`;
const HELP_AT = `array_position(array['lift', 'skill', 'space', 'time'], code) - 1`;

/** The pairs that are among the best of each card of some places, or of one card alone, in one statement. It says what
 *  matching.rules.ts says, and a test holds the two together on random cards.
 *  $1 districts whose cards are served (text[]), $2 today, $3 one card's id or null for all cards of those districts.
 *  Only open cards of places in the transaction's scope are seen. */
export const PAIRS_SQL = `
with near as materialized (
  select here.district as here, there.district as there, miles_between(here.lat, here.lon, there.lat, there.lon) as miles
  from place here join place there on there.lat between here.lat - 0.5 and here.lat + 0.5
  where here.district = any($1::text[]) and miles_between(here.lat, here.lon, there.lat, there.lon) <= 30
), coded as materialized (
  select c.id, c.place, c.goals, c.distance_miles, c.pace, c.group_size, c.needs, c.days, c.offers, c.seeks, c.adult_from <= $2::date as is_adult,
    ${mask('days', "strpos('1234567', code) - 1")} as day_bits, ${mask('offers', HELP_AT)} as offer_bits, ${mask('seeks', HELP_AT)} as seek_bits,
    array(select y from (values ${clashRows}) as clash(x, y) where x = any(c.needs)) as avoids
  from card c where c.state = 'open' and c.place in (select there from near)
), held as materialized (
  select c.*, t.id as goal, t.weight from coded c cross join lateral unnest(c.goals) g join goal_term t on t.id = g
), shared as (
  select a.id as mine, b.id as other, sum(a.weight)::int as weight
  from held a join held b on b.goal = a.goal and b.id <> a.id join near n on n.here = a.place and n.there = b.place
  where a.place = any($1::text[]) and ($3::uuid is null or a.id = $3)
    and n.miles <= least(a.distance_miles, b.distance_miles) and a.day_bits & b.day_bits <> 0 and a.is_adult = b.is_adult and not a.avoids && b.needs
    and not exists (select 1 from card_block k where k.card_id = a.id and k.other_card_id = b.id)
    and not exists (select 1 from card_block k where k.card_id = b.id and k.other_card_id = a.id)
  group by a.id, b.id
), scored as (
  select s.mine, s.other, n.miles, s.weight
      + ${POINTS.day} * least(bit_count((a.day_bits & b.day_bits)::bit(8)), ${POINTS.mostDays})::int
      + ${POINTS.help} * (bit_count((a.offer_bits & b.seek_bits)::bit(8)) + bit_count((b.offer_bits & a.seek_bits)::bit(8)))::int
      + case when a.pace = b.pace then ${POINTS.samePace} when 'any' in (a.pace, b.pace) then ${POINTS.anyPace} else 0 end
      + case when a.group_size = b.group_size or 'any' in (a.group_size, b.group_size) then ${POINTS.sameSize} else 0 end
      + greatest(0, ${POINTS.nearest} - n.miles) as score
  from shared s join coded a on a.id = s.mine join coded b on b.id = s.other join near n on n.here = a.place and n.there = b.place
), ranked as (
  select *, row_number() over (partition by mine order by score desc, other) as rank from scored
), best as (
  select distinct on (1, 2) least(mine, other) as a, greatest(mine, other) as b, score, miles from ranked where rank <= ${BEST} order by 1, 2
)
select best.a, best.b, best.score, (array(select 'goal:' || t.id from goal_term t where t.id = any(a.goals) and t.id = any(b.goals) order by t.weight desc, t.id collate "C" limit 2)
    || array(select 'help:' || h from (values ('lift'), ('skill'), ('space'), ('time')) as helps(h)
             where (h = any(a.offers) and h = any(b.seeks)) or (h = any(b.offers) and h = any(a.seeks)) order by h limit 1)
    || array(select 'day:' || d from unnest(a.days) d where d = any(b.days) order by d limit 1) || array['miles:' || best.miles])[1:3] as reasons
from best join coded a on a.id = best.a join coded b on b.id = best.b order by best.a, best.b`;

/** How many open cards there are in scope, and how many hold each goal. */
export const GOAL_COUNTS_SQL = `
select t.id, coalesce(c.cards, 0)::int as "withGoal", (select count(*) from card where state = 'open')::int as "openCards"
from goal_term t left join (select goal, count(*) as cards from card, unnest(goals) goal where state = 'open' group by goal) c on c.goal = t.id`;
