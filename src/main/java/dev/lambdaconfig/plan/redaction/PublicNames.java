package dev.lambdaconfig.plan.redaction;

import dev.lambdaconfig.model.FunctionReference;
import dev.lambdaconfig.model.Target;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of the function that a message is about, which everybody who may read the resource can
 * see: its name, its ARN, its account and its Region.
 *
 * @param texts the names, each of which is public as a whole
 */
public record PublicNames(Set<String> texts) {

  /** No names, where it is not known which function is meant. */
  public static final PublicNames NONE = new PublicNames(Set.of());

  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]{0,8}:lambda:([a-z0-9-]{1,40}):([0-9]{12}):function:");

  public PublicNames {
    texts = Set.copyOf(texts);
  }

  /**
   * The names in the spec, in the status, and in AWS's answer to a call for the function.
   *
   * @param target the function of the call, or null where none is known
   * @param pinnedArn the ARN in the status, or null
   * @param message AWS's message; the ARN of the function in it tells the account, unless spec,
   *     identity or status do
   */
  public static PublicNames of(
      @Nullable Target target, @Nullable String pinnedArn, @Nullable String message) {
    Set<String> texts = new TreeSet<>();
    String account = null;
    if (pinnedArn != null) {
      account = FunctionReference.accountIn(pinnedArn);
      addArn(texts, pinnedArn);
    }
    if (target != null) {
      String name = target.key().name();
      texts.add(target.functionName());
      texts.add(name);
      texts.add(target.region());
      account = account == null ? target.account() : account;
      Matcher arns = ARN.matcher(message == null ? "" : message);
      while (arns.find()) {
        if (arns.group(1).equals(target.region())
            && isNext(name, String.valueOf(message), arns.end())
            && (account == null || account.equals(arns.group(2)))) {
          account = arns.group(2);
          texts.add(arns.group() + name);
        }
      }
    }
    if (account != null) {
      texts.add(account);
    }
    return new PublicNames(texts);
  }

  /** An ARN, and its parts that are names. */
  private static void addArn(Set<String> texts, String arn) {
    texts.add(arn);
    Matcher start = ARN.matcher(arn);
    if (start.lookingAt()) {
      texts.add(start.group(1));
      texts.add(start.group(2));
      String name = arn.substring(start.end());
      if (!name.isEmpty()) {
        texts.add(name);
      }
    }
  }

  private static boolean isNext(String name, String message, int at) {
    int end = at + name.length();
    return message.startsWith(name, at)
        && (end == message.length() || !isOfNames(message.charAt(end)));
  }

  private static boolean isOfNames(char c) {
    return c == '-' || c == '_' || Character.isLetterOrDigit(c);
  }
}
