import { Injectable } from '@nestjs/common';
import { DUTIES, type Unit } from '@mach/domain';
import { ProblemException } from '../problems/problem.exception';
import type { Account } from '../session/account';
import { Directory } from './directory';

/**
 * How far an account reaches: the administrator and the city office (Văn phòng Thành ủy) see every unit,
 * everyone else the subtree of their own unit. Asked on the server for every read and write.
 */
@Injectable()
export class Reach {
  constructor(private readonly directory: Directory) {}

  seesAll(account: Account): boolean {
    return DUTIES[account.role].seesAll;
  }

  async sees(account: Account, unitId: number): Promise<boolean> {
    return this.seesAll(account) || (await this.directory.units()).isWithin(unitId, account.unit.id);
  }

  /** Whether each of many units is within reach, by its code; a unit that is no more is within that of all. */
  async amongMany(account: Account): Promise<(code: string) => boolean> {
    if (this.seesAll(account)) return () => true;
    const units = await this.directory.units();
    return (code) => {
      const unit = units.byCode(code);
      return unit !== undefined && units.isWithin(unit.id, account.unit.id);
    };
  }

  /** Whether the account hands in this unit's reports: the unit's own, or a committee's above it (nhập thay). */
  async reportsFor(account: Account, unitId: number): Promise<boolean> {
    return DUTIES[account.role].reports && (await this.directory.units()).isWithin(unitId, account.unit.id);
  }

  /** Throws `auth.forbidden` when the unit is out of reach. */
  async require(account: Account, unitId: number): Promise<void> {
    if (!(await this.sees(account, unitId))) throw new ProblemException('auth.forbidden');
  }

  /**
   * Throws `auth.forbidden` unless the account may see this report: within reach, or as the superior who answers for
   * it. That follows the tree of its period, so a unit that moved since is still reviewed where it reported.
   */
  async requireReport(
    account: Account,
    { unitId, superiorUnitId }: { readonly unitId: number; readonly superiorUnitId: number | null },
  ): Promise<void> {
    if (superiorUnitId !== account.unit.id) await this.require(account, unitId);
  }

  /** The unit with this code, within reach; throws `unit.unknown` or `auth.forbidden`. */
  async unit(account: Account, code: string): Promise<Unit> {
    const unit = await this.directory.unit(code);
    if (unit === null) throw new ProblemException('unit.unknown');
    await this.require(account, unit.id);
    return unit;
  }

  /** Ids of the units to show: the subtree of `root`, of the account's own unit, or null for every unit. */
  async unitIds(account: Account, root: Unit | null): Promise<readonly number[] | null> {
    if (root === null && this.seesAll(account)) return null;
    return (await this.directory.units()).subtree(root?.id ?? account.unit.id);
  }
}
