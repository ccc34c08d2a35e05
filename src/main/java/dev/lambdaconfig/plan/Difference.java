package dev.lambdaconfig.plan;

import dev.lambdaconfig.model.Value;
import org.jspecify.annotations.Nullable;

/**
 * A difference between the function and the spec, ready to be shown.
 *
 * @param path the path in the spec; for an environment variable it ends with the variable's name
 * @param desired the value in the spec; for an environment variable only {@code missing}, {@code
 *     extra} or {@code differs}
 * @param observed the value of the function; empty for environment variables
 * @param wanted the value in the spec, or null where it is empty, and for environment variables
 * @param found the value of the function, or null where it is empty, and for environment variables
 */
public record Difference(
    String path, String desired, String observed, @Nullable Value wanted, @Nullable Value found) {

  /** A difference of texts only. */
  public Difference(String path, String desired, String observed) {
    this(path, desired, observed, null, null);
  }
}
