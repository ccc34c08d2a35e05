package dev.lambdaconfig.aws;

import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Reads and updates the configuration of Lambda functions. Safe for use by many threads. */
public interface LambdaFunctions {

  /** One {@code GetFunctionConfiguration}, of the 15 calls a second that all tools share. */
  Answer read(Target target);

  /**
   * One {@code GetFunction}, which has a quota of its own. It needs a right of its own, too; its
   * answer carries a link to the code, which is a secret and goes no further than this call.
   */
  Answer readFunction(Target target);

  /**
   * One {@code UpdateFunctionConfiguration}.
   *
   * @param members the members to change, by the API's names
   * @param revisionId the RevisionId that must still be the function's, or null for an unguarded
   *     update
   * @return the function as the response has it, with the update still in progress
   */
  Answer update(Target target, SortedMap<String, Value> members, @Nullable String revisionId);
}
