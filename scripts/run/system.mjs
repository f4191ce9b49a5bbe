import { runCommand } from '../bootstrap/command.mjs';
import { step, warn } from '../bootstrap/say.mjs';
import { RunFile } from './run-file.mjs';
import { localSecrets } from './secrets.mjs';
import { startServers } from './servers.mjs';
import { describeServices } from './services.mjs';
import { Supervised } from './supervisor.mjs';

/** From the signal to the end, everything included, no more than 5 s. */
const SERVICES_GRACE_MS = 2_800;
const CATCHER_GRACE_MS = 500;
const SERVERS_GRACE_MS = 1_200;
const STARTING_GRACE_MS = 2_000;

/** Everything that one `npm start` runs, so that it can be stopped at any moment of its start. */
export class System {
  #runFile = new RunFile();
  #begun = false;
  #servers = [];
  #catcher = null;
  #services = [];
  #starting = Promise.resolve();
  #stopped = null;
  #abort = new AbortController();

  /** Starts all of it in order. @returns addresses and how long the services took (ms) */
  start() {
    this.#begun = true;
    const starting = this.#startAll();
    this.#starting = starting.catch(() => undefined);
    return starting;
  }

  async #startAll() {
    const secrets = localSecrets();
    const onPid = (name, pid) => this.#runFile.update({ pids: { [name]: pid } });
    this.#runFile.update({});
    const servers = await startServers({
      password: secrets.postgresPassword,
      onPid,
      onServer: (server) => {
        this.#servers.push(server);
        this.#abort.signal.throwIfAborted();
      },
    });
    const plan = await describeServices({
      ...servers,
      contactKey: process.env.MACH_CONTACT_KEY ?? secrets.contactKey,
    });
    this.#runFile.update({
      url: plan.url,
      catcherUrl: plan.catcherUrl,
      databaseUrl: servers.databaseUrl,
      redisUrl: servers.redisUrl,
      ports: { ...servers.ports, ...plan.ports },
    });
    await step('Preparing the database (an empty one gets the demonstration data)', (note) =>
      this.#prepareDatabase(plan, note),
    );
    const servicesMs = await step('Starting the services', (note) => this.#startServices(plan, onPid, note));
    this.#runFile.update({ ready: true });
    return { ...plan, servicesMs };
  }

  async #prepareDatabase({ setup, env }, note) {
    const { code, output } = await runCommand(process.execPath, [setup.script, ...setup.args], {
      env: { ...process.env, ...env },
      onLine: (line) => note(line.slice(0, 100)),
      signal: this.#abort.signal,
    });
    this.#abort.signal.throwIfAborted();
    if (code !== 0) throw new Error(`The database could not be prepared:\n${output.slice(-4_000)}`);
  }

  async #startServices(plan, onPid, note) {
    const startedAt = performance.now();
    if (plan.catcher) this.#catcher = new Supervised(plan.catcher, onPid);
    this.#services = plan.services.map((definition) => new Supervised(definition, onPid));
    const all = [...(this.#catcher ? [this.#catcher] : []), ...this.#services];
    for (const one of all) one.start();
    const waiting = new Set(all.map(({ name }) => name));
    await Promise.all(
      all.map(async (one) => {
        await one.ready(60_000);
        waiting.delete(one.name);
        note(`waiting for ${[...waiting].join(', ')}`);
      }),
    );
    return performance.now() - startedAt;
  }

  /**
   * Services first (they finish what they hold), then the catcher, then Redis and PostgreSQL. Safe to call
   * twice and during a start.
   */
  stop() {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll() {
    this.#abort.abort(new Error('stopped'));
    await Promise.all(this.#services.map((service) => service.stop(SERVICES_GRACE_MS)));
    await this.#catcher?.stop(CATCHER_GRACE_MS);
    // A server that is just starting has to be known before it can be stopped.
    await Promise.race([this.#starting, new Promise((resolve) => setTimeout(resolve, STARTING_GRACE_MS))]);
    await Promise.all(this.#servers.map((server) => server.stop(SERVERS_GRACE_MS))).catch((error) =>
      warn(String(error)),
    );
    // A start that was refused because another runs must leave that one's note alone.
    if (this.#begun) this.#runFile.remove();
  }
}
