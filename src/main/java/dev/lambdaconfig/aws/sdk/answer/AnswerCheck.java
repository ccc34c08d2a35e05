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
    String name = given(members.textAt(NAME));
    String text = given(members.textAt(ARN));
    if (name == null && text == null) {
      throw failure(operation, "describes no function, for it lacks " + NAME + " and " + ARN);
    }
    FunctionArn arn = text == null ? null : FunctionArn.parse(text);
    if (text != null && arn == null) {
      throw failure(operation, "describes no function, for its FunctionArn is none");
    }
    boolean isOf = arn == null || arn.isOf(target);
    if (!isOf || !isNameOf(name, target.key().name())) {
      throw failure(
          operation,
          "describes another function, "
              + (isOf ? name : text)
              + ", than "
              + target.functionName()
              + " in "
              + target.region());
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
    String arn = given(text);
    return given(name) != null && (arn == null || isEntry(region, name, FunctionArn.parse(arn)));
  }

  private static boolean isEntry(String region, @Nullable String name, @Nullable FunctionArn arn) {
    return arn != null && arn.region().equals(region) && isNameOf(name, arn.name());
  }

  /**
   * Whether the name in an answer, which can be an ARN as well, is that of a function, or absent.
   */
  private static boolean isNameOf(@Nullable String name, String function) {
    FunctionArn qualified = name == null ? null : FunctionArn.parse(name);
    return name == null || (qualified == null ? name : qualified.name()).equals(function);
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static SdkClientException failure(String operation, String what) {
    return SdkClientException.create("the answer to " + operation + " " + what + ADVICE);
  }
}
