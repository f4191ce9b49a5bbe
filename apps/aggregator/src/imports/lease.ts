const RENEW_MS = 2_500;

/** A claim on an import, kept for as long as the work takes. */
export class Lease {
  /** False when the claim is lost, or is not to be kept any more: then the work ends at its next step. */
  held = true;
  private readonly timer: NodeJS.Timeout;

  /** `renew` answers whether the claim is still ours. */
  constructor(
    readonly claim: string,
    renew: () => Promise<boolean>,
  ) {
    this.timer = setInterval(() => {
      // A renewal that fails is tried again; a claim lasts for several.
      renew().then(
        (held) => {
          this.held &&= held;
        },
        () => undefined,
      );
    }, RENEW_MS);
  }

  end(): void {
    clearInterval(this.timer);
    this.held = false;
  }
}
