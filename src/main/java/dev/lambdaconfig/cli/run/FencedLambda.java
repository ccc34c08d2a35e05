package dev.lambdaconfig.cli.run;

import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Fences updates: a leader whose Lease has expired, such as after the machine slept, sends none.
 * The RevisionId guards the time between the fence's reading of the clock and the update.
 */
final class FencedLambda implements LambdaFunctions {

  private final LambdaFunctions lambda;
  private final Runnable fence;

  /**
   * Creates a fence around another implementation.
   *
   * @param fence called before each update; does not return if none may be sent
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
  public Sent update(Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
    fence.run();
    return lambda.update(target, members, revisionId);
  }
}
