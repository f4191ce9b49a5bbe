import { randomUUID } from 'node:crypto';
import type {
  ObligationDetailView,
  ObligationView,
  ProblemDetails,
  ReceiptView,
  ReportStatusView,
  RollupView,
  SignInResponse,
} from '@mach/contracts';
import type { RawFigure } from '@mach/domain';
import { eventually } from '../eventually';

export const PASSWORD = 'mach-demo-2026';
export const REQUIREMENT = '14-CTR-TU-THANG';
export const PERIOD = '2026-11';

export interface Answer<T> {
  readonly status: number;
  readonly contentType: string;
  readonly body: T;
}

/** Someone signed in, speaking to the public API as any program would. */
export class Person {
  private constructor(
    private readonly url: string,
    readonly token: string,
    readonly unit: string,
  ) {}

  static async signIn(url: string, username: string): Promise<Person> {
    const response = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password: PASSWORD }),
    });
    if (!response.ok)
      throw new Error(`${username} cannot sign in: ${String(response.status)} ${await response.text()}`);
    const session = (await response.json()) as SignInResponse;
    return new Person(url, session.token, session.unit.code);
  }

  /** Someone whose session is there already. */
  static withSession(url: string, token: string, unit: string): Person {
    return new Person(url, token, unit);
  }

  async get<T>(path: string): Promise<Answer<T>> {
    return answer<T>(await fetch(`${this.url}/api/v1${path}`, { headers: this.headers() }));
  }

  async put<T>(path: string, body: object): Promise<Answer<T>> {
    return answer<T>(
      await fetch(`${this.url}/api/v1${path}`, {
        method: 'PUT',
        headers: this.headers(),
        body: JSON.stringify(body),
      }),
    );
  }

  /** Sends a raw body, as a faulty program might; `headers` override the usual ones, null leaves one out. */
  async post<T = ProblemDetails>(
    path: string,
    body: string,
    headers: Readonly<Record<string, string | null>> = {},
  ): Promise<Answer<T>> {
    const all: Record<string, string | null> = {
      ...this.headers(),
      'idempotency-key': randomUUID(),
      ...headers,
    };
    const sent = Object.entries(all).filter((header): header is [string, string] => header[1] !== null);
    return answer<T>(await fetch(`${this.url}/api/v1${path}`, { method: 'POST', headers: sent, body }));
  }

  async submit(report: ReportInput, key: string = randomUUID()): Promise<Answer<ReceiptView>> {
    return this.post<ReceiptView>(
      '/reports',
      JSON.stringify({ requirement: REQUIREMENT, period: PERIOD, formVersion: 1, basedOn: null, ...report }),
      {
        'idempotency-key': key,
      },
    );
  }

  /** Submits and waits for the aggregator's decision. */
  async submitAndWait(report: ReportInput): Promise<ReportStatusView> {
    const receipt = await this.submit(report);
    if (receipt.status !== 202) throw new Error(`Not received: ${JSON.stringify(receipt.body)}`);
    return this.decided(receipt.body.receiptNumber);
  }

  async decided(receiptNumber: string): Promise<ReportStatusView> {
    return eventually(async () => {
      const { body } = await this.get<ReportStatusView>(`/reports/${receiptNumber}`);
      return body.state === 'received' ? false : body;
    });
  }

  async rollup(unit: string): Promise<RollupView> {
    return (await this.get<RollupView>(`/rollups/${REQUIREMENT}/${PERIOD}/${unit}`)).body;
  }

  /** The roll-up once everything accepted so far is in it, all the way up. */
  async exactRollup(unit: string, accepted: number): Promise<RollupView> {
    return eventually(async () => {
      const view = await this.rollup(unit);
      return view.node.exact && view.node.counts.accepted === accepted ? view : false;
    });
  }

  async obligation(unit: string): Promise<ObligationDetailView> {
    const list = await this.get<readonly ObligationView[]>(`/obligations?unit=${unit}&period=${PERIOD}`);
    const id = list.body.find((item) => item.unit.code === unit)?.id;
    if (id === undefined) throw new Error(`${unit} owes nothing`);
    return (await this.get<ObligationDetailView>(`/obligations/${id}`)).body;
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
  }
}

export interface ReportInput {
  readonly unit: string;
  readonly figures: Readonly<Record<string, RawFigure>>;
  readonly narratives: Readonly<Record<string, string>>;
  /** Receipt number of the report seen last; none when left out. */
  readonly basedOn?: string;
}

async function answer<T>(response: Response): Promise<Answer<T>> {
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: (await response.json()) as T,
  };
}
