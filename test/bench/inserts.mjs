/** One insert a commit through node, where there is no pgbench: `node inserts.mjs url clients seconds` prints inserts per second. */
import pg from 'pg';

const [url, clients, seconds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const connected = await Promise.all(
  Array.from({ length: clients }, async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client;
  }),
);
const until = performance.now() + seconds * 1000;
let done = 0;
await Promise.all(
  connected.map(async (client) => {
    for (; performance.now() < until; done++) await client.query({ name: 'insert', text: 'insert into bench.onecommit (v) values ($1)', values: [1] });
    await client.end();
  }),
);
process.stdout.write(String(done / seconds));
