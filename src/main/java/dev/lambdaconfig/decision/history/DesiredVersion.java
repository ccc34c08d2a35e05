package dev.lambdaconfig.decision.history;

import dev.lambdaconfig.api.UpdateRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which settings were desired.
 *
 * @param generation the generation of the spec, or null where nobody knows it
 */
public record DesiredVersion(@Nullable Long generation) {

  /** The version of the settings that a spec of the generation declares. */
  public static DesiredVersion of(long generation) {
    return new DesiredVersion(generation);
  }

  /** The version that an update was planned for. */
  public static DesiredVersion of(UpdateRecord update) {
    return new DesiredVersion(update.generation());
  }

  /** Whether an update was planned for this version. */
  public boolean isOf(UpdateRecord update) {
    return generation != null && equals(of(update));
  }
}
