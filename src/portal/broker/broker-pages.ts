import { AdvicePage } from '../advice/advice.page.js';
import { CallsPage } from '../cases/calls.page.js';
import { ChasingPage } from '../cases/chasing.page.js';
import { HandOverPage } from '../cases/hand-over.page.js';
import { PacksPage } from '../cases/packs.page.js';
import { MyBrokersPage } from '../my-brokers/my-brokers.page.js';
import { VisitsPage } from '../visits/visits.page.js';
import { BrokerHome } from './broker-home.js';
import { CaseloadPage } from './caseload.page.js';
import { InterestsPage } from './interests.page.js';
import { WorkbenchPage } from './workbench.page.js';

/** The pages of brokers, and of what they write down about people, who read it there too. */
export const brokerPages = [CaseloadPage, WorkbenchPage, ChasingPage, InterestsPage, VisitsPage, AdvicePage, CallsPage, PacksPage, HandOverPage, MyBrokersPage];
export const brokerParts = [BrokerHome];
