const { TestEnvironment } = require('jest-environment-node');

/**
 * Fails a test file during which Node warned of a deprecated use: a query sent on a connection that is busy
 * with another, above all. Node says such a thing on the process itself, which tests see only a copy of.
 */
class StrictEnvironment extends TestEnvironment {
  deprecated = [];

  note = (warning) => {
    if (warning.name === 'DeprecationWarning') this.deprecated.push(warning.stack);
  };

  async setup() {
    await super.setup();
    // With it the warning bears the place it comes from.
    process.traceDeprecation = true;
    process.on('warning', this.note);
  }

  async teardown() {
    process.off('warning', this.note);
    await super.teardown();
    if (this.deprecated.length > 0) throw new Error(this.deprecated.join('\n'));
  }
}

module.exports = StrictEnvironment;
