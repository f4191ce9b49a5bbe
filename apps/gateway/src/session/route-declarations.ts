import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ANY_ACCOUNT, ANYONE, ROLES } from './roles.decorator';

type Handler = () => unknown;

/**
 * Lets the gateway start only when every route says who may call it: forgetting it must not mean everybody.
 */
@Injectable()
export class RouteDeclarations implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const undeclared = this.discovery.getControllers().flatMap(({ metatype }) => {
      const controller = metatype as Type;
      const methods = controller.prototype as Readonly<Record<string, Handler | undefined>>;
      return this.scanner.getAllMethodNames(methods).flatMap((name) => {
        const handler = methods[name];
        const isRoute = handler !== undefined && Reflect.hasMetadata(PATH_METADATA, handler);
        return isRoute && !this.isDeclared(handler, controller) ? [`${controller.name}.${name}`] : [];
      });
    });
    if (undeclared.length > 0)
      throw new Error(
        `no one is named who may call ${undeclared.join(', ')}: add @Roles, @AnyAccount or @Anyone`,
      );
  }

  private isDeclared(handler: Handler, controller: Type): boolean {
    return [ROLES, ANY_ACCOUNT, ANYONE].some(
      (declaration) =>
        this.reflector.getAllAndOverride<unknown>(declaration, [handler, controller]) !== undefined,
    );
  }
}
