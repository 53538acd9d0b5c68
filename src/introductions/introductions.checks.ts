import type { Check } from '../platform/index.js';
import { sqlCheck } from '../platform/index.js';
import { groupChecks } from './groups/groups.checks.js';

/** Truth 11, as queries over all cards, suggestions, answers, introductions and groups in scope. */
export const introductionChecks: readonly Check[] = [
  ...groupChecks,
  sqlCheck(
    'introductions-rest-on-two-yeses',
    11,
    'Nobody is introduced without a yes from both sides, each the newest answer at that time.',
    `select 'introduction ' || i.id || ' lacks a yes from card ' || side.card as fault
     from introduction i cross join lateral (values (i.card_a), (i.card_b)) as side(card)
     left join lateral (select choice from answer a where a.pair_id = i.pair_id and a.card_id = side.card and a.answered_at <= i.made_at order by a.id desc limit 1) newest on true
     where i.invitation_id is null and newest.choice is distinct from 'yes'`,
  ),
  sqlCheck(
    'acquaintances-rest-on-an-invitation',
    11,
    'Who were introduced because they know each other have an invitation between them that was accepted, and no other does.',
    `select 'introduction ' || i.id || ' has no accepted invitation between its two' as fault from introduction i
     where i.invitation_id is not null and not exists (select 1 from invitation v where v.id = i.invitation_id and v.introduction_id = i.id and v.state = 'accepted'
       and least(v.from_person, v.to_person) = i.person_a and greatest(v.from_person, v.to_person) = i.person_b)
     union all select 'invitation ' || v.id || ' was accepted after a no' from invitation v join invitation_no n on n.invitation_id = v.id where v.state = 'accepted'
     union all select 'invitation ' || v.id || ' is ' || v.state || ' and its code still leads somewhere' from invitation v join invitation_key k on k.id = v.id where v.state <> 'waiting'`,
  ),
  sqlCheck(
    'blocked-pairs-are-left-alone',
    11,
    'After a block neither card is suggested to the other again.',
    `select 'suggestion ' || s.id || ' was made after a block between cards ' || s.card_id || ' and ' || s.other_card_id as fault
     from person_block b join card x on x.person_id = b.person_id join card y on y.person_id = b.other_person_id
     join suggestion s on (s.card_id, s.other_card_id) in ((x.id, y.id), (y.id, x.id)) where s.shown_from > b.made_at`,
  ),
  sqlCheck(
    'suggestions-are-for-both',
    11,
    'Both sides of a suggestion have the same score, reasons and dates, whatever was answered.',
    `select 'suggestion ' || s.id || ' has no equal for the other side' as fault from suggestion s
     where not exists (select 1 from suggestion o where o.pair_id = s.pair_id and o.card_id = s.other_card_id and o.other_card_id = s.card_id
       and (o.score, o.reasons, o.shown_from, o.from_day, o.expires_on) = (s.score, s.reasons, s.shown_from, s.from_day, s.expires_on))`,
  ),
  sqlCheck(
    'answers-are-of-their-own-side',
    11,
    'An answer is by the person whose card it is, to a suggestion of theirs.',
    `select 'answer ' || a.id || ' does not fit its suggestion' as fault from answer a join suggestion s on s.id = a.suggestion_id
     where (a.pair_id, a.card_id, a.other_card_id, a.person_id) is distinct from (s.pair_id, s.card_id, s.other_card_id, s.person_id)`,
  ),
  sqlCheck(
    'cards-stand-where-their-history-says',
    11,
    'A card’s state is the one its last change led to.',
    `select 'card ' || c.id || ' is ' || c.state || ' but its history says ' || coalesce(h.to_state, 'draft') as fault
     from card c left join lateral (select to_state from card_change h where h.card_id = c.id order by h.id desc limit 1) h on true where c.state <> coalesce(h.to_state, 'draft')`,
  ),
];
