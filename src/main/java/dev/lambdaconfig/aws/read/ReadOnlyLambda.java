package dev.lambdaconfig.aws.read;

import dev.lambdaconfig.aws.LambdaFunctions;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The operator's port to functions over reads alone, so that its rate limits hold for them. */
record ReadOnlyLambda(FunctionReads reads) implements LambdaFunctions {

  @Override
  public Answer read(Target target) {
    return reads.read(target);
  }

  @Override
  public Answer readFunction(Target target) {
    return reads.readFunction(target);
  }

  /**
   * Never sends anything.
   *
   * @throws IllegalStateException always
   */
  @Override
  public Sent update(Target target, SortedMap<String, Value> members, @Nullable String revisionId) {
    throw new IllegalStateException("this command only reads");
  }
}
