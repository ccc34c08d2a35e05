package dev.lambdaconfig.controller;

import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.plan.Decider;
import dev.lambdaconfig.plan.Decision;
import dev.lambdaconfig.plan.Situation;
import dev.lambdaconfig.settings.Answer;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/** Reads, decides, and sends at most one guarded update: what every pass does. */
final class Attempts {

  /** A pass reads anew so often when the function changes under its hands. */
  private static final int READS = 3;

  private final LambdaFunctions functions;
  private final Situation.Options options;
  private final DoubleSupplier random;

  Attempts(LambdaFunctions functions, Situation.Options options, DoubleSupplier random) {
    this.functions = functions;
    this.options = options;
    this.random = random;
  }

  /**
   * Brings a pass to a decision that ends it.
   *
   * @param check asked after each read: may decide otherwise, or say no to be asked again soon
   * @return whether it is decided; else the resource has to be looked at again
   */
  boolean decided(Pass pass, Predicate<Pass> check) {
    for (int read = 1; read <= READS; read++) {
      Answer answer = functions.read(pass.target());
      pass.took(answer, Decider.afterRead(situation(pass), answer));
      if (!check.test(pass)) {
        return false;
      }
      if (!(pass.decision() instanceof Decision.Update update)) {
        return true;
      }
      if (pass.writeAhead(update) != StatusStore.Written.DONE) {
        return false;
      }
      Answer outcome =
          functions.update(pass.target(), update.plan().request(), update.revisionId());
      pass.tookUpdate(
          update, outcome, Decider.afterUpdate(situation(pass), update, pass.function(), outcome));
      if (!(pass.decision() instanceof Decision.ReadAgain)) {
        return true;
      }
    }
    pass.give(Decider.everChanging(situation(pass)));
    return true;
  }

  private Situation situation(Pass pass) {
    return pass.situation(random.getAsDouble(), options);
  }
}
