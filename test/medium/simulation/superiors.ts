import type { Instant, RecordedAct } from '@mach/domain';
import { ActStore, FormStore, isHeldUp, Transactions, type Transaction } from '@mach/persistence';
import type { DataSource } from 'typeorm';
import { JudgeAct } from '../../../apps/gateway/src/reviews/judge-act';
import { DEADLINE, type PlantedTree } from '../aggregator/planted-tree';
import type { Chance } from './chance';

const DAY_MS = 86_400_000;

/**
 * Superiors who approve, give back and extend while reports come in, on what they find: a version that was replaced
 * meanwhile as well. Each act is judged and written as the gateway does it; what is refused changes nothing.
 */
export class Superiors {
  private readonly store = new ActStore();
  private readonly judge: JudgeAct;
  private readonly transactions: Transactions;

  constructor(
    private readonly chance: Chance,
    private readonly tree: PlantedTree,
    dataSource: DataSource,
  ) {
    this.judge = new JudgeAct(new FormStore(dataSource));
    this.transactions = new Transactions(dataSource);
  }

  /** One act on one obligation. @returns what was done; null when it was refused, or a stalled process held it. */
  async act(now: Instant): Promise<RecordedAct['kind'] | null> {
    const asked = this.tree.obligationIds.flatMap((id) => (id === null ? [] : [Number(id)]));
    const id = this.chance.pick(asked);
    try {
      return await this.transactions.run((tx) => this.actIn(tx, id, now), 'deciding');
    } catch (error) {
      if (isHeldUp(error)) return null;
      throw error;
    }
  }

  private async actIn(tx: Transaction, id: number, now: Instant): Promise<RecordedAct['kind'] | null> {
    const [report] = await this.store.lock(tx, [id]);
    if (report === undefined) throw new Error(`no obligation ${String(id)}`);
    const { life } = report;
    const version = Math.max(0, life.lastVersion - Number(this.chance.happens(0.2)));
    const correctBy = now + DAY_MS;
    const acts: readonly RecordedAct[] = [
      { kind: 'approve', version },
      { kind: 'return', version, reason: 'Xem lại', correctBy },
      { kind: 'return_figures', version, figures: { sessions: 'Nhầm' }, correctBy },
      life.askedUntil === null
        ? { kind: 'ask_extension', until: Math.max(now, DEADLINE) + DAY_MS, reason: 'Bận' }
        : { kind: 'grant_extension', until: life.askedUntil },
    ];
    const act = this.chance.pick(acts);
    const unitId = act.kind === 'ask_extension' ? report.unitId : (report.superiorUnitId ?? -1);
    const judged = await this.judge.judge(this.account(unitId), report, act, now);
    if (!judged.ok) return null;
    await this.store.record(tx, [judged.toRecord]);
    return act.kind;
  }

  private account(unitId: number): Parameters<JudgeAct['judge']>[0] {
    const unit = { id: unitId, code: String(unitId), name: 'Đơn vị thử', level: 'committee' as const };
    return { id: this.tree.accountId, username: 'sim', displayName: 'Người thử', role: 'committee', unit };
  }
}
