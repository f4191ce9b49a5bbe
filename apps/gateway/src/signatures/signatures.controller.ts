import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { SignRequest, type SigningView } from '@mach/contracts';
import { BodyLimit } from '../edge/body-limit.decorator';
import { FindRollup, type RollupAddress } from '../rollups/find-rollup';
import type { Account } from '../session/account';
import { CurrentAccount } from '../session/current-account.decorator';
import { AnyAccount, Roles } from '../session/roles.decorator';
import { ReadSigning } from './read-signing';
import { SignFigures } from './sign-figures';

/** A form of five hundred figures, each adjusted with a reason. */
const SIGN_BYTES = 256 * 1024;

/** Signing consolidated figures (ký số liệu tổng hợp), and what was signed. */
@Controller('rollups/:requirement/:period/:unit/signatures')
export class SignaturesController {
  constructor(
    private readonly finding: FindRollup,
    private readonly reading: ReadSigning,
    private readonly signing: SignFigures,
  ) {}

  @Get()
  @AnyAccount()
  async read(@CurrentAccount() account: Account, @Param() address: RollupAddress): Promise<SigningView> {
    return this.reading.read(account, await this.finding.find(account, address));
  }

  /** Answers what stands after it; the version just signed comes first. */
  @Post()
  @HttpCode(201)
  @Roles('city_office', 'committee')
  @BodyLimit(SIGN_BYTES)
  async sign(
    @CurrentAccount() account: Account,
    @Param() address: RollupAddress,
    @Body() body: SignRequest,
  ): Promise<SigningView> {
    const node = await this.finding.find(account, address);
    await this.signing.sign(account, node, body);
    return this.reading.read(account, node);
  }
}
