/** Exit and final statements as papers: kept word for word with their hash, signed by the broker or for the money-holder, read by whose they are. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Grants } from '../../src/identity/index.js';
import { systemActor } from '../../src/kernel/index.js';
import { poolJson, READ_FOR_THEM, StatementPaperQueries, StatementPapers, WindingUp } from '../../src/pools/index.js';
import type { PoolingHouse } from '../support/pooling-house.js';
import { poolingHouse } from '../support/pooling-house.js';

let house: PoolingHouse;
beforeAll(async () => {
  house = await poolingHouse();
}, 90_000);
afterAll(() => house?.close());

const papersOf = async (who: Parameters<PoolingHouse['as']>[0]) => house.app.get(StatementPaperQueries).mine(await house.as(who));

describe('statements as papers', () => {
  it('a pool that is wound up leaves each member a paper that is signed, and read without anybody waiting for it', async () => {
    const pool = await house.fundedPool(20);
    const femi = await house.as(house.femi);
    for (const who of house.members) await house.app.get(WindingUp).agree(await house.as(who), pool, {});
    const going = await house.database.read(house.everything(pool), (tx) =>
      tx.rows<{ id: string }>(`select id from remittance where pool_id = $1 and state = 'on-the-way'`, [pool]),
    );
    for (const { id } of going) await house.arriveByBank(id);
    await house.deliver();
    expect((await house.poolQueries.pool(femi, pool)).state).toBe('closed');
    const mine = (await papersOf(house.bola)).filter((paper) => paper.poolId === pool);
    expect(mine.map((paper) => [paper.kind, paper.of.name, paper.isSigned, paper.mayMark])).toEqual([
      ['final', 'Bola', false, ['reader']],
      ['exit', 'Bola', false, ['reader']],
    ]);
    const [final] = mine;
    const bola = await house.as(house.bola);
    const papers = house.app.get(StatementPapers);
    const queries = house.app.get(StatementPaperQueries);
    const view = await queries.one(bola, final!.id);
    expect([view.isWhole, view.content.statement.putInPence, view.content.statement.returnedBeforePence]).toEqual([true, 2_000, 2_000]);
    await expect(papers.mark(bola, final!.id, { side: 'broker', contentHash: view.contentHash })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(papers.mark(femi, final!.id, { side: 'broker', contentHash: 'f'.repeat(64) })).rejects.toMatchObject({ code: 'statement-changed' });
    await expect(queries.one(await house.as(house.asha), final!.id)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(papers.mark(await house.as(house.pat), final!.id, { side: 'reader', contentHash: view.contentHash })).rejects.toMatchObject({
      kind: 'not-found',
    });
    const twice = await Promise.allSettled([1, 2].map(() => papers.mark(femi, final!.id, { side: 'broker', contentHash: view.contentHash })));
    expect(twice.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    await papers.mark(await house.as(house.tess), final!.id, { side: 'money-holder', contentHash: view.contentHash });
    await papers.mark(bola, final!.id, { side: 'reader', contentHash: view.contentHash });
    const signed = await queries.one(bola, final!.id);
    expect([signed.isSigned, signed.isRead, signed.marks.map((mark) => mark.role)]).toEqual([
      true,
      true,
      expect.arrayContaining(['as the broker', 'for the money-holder', 'as its reader']),
    ]);
    expect(JSON.stringify(poolJson(await house.poolQueries.pool(femi, pool)))).toContain('A statement was signed.');
    expect(await house.faults()).toEqual([]);
  });

  it('who leaves has a paper of that day, which later days do not change', async () => {
    const pool = await house.fundedPool(30);
    await house.leaving.leave(await house.as(house.asha), pool, {});
    const [paper] = (await papersOf(house.asha)).filter((each) => each.poolId === pool);
    expect([paper!.kind, (await papersOf(house.bola)).some((each) => each.id === paper!.id)]).toEqual(['exit', false]);
    const changed = house.database.transaction(house.everything(pool), (tx) => tx.run(`update statement_paper set content = '{}' where id = $1`, [paper!.id]));
    await expect(changed).rejects.toThrow();
    expect(await house.faults()).toEqual([]);
  });

  it('says who read it: the member, or somebody who acts for them', async () => {
    const pool = await house.fundedPool(30);
    await house.leaving.leave(await house.as(house.carys), pool, {});
    await house.database.transaction(systemActor('test', { people: [house.carys.id, house.olu] }), (tx) =>
      house.app
        .get(Grants, { strict: false })
        .give(tx, systemActor('test', {}), { person: house.olu, role: 'representative', on: 'person', id: house.carys.id, reason: 'a test of who reads' }),
    );
    const olu = await house.as(house.olu);
    const [paper] = (await papersOf(house.olu)).filter((each) => each.poolId === pool);
    const { contentHash } = await house.app.get(StatementPaperQueries).one(olu, paper!.id);
    await house.app.get(StatementPapers).mark(olu, paper!.id, { side: 'reader', contentHash });
    const { marks } = await house.app.get(StatementPaperQueries).one(await house.as(house.carys), paper!.id);
    expect(marks.map((mark) => mark.role)).toEqual([READ_FOR_THEM]);
  });

  it('that were changed are found', async () => {
    const name = 'statements-are-as-they-were-signed';
    expect(await house.faultsAfter(`update statement_paper set content = replace(content, '2000', '2001')`)).toContain(name);
    expect(await house.faultsAfter(`update statement_mark set content_hash = sha256('x')`)).toContain(name);
    expect(await house.faultsAfter(`delete from statement_paper where kind = 'final'`)).toContain(name);
  });
});
