/** Bare Fastify as a process of its own: constant JSON, and one SELECT by key as the app's role. `node bare-fastify.mjs url port` */
import Fastify from 'fastify';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.argv[2], max: 20 });
const app = Fastify();
app.get('/constant', () => Promise.resolve({ status: 'live' }));
app.get('/thing/:id', async ({ params }) => {
  const { rows } = await pool.query({ name: 'thing', text: 'select id, name, pence, day from bench.thing where id = $1', values: [params.id] });
  return rows[0];
});
await app.listen({ port: Number(process.argv[3]), host: '127.0.0.1' });
