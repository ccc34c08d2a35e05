package dev.lambdaconfig.model;

import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.model.Value.Text;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A function as AWS described it in one answer.
 *
 * @param configuration every member of {@code FunctionConfiguration} that was in the answer, by the
 *     API's names; environment values are {@link Value.Secret}s
 */
public record ObservedFunction(Structure configuration) {

  /** Members that change although nobody writes them, or with each answer of some emulators. */
  private static final Set<String> VOLATILE =
      Set.of(
          "LastModified",
          "LastUpdateStatus",
          "LastUpdateStatusReason",
          "LastUpdateStatusReasonCode",
          "RevisionId",
          "State",
          "StateReason",
          "StateReasonCode");

  public ObservedFunction {
    configuration = markSecrets(configuration);
  }

  /** The ARN without qualifier (docs/aws.md#latest-only), or null if the answer has none. */
  public @Nullable String arn() {
    String arn = configuration.textAt("FunctionArn");
    return arn != null && arn.endsWith(":$LATEST")
        ? arn.substring(0, arn.length() - ":$LATEST".length())
        : arn;
  }

  /** Whether this is another function than that of an ARN. A missing ARN proves no difference. */
  public boolean isOtherThan(@Nullable String pinnedArn) {
    String arn = arn();
    return pinnedArn != null && arn != null && !pinnedArn.equals(arn);
  }

  /** The name, or null if the answer has none. */
  public @Nullable String name() {
    return configuration.textAt("FunctionName");
  }

  /**
   * The RevisionId, or null on endpoints without one. It guards an update only if {@link
   * Lifecycle#isSettled()}, because it moves once more when a running update ends
   * (docs/aws.md#revision-moves-twice).
   */
  public @Nullable String revisionId() {
    return configuration.textAt("RevisionId");
  }

  /**
   * A hash of what was read, comparable within this process only, without the members that change
   * by themselves. Nor is the RevisionId in it, which also moves where no setting changes
   * (docs/aws.md#revision-moves-without-change).
   */
  public String settings() {
    TreeMap<String, Value> settings = new TreeMap<>(configuration.members());
    settings.keySet().removeIf(VOLATILE::contains);
    return "settings-" + Integer.toHexString(settings.hashCode());
  }

  /** Whether the function is in a state, as its RevisionId or its {@link #settings()} name it. */
  public boolean isIn(@Nullable String state) {
    return state != null && (state.equals(revisionId()) || state.equals(settings()));
  }

  /** The identity of the running update, or null (docs/aws.md#last-modified). */
  public @Nullable String running() {
    String modified = configuration.textAt("LastModified");
    return modified == null ? revisionId() : modified;
  }

  /** The State and LastUpdateStatus. */
  public Lifecycle lifecycle() {
    return new Lifecycle(
        configuration.textAt("State"),
        configuration.textAt("StateReason"),
        configuration.textAt("StateReasonCode"),
        configuration.textAt("LastUpdateStatus"),
        configuration.textAt("LastUpdateStatusReason"),
        configuration.textAt("LastUpdateStatusReasonCode"));
  }

  /**
   * Compares the function's LastModified with an earlier answer's (docs/aws.md#last-modified): more
   * than 0 if another update followed, 0 if either is not known.
   */
  public int modifiedAfter(@Nullable String lastModified) {
    String now = configuration.textAt("LastModified");
    // Times of one format, of a fixed length and in UTC.
    return lastModified == null || now == null ? 0 : now.compareTo(lastModified);
  }

  /**
   * The environment variables by name; empty where there are none or AWS could not decrypt them
   * (docs/aws.md#unreadable-members).
   */
  public Map<String, Value> environment() {
    return configuration.at("Environment", "Variables") instanceof Structure variables
        ? variables.members()
        : Map.of();
  }

  /** Names the function only: AWS's texts in the answer can repeat environment values. */
  @Override
  public String toString() {
    return "ObservedFunction[" + arn() + ", revision " + revisionId() + "]";
  }

  private static Structure markSecrets(Structure configuration) {
    if (!(configuration.at("Environment") instanceof Structure environment)
        || !(environment.at("Variables") instanceof Structure variables)
        || variables.members().values().stream().allMatch(Value.Secret.class::isInstance)) {
      return configuration;
    }
    Structure secret =
        variables.mapped(
            value -> value instanceof Text text ? new Value.Secret(text.text()) : value);
    return configuration.with("Environment", environment.with("Variables", secret));
  }
}
