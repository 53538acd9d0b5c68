import type { Check } from '../../platform/index.js';
import { sqlCheck } from '../../platform/index.js';

/** What must always be true of copies and closings (features.md, C16). */
export const holderPlanChecks: readonly Check[] = [
  sqlCheck(
    'copies-are-as-they-were-made',
    2,
    'Each weekly copy of a money-holder has the hash that stands beside it, and as many rows as it says.',
    `select 'copy ' || id || ' of pool ' || pool_id || ' is not as it was made' as fault from holder_copy
     where sha256(content) <> sha256 or (length(convert_from(content, 'UTF8')) - length(replace(convert_from(content, 'UTF8'), E'\\r\\n', ''))) / 2 - 1 <> rows`,
  ),
  sqlCheck(
    'nothing-new-with-who-closes',
    2,
    'No pool that runs is held by a body that closes, and nobody puts money in there.',
    `select 'pool ' || p.id || ' runs with money-holder ' || p.money_holder_book_id || ', which closes' as fault
     from pool p join holder_closing c on c.book_id = p.money_holder_book_id where p.state in ('active', 'frozen')
     union all
     select 'contribution ' || x.id || ' was made to money-holder ' || c.book_id || ' after it began to close'
     from contribution x join pool_share s on s.id = x.share_id join holder_closing c on c.book_id = s.book_id and s.line_book_id <> s.book_id
     join pool p on p.id = x.pool_id and p.money_holder_book_id is distinct from c.book_id where x.made_at > c.at`,
  ),
];
