package dev.lambdaconfig.decision.history;

import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.plan.Desired;
import org.jspecify.annotations.Nullable;

/**
 * The version of desired settings: a generation of the spec, with the versions of the Secrets and
 * ConfigMaps to which it refers.
 *
 * @param generation the generation of the spec, or null where nobody knows it
 * @param sources the digest of the versions of the sources, or null where the spec refers to none
 */
public record DesiredVersion(@Nullable Long generation, @Nullable String sources) {

  /** The version of the settings that a spec of the generation declares. */
  public static DesiredVersion of(long generation, Desired desired) {
    return new DesiredVersion(generation, desired.sources().digest());
  }

  /** The version of the settings that a spec declares which refers to no sources. */
  public static DesiredVersion of(long generation) {
    return new DesiredVersion(generation, null);
  }

  /** The version that an update was planned for. */
  public static DesiredVersion of(UpdateRecord update) {
    return new DesiredVersion(update.generation(), update.sources());
  }

  /** Whether an update was planned for this version. */
  public boolean isOf(UpdateRecord update) {
    return generation != null && equals(of(update));
  }
}
