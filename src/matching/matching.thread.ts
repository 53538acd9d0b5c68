/** What runs in the thread of matching: one desk, asked by messages. */
import { parentPort } from 'node:worker_threads';
import type { DeskQuestion } from './desk-thread.js';
import { answerAt } from './desk-thread.js';
import { MatchingDesk } from './matching-desk.js';

const desk = new MatchingDesk();
parentPort?.on('message', (question: DeskQuestion) => parentPort?.postMessage(answerAt(desk, question)));
