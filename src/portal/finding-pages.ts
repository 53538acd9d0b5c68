import { CardReader } from './card/card-reader.js';
import { OwnWordsPage } from './card/own-words.page.js';
import { FriendsPage } from './friends/friends.page.js';
import { GoalWordsPage } from './goal-words/goal-words.page.js';
import { GroupsPage } from './groups/groups.page.js';
import { MutesPage } from './suggestions/mutes.page.js';
import { KeptApartPage } from './kept-apart/kept-apart.page.js';
import { PicturesPage } from './pictures/pictures.page.js';
import { MeetingPage } from './introductions/meeting.page.js';

/** Pages of people finding each other that are not the card, the suggestions and the introductions themselves. */
export const findingPages = [OwnWordsPage, FriendsPage, MeetingPage, GoalWordsPage, PicturesPage, MutesPage, GroupsPage, KeptApartPage];
export const findingParts = [CardReader];
