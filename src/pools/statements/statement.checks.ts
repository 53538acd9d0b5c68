import type { Check } from '../../platform/index.js';
import { sqlCheck } from '../../platform/index.js';

/** What must always be true of signed statements (RULE 15; domain 2.3). */
export const statementChecks: readonly Check[] = [
  sqlCheck(
    'statements-are-as-they-were-signed',
    13,
    'Each paper has the hash that stands beside it, was signed by that hash, and says what was kept when the member left or the pool was closed.',
    `select 'paper ' || id || ' is not as it was made' as fault from statement_paper where sha256(convert_to(content, 'UTF8')) <> content_hash
     union all
     select 'paper ' || p.id || ' was marked as other content' from statement_paper p join statement_mark m on m.paper_id = p.id where m.content_hash <> p.content_hash
     union all
     select 'paper ' || p.id || ' says something else than the final statement of ' || f.subject_id from statement_paper p
     join final_statement f on f.pool_id = p.pool_id and f.subject_id = p.subject_id where p.kind = 'final' and (p.content::jsonb -> 'statement') <> f.statement
     union all
     select 'the final statement of ' || f.subject_id || ' in pool ' || f.pool_id || ' is on no paper' from final_statement f
     where not exists (select 1 from statement_paper p where p.pool_id = f.pool_id and p.subject_id = f.subject_id and p.kind = 'final')`,
  ),
];
