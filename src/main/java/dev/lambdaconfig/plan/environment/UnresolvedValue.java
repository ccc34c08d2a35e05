package dev.lambdaconfig.plan.environment;

import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.model.source.ValueSource;
import dev.lambdaconfig.plan.field.Variables;
import java.util.List;

/**
 * The reason why the value of an environment variable is not known. It names objects, keys and
 * variables, and never a value.
 *
 * @param reason one of the reasons of this operator
 * @param message what is wrong, and what to do
 */
public record UnresolvedValue(String reason, String message) {

  /** The reason where a Secret, a ConfigMap or one of its keys does not exist. */
  public static final String VALUE_NOT_FOUND = "ValueNotFound";

  /** The reason where the operator may not read a Secret or ConfigMap. */
  public static final String VALUE_FORBIDDEN = "ValueForbidden";

  /** The reason where a value cannot be that of an environment variable. */
  public static final String INVALID_VALUE = "InvalidValue";

  /** The reasons, the most general first: what is behind it cannot be seen yet. */
  private static final List<String> ORDER =
      List.of(VALUE_FORBIDDEN, VALUE_NOT_FOUND, INVALID_VALUE);

  /** Number of problems that a message lists. */
  private static final int LISTED = 5;

  static UnresolvedValue notFound(SourceKey source) {
    return new UnresolvedValue(
        VALUE_NOT_FOUND,
        source
            + " does not exist: create it in the namespace of this resource, or correct its name,"
            + " or set optional: true where it is referred to");
  }

  static UnresolvedValue keyNotFound(SourceKey source, String key, String variable) {
    return new UnresolvedValue(
        VALUE_NOT_FOUND,
        "%s has no key %s, which the variable %s takes its value from: add the key, or correct it,"
                .formatted(source, key, variable)
            + " or set optional: true");
  }

  static UnresolvedValue forbidden(String message) {
    return new UnresolvedValue(VALUE_FORBIDDEN, message);
  }

  static UnresolvedValue unusable(
      SourceKey source, String key, String variable, ValueSource.Flaw flaw) {
    return new UnresolvedValue(
        INVALID_VALUE,
        "the value of the key %s of %s, which the variable %s takes its value from, %s: store"
                .formatted(key, source, variable, flaw.text())
            + " another value, or encode it");
  }

  /** The problem of a variable that is one of all keys of a source. */
  static UnresolvedValue ofAll(
      SourceKey source, String key, String variable, ValueSource.Flaw flaw) {
    if (flaw == ValueSource.Flaw.TOO_MANY) {
      return new UnresolvedValue(
          INVALID_VALUE,
          source
              + ", all of whose keys envFrom takes, has far more than the "
              + Variables.MOST_BYTES
              + " bytes that AWS allows for all variables: name the keys to take in valuesFrom"
              + " instead, or store large values elsewhere");
    }
    UnresolvedValue unusable = unusable(source, key, variable, flaw);
    return new UnresolvedValue(
        INVALID_VALUE,
        unusable.message + ", or name the keys to take in valuesFrom instead of envFrom");
  }

  static UnresolvedValue tooLarge(long bytes) {
    return new UnresolvedValue(
        INVALID_VALUE,
        "the environment variables, with the values of Secrets and ConfigMaps, are %d bytes as"
                .formatted(bytes)
            + " JSON, and AWS allows at most "
            + Variables.MOST_BYTES
            + ": refer to fewer keys, or store large values elsewhere, such as in SSM Parameter"
            + " Store or S3, and refer to them in a variable");
  }

  /** One for several: those of the most general reason. */
  static UnresolvedValue of(List<UnresolvedValue> problems) {
    String reason =
        ORDER.stream()
            .filter(known -> problems.stream().anyMatch(problem -> problem.reason.equals(known)))
            .findFirst()
            .orElseThrow();
    List<String> messages =
        problems.stream()
            .filter(problem -> problem.reason.equals(reason))
            .map(UnresolvedValue::message)
            .distinct()
            .toList();
    String first = String.join("; ", messages.subList(0, Math.min(LISTED, messages.size())));
    return new UnresolvedValue(
        reason,
        messages.size() <= LISTED
            ? first
            : first + "; and " + (messages.size() - LISTED) + " more");
  }
}
