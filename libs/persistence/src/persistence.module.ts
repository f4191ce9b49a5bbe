import {
  type DynamicModule,
  Global,
  Injectable,
  Logger,
  Module,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ClientBase } from 'pg';
import { guardConnection } from './guarded-connection';
import { CONTACT_KEY } from './organisation/contact-cipher';
import { CONTACT_STORES, ROWS, STORES } from './stores';
import { CONNECT_MS, sessionSettings, silenceMs, TIME_LIMITS, type WorkKind } from './time-limits';

export interface PersistenceOptions {
  /** `postgres://…` */
  readonly url: string;
  /** Most connections of this process. */
  readonly poolSize: number;
  /**
   * 32 bytes: key of AES-256-GCM for contacts' e-mail addresses and phone numbers. Without it there are no
   * stores that read them.
   */
  readonly contactKey?: Buffer;
  /** Shown by `pg_stat_activity`. */
  readonly applicationName: string;
  /** What its connections are for, hence how long they wait (`TIME_LIMITS`); `everyday` when nothing is said. */
  readonly work?: WorkKind;
}

const logger = new Logger('PostgreSQL');

/** Closes the pool last, after consumers and the HTTP server have let go of it. */
@Injectable()
class ConnectionEnd implements OnApplicationShutdown {
  constructor(private readonly dataSource: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

/** The database connection and every store, for the whole process. */
@Global()
@Module({})
export class PersistenceModule {
  static forRoot(options: PersistenceOptions): DynamicModule {
    const connection = { provide: DataSource, useFactory: () => connectService(options) };
    const contactKey = { provide: CONTACT_KEY, useValue: options.contactKey };
    const stores = options.contactKey === undefined ? STORES : [contactKey, ...CONTACT_STORES, ...STORES];
    return {
      module: PersistenceModule,
      providers: [connection, ConnectionEnd, ...stores],
      exports: [DataSource, ...stores],
    };
  }
}

/** The services' own connection; says once when it could do more than they need. */
async function connectService(options: PersistenceOptions): Promise<DataSource> {
  const dataSource = await connect(options);
  if (await isSuperuser(dataSource))
    logger.error('this database user is a superuser; give the services a plain one (docs/operations.md)');
  return dataSource;
}

/** A flaw in one statement would reach the whole server and its files. */
async function isSuperuser(dataSource: DataSource): Promise<boolean> {
  const rows = await dataSource.query<{ super: boolean }[]>(
    'select rolsuper as super from pg_roles where rolname = current_user',
  );
  return rows[0]?.super === true;
}

/**
 * An open connection pool with every row class known. Also the way in for programs without Nest (seed,
 * tests).
 */
export async function connect(options: Omit<PersistenceOptions, 'contactKey'>): Promise<DataSource> {
  const limits = TIME_LIMITS[options.work ?? 'everyday'];
  return new DataSource({
    type: 'postgres',
    url: options.url,
    poolSize: options.poolSize,
    applicationName: options.applicationName,
    connectTimeoutMS: CONNECT_MS,
    entities: [...ROWS],
    synchronize: false,
    logging: false,
    poolErrorHandler: (error: unknown) => {
      logger.warn(`an idle connection ended: ${error instanceof Error ? error.message : String(error)}`);
    },
    extra: {
      ...sessionSettings(limits),
      onConnect: (client: ClientBase) => {
        guardConnection(client, silenceMs(limits));
      },
    },
  }).initialize();
}
