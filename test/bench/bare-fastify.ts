import Fastify from 'fastify';

/**
 * The limit of the HTTP side: parses the same body, does nothing, answers 202. Runs as its own process,
 * prints its port.
 */
async function main(): Promise<void> {
  const app = Fastify({ bodyLimit: 256 * 1024 });
  app.post('/api/v1/reports', async (request, reply) => {
    const body = request.body as { readonly unit: string };
    await reply.code(202).send({ receiptNumber: 'PTN-0000-0000-0000', unit: body.unit });
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  process.stdout.write(`${address}\n`);
  process.once('SIGTERM', () => void app.close());
}

void main();
