import type { Check } from '../platform/index.js';
import { sqlCheck } from '../platform/index.js';

export const brokerChecks: readonly Check[] = [
  sqlCheck(
    'ended-appointments-give-nothing',
    14,
    'No right rests on an appointment that has ended, and nobody is their own broker.',
    `select 'grant ' || g.id || ' still rests on appointment ' || a.id as fault from appointment a
     join access_grant g on g.reason = 'appointment ' || a.id and g.until_at > a.ended_at where a.state = 'ended'
     union all select 'appointment ' || id || ' was signed by the broker' from appointment where signed_by = broker_id`,
  ),
];
