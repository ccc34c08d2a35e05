package dev.lambdaconfig.authorization;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields that are not restored, because a spec of the namespace could not have their former values.
 *
 * @param paths the fields; empty if all may be restored
 * @param refusal the reason, or null
 */
public record WithheldFields(List<String> paths, @Nullable String refusal) {

  /** All fields may be restored. */
  public static final WithheldFields NONE = new WithheldFields(List.of(), null);

  /** Copies the list. */
  public WithheldFields {
    paths = List.copyOf(paths);
  }
}
