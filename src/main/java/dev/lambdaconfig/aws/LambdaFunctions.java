package dev.lambdaconfig.aws;

import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The port to the configuration of Lambda functions. Safe for use by many threads. */
public interface LambdaFunctions {

  /** One {@code GetFunctionConfiguration}, of the quota that all tools share: docs/aws.md#quota. */
  Answer read(Target target);

  /**
   * One {@code GetFunction}, which has a quota and needs a right of its own
   * (docs/aws.md#get-function). Its answer carries a link to the code, which is a secret and goes
   * no further than this call.
   */
  Answer readFunction(Target target);

  /**
   * One {@code UpdateFunctionConfiguration}.
   *
   * @param members the members to change, by the API's names
   * @param revisionId the RevisionId that the function must still have, or null for an unguarded
   *     update (docs/aws.md#stale-revision)
   * @return the function as the response has it, with the update still in progress
   */
  Sent update(Target target, SortedMap<String, Value> members, @Nullable String revisionId);

  /**
   * The outcome of an update.
   *
   * @param requestId the ID that AWS gave the request, and CloudTrail shows; null where no response
   *     has one
   */
  record Sent(Answer answer, @Nullable String requestId) {

    /** The outcome of an update without a request ID. */
    public Sent(Answer answer) {
      this(answer, null);
    }
  }
}
