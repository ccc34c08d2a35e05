package dev.lambdaconfig.cli.run;

import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Fences updates: none is sent by a leader whose Lease has run out, as after a machine slept. The
 * RevisionId guards what a fence cannot, for the clock can be looked at only before sending.
 */
final class FencedLambda implements LambdaFunctions {

  private final LambdaFunctions lambda;
  private final Runnable fence;

  /**
   * Creates a fence around another implementation.
   *
   * @param fence called before each update; does not return where none may be sent
   */
  FencedLambda(LambdaFunctions lambda, Runnable fence) {
    this.lambda = lambda;
    this.fence = fence;
  }

  @Override
  public Answer read(Target target) {
    return lambda.read(target);
  }

  @Override
  public Answer readFunction(Target target) {
    return lambda.readFunction(target);
  }

  @Override
  public Answer update(
      Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
    fence.run();
    return lambda.update(target, members, revisionId);
  }
}
