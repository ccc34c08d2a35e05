package dev.lambdaconfig.aws.sdk.answer;

import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value.Structure;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Refuses answers that lack what AWS always sends (docs/aws.md#always-sent), or describe another
 * function than the one that was asked for. Such an answer says nothing about a function; read as
 * one, it would describe a function with default settings, or those of another.
 */
public final class AnswerCheck {

  private static final String NAME = "FunctionName";
  private static final String ARN = "FunctionArn";

  /** The advice about an answer that is not AWS's. */
  static final String ADVICE = ": check AWS_ENDPOINT_URL if it is set, and the proxies on the way";

  private AnswerCheck() {}

  /**
   * Returns the members of a function, as the answer to a call has them.
   *
   * @throws SdkClientException if the answer does not describe the function of the call
   */
  public static Structure describing(String operation, Target target, Structure members) {
    String name = members.textAt(NAME);
    String text = members.textAt(ARN);
    String lacking = lacking(name, text);
    if (name == null || text == null || lacking != null) {
      throw failure(operation, "describes no function, for it lacks " + lacking);
    }
    FunctionArn arn = FunctionArn.parse(text);
    if (arn == null) {
      throw failure(operation, "describes no function, for its FunctionArn is none");
    }
    if (!arn.isOf(target)) {
      throw failure(
          operation,
          "describes another function, "
              + text
              + ", than "
              + target.functionName()
              + " in "
              + target.region());
    }
    if (!isNameOf(name, arn)) {
      throw failure(operation, "describes another function by its name than by its ARN " + text);
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

  /** Whether an entry of a list describes a function of a Region. */
  public static boolean isEntry(String region, @Nullable String name, @Nullable String text) {
    FunctionArn arn = text == null ? null : FunctionArn.parse(text);
    return name != null && arn != null && arn.region().equals(region) && isNameOf(name, arn);
  }

  /** Whether a name, which can be an ARN as well, is that of an ARN. */
  private static boolean isNameOf(String name, FunctionArn arn) {
    FunctionArn qualified = FunctionArn.parse(name);
    return (qualified == null ? name : qualified.name()).equals(arn.name());
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
