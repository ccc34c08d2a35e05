package dev.lambdaconfig.aws.sdk.answer;

import dev.lambdaconfig.model.Value.Structure;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Refuses answers that lack what AWS always sends (docs/aws.md#always-sent). Such an answer says
 * nothing about a function; read as one, it would describe a function with default settings.
 */
public final class AnswerCheck {

  private static final String NAME = "FunctionName";
  private static final String ARN = "FunctionArn";

  /** What to do about an answer that is not AWS's. */
  static final String ADVICE = ": check AWS_ENDPOINT_URL if it is set, and the proxies on the way";

  private AnswerCheck() {}

  /**
   * Returns the members of a function, as an answer has them.
   *
   * @throws SdkClientException if the answer describes no function
   */
  public static Structure describing(String operation, Structure members) {
    String lacking = lacking(members.textAt(NAME), members.textAt(ARN));
    if (lacking != null) {
      throw failure(operation, "describes no function, for it lacks " + lacking);
    }
    return members;
  }

  /**
   * Requires that an answer has a list or a map, which can be empty.
   *
   * @throws SdkClientException if it has none
   */
  public static void requireMember(String operation, String member, boolean present) {
    if (!present) {
      throw failure(operation, "lacks " + member);
    }
  }

  /** Whether an entry of a list describes a function. */
  public static boolean isEntry(@Nullable String name, @Nullable String arn) {
    return lacking(name, arn) == null;
  }

  private static @Nullable String lacking(@Nullable String name, @Nullable String arn) {
    boolean hasName = name != null && !name.isEmpty();
    boolean hasArn = arn != null && !arn.isEmpty();
    if (hasName && hasArn) {
      return null;
    }
    return hasName ? ARN : hasArn ? NAME : NAME + " and " + ARN;
  }

  private static SdkClientException failure(String operation, String what) {
    return SdkClientException.create("the answer to " + operation + " " + what + ADVICE);
  }
}
