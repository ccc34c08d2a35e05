package dev.lambdaconfig.aws.sdk.answer;

import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.Target;
import dev.lambdaconfig.model.Value;
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
   * Returns the members of a function, as the answer to a call has them, but with the bare name and
   * the ARN as AWS writes them.
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
    String function = target.key().name();
    String account =
        arn == null ? FunctionReference.accountIn(target.functionName()) : arn.account();
    boolean isOf = arn == null || arn.isOf(target);
    if (!isOf || (name != null && !FunctionArn.isMeant(name, target.region(), account, function))) {
      throw failure(
          operation,
          "describes another function, "
              + (isOf ? name : text)
              + ", than "
              + target.functionName()
              + " in "
              + target.region());
    }
    Structure named = name == null ? members : written(members, NAME, name, function);
    return text == null || arn == null ? named : written(named, ARN, text, arn.text());
  }

  private static Structure written(Structure members, String member, String text, String written) {
    return text.equals(written) ? members : members.with(member, new Value.Text(written));
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

  /**
   * The bare name and the ARN of a function in a list, as AWS writes them.
   *
   * @param arn the ARN, or null where the entry has none
   */
  public record Entry(String name, @Nullable String arn) {}

  /** Reads an entry of a list; null unless it describes a function of the Region. */
  public static @Nullable Entry entry(String region, @Nullable String name, @Nullable String text) {
    String given = given(name);
    String whole = given(text);
    if (given == null) {
      return null;
    }
    FunctionArn arn = FunctionArn.parse(whole == null ? given : whole);
    if (arn == null) {
      return whole == null ? new Entry(given, null) : null;
    }
    return arn.region().equals(region)
            && FunctionArn.isMeant(given, region, arn.account(), arn.name())
        ? new Entry(arn.name(), arn.text())
        : null;
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static SdkClientException failure(String operation, String what) {
    return SdkClientException.create("the answer to " + operation + " " + what + ADVICE);
  }
}
