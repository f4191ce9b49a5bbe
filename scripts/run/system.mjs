import { runCommand } from '../bootstrap/command.mjs';
import { ROOT } from '../bootstrap/paths.mjs';
import { step, warn } from '../bootstrap/say.mjs';
import { nodeProgram, PortTaken } from './node-program.mjs';
import { RunFile } from './run-file.mjs';
import { localSecrets } from './secrets.mjs';
import { startServers } from './servers.mjs';
import { describeServices, describeSetup } from './services.mjs';
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
  /** @type {Supervised[]} */
  #servers = [];
  /** @type {Supervised[]} */
  #catcher = [];
  /** @type {Supervised[]} */
  #services = [];
  /** @type {Promise<unknown>} */
  #starting = Promise.resolve();
  /** @type {Promise<void> | null} */
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
    this.#runFile.update({});
    const { ports, migrationDatabaseUrl, ...urls } = await startServers({
      password: secrets.postgresPassword,
      servicePassword: secrets.servicePassword,
      onPid: this.#onPid,
      onServer: (server) => {
        this.#servers.push(server);
        this.#abort.signal.throwIfAborted();
      },
    });
    this.#runFile.update({ ...urls, ports });
    const known = { ...urls, contactKey: process.env.MACH_CONTACT_KEY ?? secrets.contactKey };
    await step('Preparing the database (an empty one gets the demonstration data)', (note) =>
      this.#prepareDatabase(describeSetup(known, migrationDatabaseUrl), note),
    );
    const startedAt = performance.now();
    const plan = await step('Starting the services', (note) => this.#startServices(known, ports, note));
    this.#runFile.update({ ready: true });
    return { ...plan, servicesMs: performance.now() - startedAt };
  }

  #onPid = (/** @type {string} */ name, /** @type {number} */ pid) => this.#runFile.add(name, pid);

  /**
   * @param {ReturnType<typeof describeSetup>} setup
   * @param {(text: string) => void} note
   */
  async #prepareDatabase({ args, env }, note) {
    const { code, output } = await runCommand(process.execPath, args, {
      env,
      onLine: (line) => note(line.slice(0, 100)),
      signal: this.#abort.signal,
    });
    this.#abort.signal.throwIfAborted();
    if (code !== 0) throw new Error(`The database could not be prepared:\n${output.slice(-4_000)}`);
  }

  /**
   * Another program may take a port between our look at it and the binding: then all of them begin again, with
   * other ports, because each knows some of the others'.
   * @param {Parameters<typeof describeServices>[0]} known
   * @param {Record<string, number>} serverPorts
   * @param {(text: string) => void} note
   */
  async #startServices(known, serverPorts, note) {
    for (;;) {
      const plan = await describeServices(known);
      const { url, catcherUrl } = plan;
      this.#runFile.update({ url, catcherUrl, ports: { ...serverPorts, ...plan.ports } });
      this.#abort.signal.throwIfAborted();
      const supervise = (/** @type {import('./node-program.mjs').Program} */ program) =>
        new Supervised(nodeProgram(program, ROOT), this.#onPid);
      this.#catcher = plan.catcher.map(supervise);
      this.#services = plan.services.map(supervise);
      const all = [...this.#catcher, ...this.#services];
      const waiting = new Set(all.map(({ name }) => name));
      try {
        await Promise.all(
          all.map(async (one) => {
            await one.start();
            waiting.delete(one.name);
            note(`waiting for ${[...waiting].join(', ')}`);
          }),
        );
        return plan;
      } catch (error) {
        if (!(error instanceof PortTaken)) throw error;
        warn(`${error.message}; choosing another.`);
        await Promise.all(all.map((one) => one.stop(SERVICES_GRACE_MS)));
      }
    }
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
    await Promise.all(this.#catcher.map((catcher) => catcher.stop(CATCHER_GRACE_MS)));
    // A server that is just starting has to be known before it can be stopped.
    await Promise.race([this.#starting, new Promise((resolve) => setTimeout(resolve, STARTING_GRACE_MS))]);
    await Promise.all(this.#servers.map((server) => server.stop(SERVERS_GRACE_MS))).catch((error) =>
      warn(String(error)),
    );
    // A start that was refused because another runs must leave that one's note alone.
    if (this.#begun) this.#runFile.remove();
  }
}
